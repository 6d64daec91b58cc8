"""What ingest may raise beyond the product's own error tree."""

from rag.errors import BadInput


class NotACable(BadInput):
    """The input is empty, binary, or holds no telegram; the message is one line that says which."""
