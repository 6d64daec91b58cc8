"""From a document to its cables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from ingest import dump_csv, fields
from ingest.artefacts import CleanText, clean
from ingest.copies import CORRECTED
from ingest.cut import Cut
from ingest.decode import decode
from ingest.document import Document, Rejection
from ingest.errors import NotACable
from ingest.identity import Identity, identify
from ingest.line_forms import ARCHIVE_PAGE
from ingest.paragraphs import cut_paragraphs, has_extract_marks
from ingest.plain_text import read_plain_text
from ingest.raw_telegram import RawTelegram
from ingest.summary_paragraph import summary_of
from ingest.telegram_head import head_end, is_copy_note, is_telegram
from ingest.wikileaks_html import is_html, read_html
from rag.cable import Cable, Paragraph
from rag.marking import effective_marking
from rag.paragraph_key import ParagraphKey

PARSER_VERSION = 2

_HEAD_BYTES = 256
_MAX_TEXT = 8 * 1024 * 1024  # characters; the longest telegrams have under 1 MB
_MOST_NAMED = 10
_BODY_MINIMUM = 3  # characters of text below which there is nothing to cite


def parse(document: Document) -> Iterator[Cable]:
    """The cables of a document: one, or one for each row of a dump; rows that are no cables are left out.

    Raises:
        NotACable: the document is empty, binary or no telegram; the message says which in one line.
    """
    for result in read(document):
        if isinstance(result, Cable):
            yield result
        elif result.name == document.name:
            raise NotACable(result.reason)


def read(document: Document) -> Iterator[Cable | Rejection]:
    """Like `parse`, but what is not a cable is a rejection in its place; the rows of a dump are named by number."""
    with document.open() as stream:
        head = stream.read(_HEAD_BYTES)
    if dump_csv.is_dump(head):
        yield from _read_dump(document)
        return
    try:
        yield parse_telegram(_telegram(document), document.name)
    except NotACable as problem:
        yield Rejection(document.name, str(problem))


def _read_dump(document: Document) -> Iterator[Cable | Rejection]:
    with document.open() as stream:
        for row in dump_csv.read_dump(stream, document.name):
            if isinstance(row, Rejection):
                yield row
                continue
            name, raw = row
            try:
                yield parse_telegram(raw, name)
            except NotACable as problem:
                yield Rejection(name, str(problem))


def _telegram(document: Document) -> RawTelegram:
    with document.open() as stream:
        data = stream.read(_MAX_TEXT + 1)
    if len(data) > _MAX_TEXT:
        raise NotACable(f"over {_MAX_TEXT // 1024 // 1024} MB of text: no telegram is that long")
    text, problems = decode(data)
    raw = read_html(text) if is_html(text) else read_plain_text(text)
    return replace(raw, problems=(*raw.problems, *problems)) if problems else raw


def parse_telegram(raw: RawTelegram, name: str) -> Cable:
    """The cable of a telegram whose container is off; `name` becomes its source.

    Raises:
        NotACable: the text is no telegram, or holds nothing to cite.
    """
    lines = raw.body.split("\n")
    end = head_end(lines)
    if not is_telegram(raw, lines[:end]):
        raise NotACable("not a cable: no message line, telegram header or cable id")
    head = "\n".join((raw.header, *lines[:end])) if raw.header else "\n".join(lines[:end])
    line = fields.parse_message_line(_without_page_lines(head)) or fields.parse_message_line(head)
    identity = identify(raw, line, fields.parse_dtg(head), name)
    cleaned = clean(lines[end:], lines[:end], (identity.id.post, identity.id.serial))
    signers = fields.parse_signers(raw.body)
    cuts, empty = cut_paragraphs(cleaned, signers)
    if sum(len(cut.text) for cut in cuts) < _BODY_MINIMUM:
        raise NotACable("a telegram header without any text under it")
    problems = (*raw.problems, *identity.problems, *_text_problems(raw, head, cleaned, empty))
    return _cable(raw, name, identity, head, cuts, signers, problems)


def _without_page_lines(head: str) -> str:
    # Page lines of the 1970s cut the post's name short: `PAGE 01 NEW DE 02340`.
    if "PAGE 0" not in head:
        return head
    return "\n".join(line for line in head.split("\n") if not ARCHIVE_PAGE.match(line))


def _cable(
    raw: RawTelegram,
    name: str,
    identity: Identity,
    head: str,
    cuts: Sequence[Cut],
    signers: Sequence[str],
    problems: tuple[str, ...],
) -> Cable:
    classification = fields.parse_classification(head) or raw.classification
    caveats = tuple(fields.parse_caveats(head))
    return Cable(
        id=identity.id,
        post=identity.post,
        paragraphs=tuple(_paragraph(identity, cut, classification, caveats) for cut in cuts),
        date=identity.date,
        dtg=fields.dtg_text(head),
        classification=classification,
        caveats=caveats,
        declassify_on=fields.parse_declassification(head),
        origin=raw.origin or fields.parse_origin(head),
        subject=fields.parse_subject(head),
        subject_marking=fields.parse_subject_marking(head),
        tags=tuple(fields.parse_tags(head)),
        references=tuple(fields.parse_references(head, identity.id.full_year, str(identity.id))),
        classified_by=tuple(fields.parse_classified_by(head) or fields.parse_classified_by(raw.body)),
        signers=tuple(signers),
        recipients=tuple(fields.parse_recipients(head)),
        summary=summary_of(cuts),
        source=name,
        problems=problems,
    )


def _paragraph(identity: Identity, cut: Cut, classification: str | None, caveats: tuple[str, ...]) -> Paragraph:
    return Paragraph(
        key=ParagraphKey(identity.id, cut.locator),
        text=cut.text,
        layout=cut.layout,
        marking=cut.marking,
        effective_marking=_effective(cut.marking, classification, caveats),
        heading=cut.heading,
        heading_marking=cut.heading_marking,
    )


@lru_cache(maxsize=4096)
def _effective(portion: str | None, classification: str | None, caveats: tuple[str, ...]) -> str | None:
    # The paragraphs of a telegram share a few markings.
    return effective_marking(portion, classification, caveats)


def _text_problems(raw: RawTelegram, head: str, cleaned: CleanText, empty: Sequence[int]) -> list[str]:
    problems = []
    if any(map(is_copy_note, head.split("\n"))):
        problems.append(CORRECTED)
    if raw.note and "extract" in raw.note:
        problems.append("partial extract of the original cable")
    elif has_extract_marks(cleaned.lines):
        problems.append("the text is an extract: parts are left out")
    if cleaned.restarts:
        problems.append("two messages in one body")
    if empty:
        problems.append(f"numbers without text: {', '.join(f'¶{number}' for number in empty[:_MOST_NAMED])}")
    return problems
