"""The dump as JSON: one value, values one after the other, or an object a line."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import ijson

from ingest.errors import NotACable, UnreadableDocument
from ingest.formats import columns
from ingest.formats.decode import decode, encoding_of
from ingest.formats.json_shapes import records
from ingest.formats.raw_telegram import RawTelegram

IN_MEMORY = 16 * 1024 * 1024  # bytes; larger inputs are read record by record
_HEAD = 64 * 1024  # bytes
_LONGEST_LINE = 16 * 1024 * 1024  # characters
_DEEPEST = 40  # levels; deeper values are no telegrams
_OPENING = re.compile(r"\ufeff?\s{0,200}(?:\{\s{0,200}[\"}]|\[\s{0,200}[\[{\"\]])")
_NEXT_VALUE = re.compile(r"[\s,]*(?=\S)")
_NO_TELEGRAM = (
    "JSON without the text of a telegram; give each object keys such as id, date, classification, origin, header, body"
)


def is_json(head: bytes) -> bool:
    """Whether an input that begins with these bytes is JSON."""
    return (
        head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] in (b"{", b"[") and _OPENING.match(_text(head)) is not None
    )


def read_json(stream: BinaryIO) -> Iterator[RawTelegram | NotACable]:
    """The telegram of each object, or what is wrong with it."""
    head = stream.read(_HEAD)
    stream.seek(0)
    if _is_lines(_text(head)):
        yield from _telegrams(_lines(stream, head))
    elif len(data := stream.read(IN_MEMORY + 1)) <= IN_MEMORY:
        yield from _telegrams(_values(data) or _streamed(io.BytesIO(data)))
    else:
        stream.seek(0)
        yield from _telegrams(_streamed(stream))


def _text(head: bytes) -> str:
    return head.decode(encoding_of(head), errors="replace")


def _is_lines(text: str) -> bool:
    first, line_end, _ = text.lstrip("\ufeff \t\r\n").partition("\n")
    return bool(line_end) and first.startswith("{") and first.rstrip().endswith("}")


def _lines(stream: BinaryIO, head: bytes) -> Iterator[Any]:
    text = io.TextIOWrapper(stream, encoding=encoding_of(head), errors="backslashreplace")
    while line := text.readline(_LONGEST_LINE):
        if line.strip(" \t\r\n\x00,"):
            try:
                yield json.loads(line.strip(" \t\r\n\x00,"), strict=False)
            except (ValueError, RecursionError) as error:
                yield NotACable(f"malformed JSON: {error}")


def _values(data: bytes) -> Iterator[Any] | None:
    """The values of a text, one after the other; None where it is malformed."""
    text, _ = decode(data)
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    position = 0
    while match := _NEXT_VALUE.match(text, position):
        try:
            value, position = decoder.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            return None
        values.append(value)
    return iter(values)


class _Watched:
    """A stream that ends in an error where the parser reads on and on without meeting a value."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.unseen = 0

    def read(self, size: int = -1) -> bytes:
        self.unseen += size
        if self.unseen > IN_MEMORY:
            raise ijson.JSONError("a value that is too long")
        return self._stream.read(size)


def _streamed(stream: BinaryIO) -> Iterator[Any]:
    """The objects of the first array of objects, in constant memory."""
    watched = _Watched(stream)
    found = depth = 0
    above = ""
    builder = ijson.ObjectBuilder()
    try:
        for event, value in ijson.basic_parse(watched):
            watched.unseen = 0
            if not found and (above, event) == ("start_array", "start_map"):
                found = depth + 1
            above = event
            depth += event.startswith("start_")
            if depth > _DEEPEST:
                raise ijson.JSONError("too deeply nested")
            if found and depth >= found:
                builder.event(event, value)
            depth -= event.startswith("end_")
            if event == "end_map" and depth == found - 1:
                yield builder.value
                builder = ijson.ObjectBuilder()
    except (ijson.JSONError, UnicodeDecodeError) as error:
        yield UnreadableDocument(f"malformed JSON, the rest is left out: {' '.join(str(error).split())[:160]}")
        return
    if not found:
        yield UnreadableDocument("JSON that is too large without an array of objects; write an object a line")


def _telegrams(values: Iterator[Any]) -> Iterator[RawTelegram | NotACable]:
    known: dict[tuple[str, ...], dict[str, int]] = {}
    held = False
    for value in values:
        if isinstance(value, NotACable):
            held = True
            yield value
            continue
        for record in records(value):
            held = True
            yield _telegram(record, known)
    if not held:
        yield UnreadableDocument(_NO_TELEGRAM)


def _telegram(record: dict[str, str], known: dict[tuple[str, ...], dict[str, int]]) -> RawTelegram | NotACable:
    names, cells = tuple(record), list(record.values())
    assigned = known.get(names) or columns.assign(names, [cells])
    if assigned is None or not cells[assigned["body"]].strip():
        return NotACable(_NO_TELEGRAM)
    known[names] = assigned
    return columns.telegram(assigned, cells)
