"""Errors of ingest."""

from rag.errors import BadInput


class NotACable(BadInput):
    """The input is empty, binary or no telegram; the message says which in one line."""


class UnreadableDocument(NotACable):
    """A document that holds records cannot be read as such; none of its records is named."""
