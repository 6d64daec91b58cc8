"""Where a telegram's head ends: transmission lines, message line, captions, E.O., TAGS, SUBJECT, REF, Classified By."""

import re
from collections.abc import Sequence

from ingest.body.line_patterns import (
    ARCHIVE_PAGE,
    CAPTION,
    LABEL,
    LETTERED,
    PAGE_LINE,
    TRANSMISSION,
    is_banner,
    is_rule,
    is_stamp,
)
from ingest.body.number_candidates import opens_paragraph
from ingest.formats.raw_telegram import RawTelegram
from ingest.header.head_prose import is_prose, is_sentence, prose_beside

_SEARCHED = 400  # lines; distribution lists of some telegrams run to hundreds of addressees
_PROSE = 220  # characters of running text that end the search for head elements
_ADDRESS = re.compile(
    r"\s{0,20}(?:[A-Z0-9][A-Z0-9/&.,;:()'\" -]{0,60}?\s)?(?:FOR|PASS|FROM|ALSO|TO)\s"
    r"[A-Z0-9][A-Z0-9/&.,;:()'\"’ -]{0,120}$"
)
_ADDRESSED = re.compile(r"\s{0,20}(?:[A-Z][A-Z/]{1,15}[, ]{1,2}){0,2}(?:PASS|FOR|FROM)\s")
_COPY_NOTE = re.compile(r"\W{0,20}C\s?O\s?R\s?R\s?E\s?C\s?T(?:\s?E\s?D)?\s{1,4}C\s?O\s?P\s?Y\b", re.IGNORECASE)
_REASON_END = re.compile(r"1\s?\.\s?[4-6]\s{0,3}\(?\s?[a-h](?:[ ,/&;().]|[a-h]\b|and|or){0,40}$", re.IGNORECASE)
_REFERENCE_ITEM = re.compile(r"[\s¶1]{0,20}1[.)]\s{0,4}(?:\d\d\s)?(?:[A-Z]{2,20}\s){1,3}\d{2,6}\b")
_MESSAGE_END = re.compile(r"\s{0,40}N{4,6}\s{0,40}$")
_REASON_TAIL = re.compile(r"(?:[\s,/&;().]|[a-h]\b|a?nd?\b|or\b){1,40}$", re.IGNORECASE)


def head_end(lines: Sequence[str]) -> int:
    """Index of the first line after the head; 0 where the text has no telegram head."""
    end = index = prose = 0
    subject = False
    while index < min(len(lines), _SEARCHED):
        line = lines[index]
        label = LABEL.match(line)
        if label:
            prose = 0
            subject = subject or label["subject"] is not None
            end = index = _block_end(lines, index, label)
            continue
        if end and (_MESSAGE_END.match(line) or (opens_paragraph(line) and not _REFERENCE_ITEM.match(line))):
            break
        if is_banner(line):
            end, prose = index + 1, 0
        elif _is_caption(line) or (not subject and _ADDRESS.match(line)):
            # A caption continues a head, but does not start one, nor does one below text belong to it.
            end = index + 1 if end and not prose else end
        elif end and subject:
            prose += 0 if is_rule(line) else len(line.strip())
            if prose > _PROSE:
                break
        index += 1
    return _after_captions(lines, end) if end else 0


def text_in_head(head: Sequence[str]) -> list[str]:
    """The sentences in a head that belong to no field, and those beside the references."""
    found: list[str] = []
    index = 0
    while index < len(head):
        line, end = head[index], index + 1
        if label := LABEL.match(line) if line.strip() else None:
            end = _block_end(head, index, label)
            if label["reference"] is not None:
                found += filter(None, map(prose_beside, head[index:end]))
        elif is_sentence(line) and not is_banner(line) and not _is_caption(line):
            found.append(line.strip())
        index = end
    return found


def _after_captions(lines: Sequence[str], end: int) -> int:
    index = end
    while index < len(lines):
        if not lines[index].strip():
            index += 1
            continue
        if opens_paragraph(lines[index]):
            break
        taken = 1 if _is_caption(lines[index]) else _addressee_lines(lines[index : index + 5])
        if not taken:
            break
        index += taken
        end = index
    return end


def _addressee_lines(lines: Sequence[str]) -> int:
    """How many of the lines only name addressees: a few lines in capitals, no sentence."""
    block: list[str] = []
    for line in lines:
        if not line.strip() or opens_paragraph(line) or is_rule(line):
            break
        block.append(line)
    text = " ".join(block)
    fits = len(block) < 5 and text.isupper() and _ADDRESSED.match(text) and not text.rstrip().endswith(".")
    return len(block) if fits else 0


def _is_caption(line: str) -> bool:
    return bool(
        CAPTION.match(line)
        or PAGE_LINE.match(line)
        or ARCHIVE_PAGE.match(line)
        or is_copy_note(line)
        or (line.strip() and is_stamp(line))
    )


def is_copy_note(line: str) -> bool:
    """Whether the line says that the telegram is a corrected copy: `C O R R E C T E D  C O P Y (ADDED TAGS)`."""
    return _COPY_NOTE.match(line) is not None


def _block_end(lines: Sequence[str], start: int, label: re.Match[str]) -> int:
    """Index after the labelled block that starts at `start`."""
    index = start + 1
    closed = label["classified"] is not None and _REASON_END.search(lines[start].rstrip()) is not None
    while index < len(lines):
        line = lines[index]
        if not line.strip():
            if label["reference"] is None or not _letters_follow(lines, index):
                return index
        elif LABEL.match(line) or is_rule(line) or _starts_text(line, label, lines[start:index]):
            return index
        elif index + 1 < len(lines) and is_rule(lines[index + 1]) and not label["reference"]:
            return index  # an underlined heading
        elif closed and not _REASON_TAIL.match(line.rstrip()):
            return index
        elif label["classified"] or label["reason"]:
            closed = closed or _REASON_END.search(line.rstrip()) is not None
        index += 1
    return index


def _starts_text(line: str, label: re.Match[str], above: Sequence[str]) -> bool:
    """Whether a line within a labelled block is text; `above` are the block's lines before it."""
    if label["reference"] is None:
        return opens_paragraph(line)
    return (opens_paragraph(line) and not _REFERENCE_ITEM.match(line)) or is_prose(line, above)


def _letters_follow(lines: Sequence[str], blank: int) -> bool:
    index = blank
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index < len(lines) and index - blank < 3 and LETTERED.match(lines[index]) is not None


def is_telegram(raw: RawTelegram, head: Sequence[str]) -> bool:
    """Whether the text is a telegram: its id is declared, or its head has at least two elements."""
    if raw.metadata.id:
        return True
    if not head:
        return False
    labels = {match.lastgroup for line in head if (match := LABEL.match(line))}
    banner = any(is_banner(line) for line in head)
    transmission = any(TRANSMISSION.match(line) for line in head)
    return len(labels) + banner + transmission >= 2 and (banner or transmission or len(labels) >= 3)
