"""tables for kept answers, saved searches and when each paragraph came"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "5", "4"
SECONDS_A_MILLION = 5


def upgrade() -> None:
    """From schema 4. What can be found by now came first: it has the stamp 0."""
    op.create_table(
        "kept_answers",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("key_id", sa.Text),
        sa.Column("kept", sa.BigInteger, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("asked", sa.JSON, nullable=False),
        sa.Column("answer", sa.JSON, nullable=False),
        sa.Column("digests", sa.JSON, nullable=False),
        sa.Column("clearance", sa.JSON, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_kept_answers_key_id", "kept_answers", ["key_id"], if_not_exists=True)
    op.create_table(
        "watches",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("filters", sa.JSON, nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("feed", sa.Text),
        if_not_exists=True,
    )
    op.create_index("ix_watches_key_id", "watches", ["key_id"], if_not_exists=True)
    op.create_table(
        "arrivals",
        sa.Column("key", sa.Text, sa.ForeignKey("paragraphs.key", ondelete="CASCADE"), primary_key=True),
        sa.Column("stamp", sa.BigInteger, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_arrivals_stamp", "arrivals", ["stamp"], if_not_exists=True)
    _stamp_what_is_indexed()


def _stamp_what_is_indexed() -> None:
    op.execute(
        "INSERT INTO arrivals (key, stamp) SELECT paragraphs.key, 0 FROM paragraphs "
        "JOIN cables ON cables.id = paragraphs.cable_id WHERE cables.indexed = 1 "
        "AND NOT EXISTS (SELECT 1 FROM arrivals WHERE arrivals.key = paragraphs.key)"
    )
