"""The table in which the Slack bot keeps its questions. Only the ledger makes it; the archive does not know it."""

from sqlalchemy import JSON, Column, Float, Index, Integer, MetaData, String, Table

slack_questions = Table(
    "slack_questions",
    MetaData(),
    Column("id", String(128), primary_key=True),  # Slack's event id
    Column("team", String(32), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("ts", String(128), nullable=False),  # of the question
    Column("thread", String(32)),  # ts of the thread the answer is in
    Column("reply_ts", String(32)),  # ts of the answer, once posted
    Column("question", JSON, nullable=False),  # emptied when answered
    Column("attempts", Integer, nullable=False, default=0),
    Column("answered", Integer, nullable=False, default=0),
    Column("asked_at", Float, nullable=False),  # Unix time, as the next
    Column("leased_until", Float, nullable=False),  # renewed by the process at work; then free for any
    # Slack delivers one message as a mention and as a message, under two event ids.
    Index("slack_questions_by_message", "team", "channel", "ts", unique=True),
    Index("slack_questions_by_thread", "channel", "thread"),
)
