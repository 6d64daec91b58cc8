"""Tables of the catalog (SQLAlchemy Core). The catalog is the record; the indexes are built from it."""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

manifest = Table(
    "manifest",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

cables = Table(
    "cables",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("post", String(48), nullable=False),
    Column("post_name", String(64), nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("seconds", BigInteger),  # Unix time of the date, UTC
    Column("classification", String(64)),
    Column("fields", JSON, nullable=False),  # the cable's own fields, as in its JSON object
    Column("fingerprint", String(64), nullable=False),  # of the content, without the source
    Column("indexed", Integer, nullable=False, default=0),  # 1 once both indexes hold it
    Index("cables_by_label", "post", "serial"),
)

paragraphs = Table(
    "paragraphs",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("cable_id", String(64), ForeignKey("cables.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("marking", String(64)),
    Column("effective_marking", String(96)),
    Column("heading", Text),
    Column("heading_marking", String(64)),
    Column("text", Text, nullable=False),
    Column("layout", Text, nullable=False),
    Index("paragraphs_by_cable", "cable_id", "position"),
)

cable_references = Table(
    "cable_references",
    metadata,
    Column("cable_id", String(64), ForeignKey("cables.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("target", String(64), nullable=False, index=True),
)

cable_tags = Table(
    "cable_tags",
    metadata,
    Column("cable_id", String(64), ForeignKey("cables.id", ondelete="CASCADE"), primary_key=True),
    Column("tag", String(64), primary_key=True, index=True),
)

ledger = Table(
    "ledger",
    metadata,
    Column("source", Text, primary_key=True),
    Column("cable_id", String(64), primary_key=True),
    Column("fingerprint", String(64), nullable=False),  # of the cable as this source gave it
    Column("outcome", String(16), nullable=False),
)
