"""From a raw telegram to a cable: the head is separated from the body, and both are parsed."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.body.artefacts import CleanText, clean
from ingest.body.line_patterns import ARCHIVE_PAGE
from ingest.body.paragraphs import has_extract_marks, split_paragraphs
from ingest.body.release_stamps import is_partial_release, is_release_stamp, may_be_stamped, without_stamps
from ingest.body.segment import Segment
from ingest.body.summary_paragraph import find_summary
from ingest.duplicate_policy import CORRECTED
from ingest.errors import NotACable
from ingest.formats.raw_telegram import RawTelegram
from ingest.header.addresses import dtg_text, parse_dtg, parse_origin, parse_recipients
from ingest.header.classified_by import parse_classified_by
from ingest.header.declassification import parse_declassification
from ingest.header.markings import TelegramMarkings, read_markings
from ingest.header.message_line import parse_message_line
from ingest.header.references import parse_references
from ingest.header.signers import parse_signers
from ingest.header.subject import parse_subject, parse_subject_marking
from ingest.header.tags import parse_tags
from ingest.header.telegram_head import head_end, is_copy_note, is_telegram, text_in_head
from ingest.identity import CableIdentity, identify
from rag.domain.cable import Cable, Paragraph, Recipient
from rag.domain.cable_id import CableId
from rag.domain.paragraph_key import ParagraphKey

_MOST_NAMED = 10
_LONGEST_QUOTED = 300  # characters
_BODY_MINIMUM = 3  # characters of text below which there is nothing to cite


def parse_telegram(raw: RawTelegram, name: str) -> Cable:
    """The cable that a telegram is; `name` becomes its source.

    Raises:
        NotACable: the text is no telegram, or holds nothing to cite.
    """
    raw = _without_stamps(raw)
    lines = raw.body.split("\n")
    end = head_end(lines)
    if not is_telegram(raw, lines[:end]):
        raise NotACable("not a cable: no message line, telegram header or cable id")
    head = "\n".join((raw.header, *lines[:end])) if raw.header else "\n".join(lines[:end])
    line = parse_message_line(_without_archive_pages(head)) or parse_message_line(head)
    identity = identify(raw.metadata, line, parse_dtg(head), name)
    cleaned = clean(lines[end:], head.split("\n"), (identity.id.post, identity.id.serial))
    signers = parse_signers(raw.body)
    segments, empty = split_paragraphs(cleaned, signers)
    if sum(len(segment.text) for segment in segments) < _BODY_MINIMUM:
        raise NotACable("a telegram header without any text under it")
    markings = read_markings(head, "\n".join(lines[end:]), raw.metadata)
    noted = _text_problems(raw, lines[:end], cleaned, empty)
    problems = (*raw.problems, *identity.problems, *markings.problems, *noted)
    return _cable(raw, name, identity, head, segments, signers, markings, problems)


def _without_stamps(raw: RawTelegram) -> RawTelegram:
    """The telegram without what reviewers stamped on it; where they withheld text, its problems say so."""
    if not may_be_stamped(raw.body) and not may_be_stamped(raw.header):
        return raw
    stamps = [line for text in (raw.header, raw.body) for line in text.split("\n") if is_release_stamp(line)]
    if not stamps:
        return raw
    partly = any(map(is_partial_release, stamps))
    return replace(
        raw,
        header="\n".join(without_stamps(raw.header.split("\n"))),
        body="\n".join(without_stamps(raw.body.split("\n"))),
        problems=(*raw.problems, *(("released in part: reviewers withheld some of the text",) if partly else ())),
    )


def _without_archive_pages(head: str) -> str:
    # Page lines of the 1970s cut the post's name short: `PAGE 01 NEW DE 02340`.
    if "PAGE 0" not in head:
        return head
    return "\n".join(line for line in head.split("\n") if not ARCHIVE_PAGE.match(line))


def _cable(
    raw: RawTelegram,
    name: str,
    identity: CableIdentity,
    head: str,
    segments: Sequence[Segment],
    signers: Sequence[str],
    markings: TelegramMarkings,
    problems: tuple[str, ...],
) -> Cable:
    metadata = raw.metadata
    return Cable(
        id=identity.id,
        post=identity.post,
        paragraphs=tuple(_paragraph(identity, segment, markings) for segment in segments),
        date=identity.date,
        dtg=dtg_text(head),
        classification=markings.classification,
        caveats=markings.caveats,
        declassify_on=parse_declassification(head),
        origin=raw.metadata.origin or parse_origin(head),
        subject=parse_subject(head) or metadata.subject,
        subject_marking=parse_subject_marking(head),
        tags=tuple(_tags(raw, head)),
        references=tuple(_references(raw, head, identity.id)),
        classified_by=tuple(parse_classified_by(head) or parse_classified_by(raw.body)),
        signers=tuple(signers),
        recipients=tuple(parse_recipients(head)) or tuple(Recipient("to", name) for name in metadata.recipients),
        summary=find_summary(segments),
        source=name,
        problems=problems,
    )


def _references(raw: RawTelegram, head: str, own: CableId) -> list[str]:
    """The references of the text; where it has none, those that its container declares."""
    found = parse_references(head, own.full_year, str(own))
    if found or not raw.metadata.references:
        return found
    return parse_references(f"REF: {', '.join(raw.metadata.references)}", own.full_year, str(own))


def _tags(raw: RawTelegram, head: str) -> list[str]:
    """The tags of the text, then those that only its container declares."""
    tags = parse_tags(head)
    if raw.metadata.tags:
        tags += parse_tags(f"TAGS: {', '.join(raw.metadata.tags)}")
    return list(dict.fromkeys(tags))


def _paragraph(identity: CableIdentity, segment: Segment, markings: TelegramMarkings) -> Paragraph:
    return Paragraph(
        key=ParagraphKey(identity.id, segment.locator),
        text=segment.text,
        layout=segment.layout,
        marking=segment.marking,
        effective_marking=markings.effective(segment.marking),
        heading=segment.heading,
        heading_marking=segment.heading_marking,
    )


def _text_problems(raw: RawTelegram, head: Sequence[str], cleaned: CleanText, empty: Sequence[int]) -> list[str]:
    problems = []
    if any(map(is_copy_note, (*raw.header.split("\n"), *head))):
        problems.append(CORRECTED)
    if raw.note and "extract" in raw.note:
        problems.append("partial extract of the original cable")
    elif has_extract_marks(cleaned.lines):
        problems.append("the text is an extract: parts are left out")
    if left_out := " ".join(text_in_head(head)):
        problems.append(f"text in the header that is no field: {left_out[:_LONGEST_QUOTED]!r}")
    if cleaned.restarts:
        problems.append("two messages in one body")
    if empty:
        problems.append(f"numbers without text: {', '.join(f'¶{number}' for number in empty[:_MOST_NAMED])}")
    return problems
