"""The elements of telegram heads in a text: which lines they are, and which of them form one head.

A head is printed in a fixed order: an id (in copies), transmission lines, date-time group, sender, message line, then
the E.O., TAGS and SUBJECT block (ACP 121; 5 FAH-2).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ingest.body.line_patterns import LABEL, is_stamp
from ingest.body.number_candidates import opens_paragraph
from ingest.header.message_line import LEVEL, LEVEL_NAMES, parse_classification, read_message_line


def _spaced(words: str) -> str:
    return r"[ ]{1,3}".join(r"[ ]".join(word) for word in words.split())


_CLASS = f"(?:{'|'.join(LEVEL_NAMES)})".replace(" ", "[ ]")
_SPACED = f"(?:{'|'.join(map(_spaced, LEVEL_NAMES))})"
_NAMED = r"(?:[ ]{1,4}SECTION[ ]\d\d?[ ]OF[ ]\d\d?)?[ ]{1,4}[A-Z][A-Z .'-]{1,30}[ ]{1,4}\d{2,8}\b"
_DTG = r"\d{6}[ ]?Z[ ]{1,2}[A-Z]{3,9}[ ]{1,2}(?:\d{4}|\d\d)\b"
_DATE = r"(?:\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4})(?:[ ]\d{1,2}:\d\d(?::\d\d)?)?"
_GAP = r"[ \t,;|]{1,8}"
_SENDER = "(?:AM|SEC|US|RPO|RUE|AIT|CONS|REO)"
# Copies that joined lines have heads within their lines.
_WITHIN_LINE = re.compile(
    r"(?<=\S)(?<!TOP)(?<!T O P)[ \t]{1,8}(?="
    rf"(?:[ZOPRYM][ ]){{1,3}}{_DTG}[ \t]{{0,4}}(?:FM[ ]|$)|{_SPACED}{_NAMED}|E\.O\. ?1\d{{4}}: "
    rf"|{_CLASS}{_NAMED}(?:[^\n]{{0,80}}\b(?:SIPDIS|E\.?O\.? ?1\d{{4}})|(?<=\d{{6}})[ \t]{{0,40}}$)"
    rf"|FM[ ]{_SENDER}[A-Z ]{{1,40}}\n[ \t]{{0,8}}(?:TO|INFO)[ ])",
    re.MULTILINE,
)
_WITHIN = (
    *(" E.O. 1", " SECRET ", " CONFIDENTIAL ", " UNCLAS", " OFFICIAL USE "),
    *(" S E C R E T", " C O N F I D", " U N C L A S", " L I M I T E D", " FM "),
)
_DTG_MONTH = re.compile(r"Z [A-Z]{3}")
_BEFORE_MONTH = re.compile(r"\S[ \t]{1,8}(?:[ZOPRYM] ){1,3}\d{6} ?\Z")
_ELEMENT = re.compile(
    # A line break rather than ^, because a literal at the start lets the search skip the rest of each line.
    rf"""\n[ \t>*¶]{{0,40}}(?=[\dVDZPORYMFSCUTLEsctule])(?:
      (?P<declared>(?:\d{{1,7}}{_GAP})?(?:(?P<date>{_DATE}){_GAP})?(?P<id>(?:19|20)?\d\d[A-Z]{{3,25}}\d{{1,6}})
        (?:[ \t]{{0,40}}$|{_GAP}[^\n]{{0,60}}?\b(?P<class>{_CLASS}(?://[A-Z /]{{2,30}})?)[ \t]{{0,40}}$))
    | (?P<transmission>VZCZC|DE[ ]R[A-Z]{{3,8}}[ ]\#|ZN[YR][ ][A-Z]{{5}}\b|PAGE[ ]01[ ])
    | (?P<dtg>(?:[ZOPRYM][ ]){{0,3}}(?i:{_DTG})(?=[ \t]{{0,40}}$|[ \t]{{1,4}}(?:FM|Z[A-Z]{{2,3}})\b))
    | (?P<sender>FM[ ]{_SENDER}[A-Z]{{0,12}}\b)
    | (?i:(?P<message>[A-Z]??(?:{LEVEL}))(?![A-Za-z])
    | (?P<block>E\.?\s?[O0]\.?\s{{0,3}}:?\s?\d{{4,5}}|E\.O\.|TAGS?\b|SUBJ(?:ECT)?\b))
    )""",
    re.VERBOSE | re.MULTILINE,
)

_WHOLE_LINE = re.compile(r"\d{2,8}(?:[ ,/]{1,3}[A-Z]{2,9}){0,3}\s{0,40}$")
_BLOCK = {"order", "tags", "subject"}
END_OF_MESSAGE = re.compile(r"\s{0,40}(?:N{4,6}|BT)\s{0,40}$")
_NEAR = 6  # lines between a declared id and the classification that shows it to be a head


class Rank(IntEnum):
    """The order in which the elements of a head are printed."""

    DECLARED = 0
    TRANSMISSION = 1
    DTG = 2
    SENDER = 3
    MESSAGE = 4
    BLOCK = 5


_RANKS = {rank.name.lower(): rank for rank in Rank}


@dataclass(frozen=True, slots=True)
class HeadElement:
    """One element of a head: the index of its line, and for a block line its label."""

    line: int
    rank: Rank
    match: re.Match[str]
    label: str | None = None


def one_head_a_line(text: str) -> str:
    """The text with line breaks before heads that stand within a line."""
    # Few texts have any, and the pattern alone would take a tenth of the time of parsing.
    ends = (match.start() for match in _DTG_MONTH.finditer(text))
    if any(part in text for part in _WITHIN) or any(_BEFORE_MONTH.search(text, max(0, end - 30), end) for end in ends):
        return _WITHIN_LINE.sub("\n", text)
    return text


def head_groups(lines: Sequence[str]) -> Iterator[list[HeadElement]]:
    """The elements of each head; elements of one head come in their order without a paragraph between them."""
    group: list[HeadElement] = []
    for element in _elements(lines):
        if group and not _continues(lines, group, element):
            yield group
            group = []
        group.append(element)
    if group:
        yield group


def _elements(lines: Sequence[str]) -> Iterator[HeadElement]:
    text = "\n".join(("", *lines))
    index = position = 0
    for match in _ELEMENT.finditer(text):
        index += text.count("\n", position, match.start())
        position = match.start()
        rank = _RANKS[match.lastgroup or ""]
        label = LABEL.match(lines[index]) if rank is Rank.BLOCK else None
        if _is_element(lines, index, rank, match, label):
            yield HeadElement(index, rank, match, label.lastgroup if label else None)


def _is_element(
    lines: Sequence[str], index: int, rank: Rank, match: re.Match[str], label: re.Match[str] | None
) -> bool:
    """Whether a line that begins like an element is one."""
    if rank is Rank.BLOCK:
        return label is not None
    if rank is Rank.MESSAGE:
        return read_message_line(lines[index]) is not None
    if rank is not Rank.DECLARED or match["class"]:
        return True
    # The id of a reference has no classification below it.
    return any(line.strip() and parse_classification(line) for line in lines[index + 1 : index + 1 + _NEAR])


def _continues(lines: Sequence[str], group: Sequence[HeadElement], element: HeadElement) -> bool:
    last = group[-1]
    between = lines[last.line + 1 : element.line]
    if any(opens_paragraph(line) or END_OF_MESSAGE.match(line) for line in between):
        return False
    if element.rank is Rank.BLOCK:
        late = element.label == "order" and last.label == "subject" and len(between) > _NEAR // 2
        return not late and all(element.label != other.label for other in group)
    if element.rank < last.rank:  # some copies print the message line above the date-time group
        above = {other.rank for other in group}
        return last.rank is Rank.MESSAGE and element.rank not in above and not any(map(is_text, between))
    return element.rank > last.rank or element.rank in (Rank.TRANSMISSION, Rank.SENDER)


def is_text(line: str) -> bool:
    return bool(line.strip()) and not is_stamp(line)


def is_head(lines: Sequence[str], group: Sequence[HeadElement]) -> bool:
    """Whether the elements are a head, and no line of text that happens to look like one of them."""
    ranks = {element.rank for element in group}
    labels = {element.label for element in group}
    if Rank.DTG in ranks or len(labels & _BLOCK) > (Rank.SENDER not in ranks):
        return True
    if Rank.MESSAGE in ranks:
        return len(ranks) > 1 or _WHOLE_LINE.search(lines[group[0].line]) is not None
    return Rank.DECLARED in ranks
