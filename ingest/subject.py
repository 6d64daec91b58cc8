"""The subject of a telegram, and the marking printed before it."""

import re

from ingest.header_text import header
from ingest.labels import INLINE_STOP, STOP_LINE, SUBJECT_BARE, SUBJECT_INLINE, SUBJECT_LINE, SUBJECT_MISSPELLED
from ingest.spelling import within
from rag.marking import read_marking

_LONGEST = 1_500  # characters looked at
_MOST_LINES = 8
# A subject that stops at such a word goes on below the blank line that follows.
_OPEN_END = re.compile(
    r"(?:\b(?:A|AN|AND|AS|AT|BY|FOR|FROM|IN|INTO|OF|ON|OR|OVER|THE|TO|WITH|WITHOUT)|['’]S|,|-|:)\Z", re.IGNORECASE
)
_FIELD_BELOW = re.compile(
    r"[ \t¶]{0,40}(?:1[.)][ \t]{0,4})?(?:\([A-Z/]{1,8}\)[ \t]{0,4})?"
    r"(?i:REF(?:S|TELS?|ERENCES?)?[ \t]{0,4}[:(]|cla?s{1,2}\w{2,6}d[ \t]{1,4}by\b|E\.O\.|TAGS[ \t]{0,4}:)"
)
_PARENTHESIS = re.compile(r"[ \t\n]{0,8}\(([^()\n]{1,60})\)[ \t\n]{0,8}")


def parse_subject(text: str) -> str | None:
    """The subject without its marking, lines joined; None where none is printed.

    `SUBJECT:` may follow other fields on their line and may stand alone above its value. The value goes on until a
    blank line, another label, a rule, paragraph 1, or a sentence about the message.
    """
    value = _value(text)
    if value is None:
        return None
    marked = _PARENTHESIS.match(value)
    if marked and read_marking(marked[1]):
        value = value[marked.end() :]
    return value.strip() or None


def parse_subject_marking(text: str) -> str | None:
    """The marking before the subject, or before its label, as printed without parentheses: `(S) GERMANY ...` -> `S`."""
    label = _label(text)
    value = _value(text)
    if label is None or value is None:
        return None
    for marked in (_PARENTHESIS.match(value), _PARENTHESIS.match(label[1] or "")):
        if marked and read_marking(marked[1]):
            return marked[1].strip()
    return None


def _label(text: str) -> re.Match[str] | None:
    head = header(text)
    spelled = SUBJECT_LINE.search(head) or SUBJECT_INLINE.search(head) or SUBJECT_BARE.search(head)
    if spelled:
        return spelled
    candidates = SUBJECT_MISSPELLED.finditer(head)
    return next((label for label in candidates if within(label["word"].upper(), "SUBJECT", 1)), None)


def _value(text: str) -> str | None:
    label = _label(text)
    if label is None:
        return None
    parts: list[str] = []
    lines = label.string[label.end() : label.end() + _LONGEST].split("\n")
    for index, line in enumerate(lines):
        part = line.strip()
        if not part:
            if parts and not _OPEN_END.search(parts[-1]) and not _goes_on_below(lines, index):
                break
            continue
        if index and _ends(part, parts):
            break
        stop = INLINE_STOP.search(part)
        parts.append(part[: stop.start()] if stop else part)
        if stop or len(parts) == _MOST_LINES:
            break
    return " ".join(" ".join(parts).split()).rstrip(" (")


def _goes_on_below(lines: list[str], blank: int) -> bool:
    """Whether one line stands between this blank line and the next field: a subject set with double spacing."""
    filled = [line for line in lines[blank : blank + 6] if line.strip()][:2]
    return len(filled) == 2 and not STOP_LINE.match(filled[0]) and _FIELD_BELOW.match(filled[1]) is not None


def _ends(line: str, parts: list[str]) -> bool:
    """Whether the line is no part of the subject: a label, or ordinary writing after a subject in capitals."""
    if STOP_LINE.match(line) and (parts or not _PARENTHESIS.match(line)):
        return True
    return bool(parts) and "".join(parts).isupper() and _mostly_lower(line)


def _mostly_lower(line: str) -> bool:
    return sum(map(str.islower, line)) > 2 * sum(map(str.isupper, line))
