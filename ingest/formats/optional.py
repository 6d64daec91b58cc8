"""Libraries that only some formats need."""

from ingest.errors import NotACable


def needs_documents_extra(what: str) -> NotACable:
    """What is said of a document that cannot be read without its library."""
    return NotACable(f"{what}; to read it, install the extra: pip install 'cables[documents]'")
