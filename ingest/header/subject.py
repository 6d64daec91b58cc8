"""The subject of a telegram and its marking."""

import re

from ingest.header.header_text import header
from ingest.header.labels import INLINE_STOP, STOP_LINE, SUBJECT_BARE, SUBJECT_INLINE, SUBJECT_LINE, SUBJECT_MISSPELLED
from ingest.header.spelling import within
from rag.domain.marking import read_marking

_LONGEST = 1_500  # characters looked at
_MOST_LINES = 8
# A subject that ends with such a word continues below a blank line.
_OPEN_END = re.compile(
    r"(?:\b(?:A|AN|AND|AS|AT|BY|FOR|FROM|IN|INTO|OF|ON|OR|OVER|THE|TO|WITH|WITHOUT)|['’]S|,|-|:)\Z", re.IGNORECASE
)
# A hyphen at the end of a line is that of a compound, because telegrams break no words; `PRE- AND POST-WAR` is none.
_IN_COMPOUND = re.compile(r"(?<=[a-z0-9.]-)\n(?=[a-z0-9])(?!(?:and|or|to)\b)", re.IGNORECASE)
_FIELD_BELOW = re.compile(
    r"[ \t¶]{0,40}(?:1[.)][ \t]{0,4})?(?:\([A-Z/]{1,8}\)[ \t]{0,4})?"
    r"(?i:REF(?:S|TELS?|ERENCES?)?[ \t]{0,4}[:(]|cla?s{1,2}\w{2,6}d[ \t]{1,4}by\b|E\.O\.|TAGS[ \t]{0,4}:)"
)
_PARENTHESIS = re.compile(r"[ \t\n]{0,8}\(([^()\n]{1,60})\)[ \t\n]{0,8}")


def parse_subject(text: str) -> str | None:
    """The subject without its marking, lines joined; None where none is printed.

    `SUBJECT:` may follow other fields on their line, or be alone above its value. The value ends at a blank line,
    another label, a rule, paragraph 1, or a sentence about the message.
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
            if parts and not _OPEN_END.search(parts[-1]) and not _continues_below(lines, index):
                break
            continue
        if index and _ends(part, parts):
            break
        stop = INLINE_STOP.search(part)
        parts.append(part[: stop.start()] if stop else part)
        if stop or len(parts) == _MOST_LINES:
            break
    return " ".join(_IN_COMPOUND.sub("", "\n".join(parts)).split()).rstrip(" (")


def _continues_below(lines: list[str], blank: int) -> bool:
    """Whether one line separates this blank line from the next field: a subject in double spacing."""
    filled = [line for line in lines[blank : blank + 6] if line.strip()][:2]
    return len(filled) == 2 and not STOP_LINE.match(filled[0]) and _FIELD_BELOW.match(filled[1]) is not None


def _ends(line: str, parts: list[str]) -> bool:
    """Whether the line ends the subject: a label, or mixed case after a subject in capitals."""
    if STOP_LINE.match(line) and (parts or not _PARENTHESIS.match(line)):
        return True
    return bool(parts) and "".join(parts).isupper() and _mostly_lower(line)


def _mostly_lower(line: str) -> bool:
    return sum(map(str.islower, line)) > 2 * sum(map(str.isupper, line))
