"""Tables of the catalog (SQLAlchemy Core). The catalog is the record; the indexes are built from it.

Strings are `Text` throughout: PostgreSQL enforces a length, and what a cable prints has none.
"""

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData()

manifest = Table(
    "manifest",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

cables = Table(
    "cables",
    metadata,
    Column("id", Text, primary_key=True),
    Column("post", Text, nullable=False),
    Column("post_name", Text, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("seconds", BigInteger),  # Unix time of the date, UTC
    Column("classification", Text),
    Column("access", Text, nullable=False),  # class of the cable's own fields (rag.domain.access)
    Column("fields", JSON, nullable=False),  # the cable's own fields, as in its JSON object
    Column("fingerprint", Text, nullable=False),  # of the content, without the source
    Column("indexed", Integer, nullable=False, default=0),  # 0 new, 1 in both indexes, 2 replaced since then
    Index("cables_by_label", "post", "serial"),
)

paragraphs = Table(
    "paragraphs",
    metadata,
    Column("key", Text, primary_key=True),
    Column("cable_id", Text, ForeignKey("cables.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("marking", Text),
    Column("effective_marking", Text),
    Column("access", Text, nullable=False),  # its class (rag.domain.access)
    Column("heading", Text),
    Column("heading_marking", Text),
    Column("text", Text, nullable=False),
    Column("layout", Text, nullable=False),
    Index("paragraphs_by_cable", "cable_id", "position"),
    Index("paragraphs_by_access", "cable_id", "access"),
)

cable_references = Table(
    "cable_references",
    metadata,
    Column("cable_id", Text, ForeignKey("cables.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("target", Text, nullable=False, index=True),
)

cable_tags = Table(
    "cable_tags",
    metadata,
    Column("cable_id", Text, ForeignKey("cables.id", ondelete="CASCADE"), primary_key=True),
    Column("tag", Text, primary_key=True, index=True),
)

cable_leaders = Table(
    "cable_leaders",
    metadata,
    Column("cable_id", Text, ForeignKey("cables.id", ondelete="CASCADE"), primary_key=True),
    Column("leader", Text, nullable=False, index=True),  # the cable whose text this one repeats
)

leader_bands = Table(
    "leader_bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),  # of the text of a cable that repeats no other
    Column("leader", Text, ForeignKey("cables.id", ondelete="CASCADE"), primary_key=True, index=True),
)

ledger = Table(
    "ledger",
    metadata,
    Column("source", Text, primary_key=True),
    Column("cable_id", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),  # of the cable as this source gave it
    Column("outcome", Text, nullable=False),
    Column("parser", Integer),  # version that read it; null for those before the version was kept
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("id", Text, primary_key=True),
    Column("cable_id", Text, nullable=False, index=True),
    Column("locator", Text),  # null for the whole cable
    Column("reason", Text, nullable=False),
    Column("author", Text),
    Column("made", BigInteger, nullable=False),  # Unix time
    Column("salt", Text, nullable=False),  # the key of all digests here, and of those of its texts
    Column("digest", Text),  # of a redacted name; null where the whole text was withdrawn
    Column("words", Integer),
    Column("replacement", Text),
)

withdrawn_texts = Table(
    "withdrawn_texts",
    metadata,
    Column("digest", Text, primary_key=True),  # of a withdrawn paragraph's text
    Column("tombstone", Text, ForeignKey("tombstones.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, nullable=False),
)

backups = Table(
    "backups",
    metadata,
    Column("path", Text, primary_key=True),
    Column("made", BigInteger, nullable=False),  # Unix time
)

keys = Table(
    "keys",
    metadata,
    Column("id", Text, primary_key=True),  # the part of the key that is not secret
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("noforn", Boolean, nullable=False),
    Column("nodis", Boolean, nullable=False),
    Column("exdis", Boolean, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("revoked", BigInteger),  # Unix time; null while the key is valid
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Text, primary_key=True),
    Column("given", BigInteger, nullable=False),  # Unix time in microseconds
    Column("question", Text, nullable=False),
    Column("verdict", Text, nullable=False),  # up or down
    Column("reason", Text),
    Column("citations", JSON, nullable=False),  # keys of the paragraphs cited
    Column("answer", Text),
)

kept_answers = Table(
    "kept_answers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key_id", Text, index=True),  # of the key that kept it; null for the owner
    Column("kept", BigInteger, nullable=False),  # Unix time in microseconds
    Column("note", Text, nullable=False),
    Column("asked", JSON, nullable=False),  # the question as it was typed, with its filters
    Column("answer", JSON, nullable=False),  # the ask object
    Column("digests", JSON, nullable=False),  # SHA-256 of each source that it cites, by key, as it was shown
    Column("clearance", JSON, nullable=False),  # of the reader it was made for
)
