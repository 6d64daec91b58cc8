"""From a document to its cables."""

from collections.abc import Iterator

from ingest.boundaries import split_telegrams
from ingest.errors import NotACable, UnreadableDocument
from ingest.formats.raw_telegram import RawTelegram
from ingest.formats.registry import HEAD, format_of
from ingest.sources.document import Document, Rejection
from ingest.telegram import parse_telegram
from rag.domain.cable import Cable

PARSER_VERSION = 3


def parse(document: Document) -> Iterator[Cable]:
    """The cables of a document: one, or one for each record of a dump; records that are no cables are left out.

    Raises:
        NotACable: the document is empty, binary or no telegram; the message says which in one line.
    """
    for result in read(document):
        if isinstance(result, Cable):
            yield result
        elif result.name == document.name:
            raise NotACable(result.reason)


def read(document: Document) -> Iterator[Cable | Rejection]:
    """Like `parse`, but what is not a cable gives a rejection in its place; records of a dump are named by number."""
    for name, raw in _raw_telegrams(document):
        parts = [raw] if isinstance(raw, NotACable) else split_telegrams(raw)
        for number, part in enumerate(parts, 1):
            part_name = f"{name}:{number}" if len(parts) > 1 else name
            try:
                if isinstance(part, NotACable):
                    raise part
                yield parse_telegram(part, part_name)
            except NotACable as error:
                yield Rejection(part_name, str(error))


def _raw_telegrams(document: Document) -> Iterator[tuple[str, RawTelegram | NotACable]]:
    """What the document's container holds, each telegram with its name."""
    with document.open() as stream:
        container = format_of(stream.read(HEAD))
        stream.seek(0)
        try:
            for number, telegram in enumerate(container.read(stream), 1):
                whole = not container.numbered or isinstance(telegram, UnreadableDocument)
                yield document.name if whole else f"{document.name}:{number}", telegram
        except NotACable as error:
            yield document.name, error
