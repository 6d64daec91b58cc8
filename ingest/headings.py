"""Section headings: found at the end of the text before a paragraph, told apart from its last words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.line_forms import UNWRAPPED, is_rule
from ingest.number_candidates import is_marking

_MAX_LINES = 4
_MAX_LENGTH = 160
_INLINE_RULE = re.compile(r"(?P<heading>\S.{0,158}?)\s{0,4}[-=_]{3,80}(?:\s{1,2}[-=_]{1,80}){0,8}\s{0,8}$")
_LEADING_RULE = re.compile(r"\s{0,40}[-=_]{4,80}(?:\s{1,2}[-=_]{1,80}){0,8}\s{1,4}(?=[^-=_\s])")
_FRAMED = re.compile(r"\s{0,20}(?:(//|--|__|\*\*|==)\s{0,3})(?P<heading>[^/\s].{0,120}?)\s{0,3}\1[.:]?\s{0,20}$")
_DECORATION = re.compile(r"^[\s\-=_*/~#]{1,60}|[\s\-=_*/~#]{1,60}$")
_BULLET = re.compile(r"\s{0,40}(?:[-*•o+>]{1,3}\s|--|-[A-Za-z]|\(?[a-z0-9]{1,3}[.)]\s|•)")
_MARKED = re.compile(r"\(\s?(?P<marking>[^()]{1,30}?)\s?\)\s{0,3}(?=\S)")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_SMALL = frozenset(
    """
    a an and as at but by de del des du el for from if in into is it its la le nor not of on onto or over per so than
    the to under up upon via vs vs. with without y
    """.split()
)
_NEVER = re.compile(r"\(?end\b|x{5,200}(?:\W{1,3}x{5,200}){0,9}\W{0,3}$|¶|\W{0,4}$", re.IGNORECASE)
_SECTION_END = re.compile(
    r"(?:^|[.!?:;\"”’()*-]\s?)end (?:of )?(?:the )?([a-z-]{4,20}(?: (?:and |& ?)?[a-z-]{4,20}){0,3})\s?(?:[.:;)*\]]|$)",
    re.IGNORECASE,
)
_GLUED_TO = re.compile(r"[.!?][\"'”’)\]8]{0,3}$|[\"”]$")
_END = re.compile(r"[.,;](?:[\"'”’)]{0,2})$")
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]8]{0,3}$|[\"'”’)\]]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its own marking, and the index of the first of its lines."""

    text: str
    marking: str | None
    line: int


def heading_before(lines: Sequence[str], floor: int, end: int) -> Heading | None:
    """The heading that stands in `lines[floor:end]` just before the paragraph at `end`, or None.

    Several headings in a row (section and subsection) are one, joined by ` / `.
    """
    found: list[Heading] = []
    while len(found) < _MAX_LINES:
        heading = _one(lines, floor, end)
        if heading is None or (found and any(each.text for each in found) and not _stacks(lines, heading)):
            break
        found.append(heading)
        end = heading.line
    if not found:
        return None
    texts = [heading.text for heading in reversed(found) if heading.text]
    marking = next((heading.marking for heading in found if heading.marking), None)
    return Heading(" / ".join(texts), marking, found[-1].line)


def ends_section(text: str, heading: str) -> bool:
    """Whether a paragraph prints the end of the section it stands under: `End Summary.` under `SUMMARY AND COMMENT`."""
    words = set(heading.upper().split())
    return any(not words.isdisjoint(end[1].upper().split()) for end in _SECTION_END.finditer(text))


def _stacks(lines: Sequence[str], heading: Heading) -> bool:
    """Whether this is a heading even over another heading, and not the last row of a table or list."""
    return heading.text.isupper() or is_rule(lines[heading.line]) or not heading.text


def _one(lines: Sequence[str], floor: int, end: int) -> Heading | None:
    index = _filled_above(lines, floor, end)
    if index < floor:
        return None
    if is_rule(lines[index]):
        return _ruled(lines, floor, index)
    inline = _INLINE_RULE.match(lines[index])
    if inline and not _BULLET.match(lines[index]):
        return _read(inline["heading"], index)
    framed = _FRAMED.match(lines[index])
    if framed:
        return _read(framed["heading"], index)
    return _alone(lines, floor, index, end)


def _filled_above(lines: Sequence[str], floor: int, end: int) -> int:
    index = end - 1
    while index >= floor and not lines[index].strip():
        index -= 1
    return index


def _ruled(lines: Sequence[str], floor: int, rule: int) -> Heading | None:
    """A heading over a line of dashes, with or without another above it."""
    last = _filled_above(lines, floor, rule)
    if last < floor:
        return Heading("", None, rule)
    top = _rule_above(lines, floor, last)
    if top is not None:
        words = [line.strip() for line in lines[top + 1 : last + 1] if line.strip()]
        return _read(" ".join(words), top) if words else Heading("", None, top)
    first = last
    if _BULLET.match(lines[last]) or len(lines[last].strip()) > _MAX_LENGTH:
        return Heading("", None, rule)
    if _END.search(lines[last].rstrip()) and not _title(lines[last]):
        return Heading("", None, rule)
    while first - 1 >= floor and last - first + 1 < 3 and _goes_on(lines, first):
        first -= 1
    return _read(" ".join(line.strip() for line in lines[first : last + 1]), first)


def _rule_above(lines: Sequence[str], floor: int, last: int) -> int | None:
    """Index of the upper line of dashes around a heading whose last line is `last`."""
    filled = 0
    for index in range(last, max(floor - 1, last - 9), -1):
        if is_rule(lines[index]):
            return index
        if lines[index].strip():
            filled += 1
            if filled > _MAX_LINES or len(lines[index].strip()) > _MAX_LENGTH:
                return None
            if _SENTENCE_END.search(lines[index].rstrip()) and lines[index].rstrip()[-1] in ".;" and filled > 1:
                return None
    return None


def _goes_on(lines: Sequence[str], first: int) -> bool:
    """Whether the line above belongs to the same underlined heading."""
    above, line = lines[first - 1], lines[first]
    if not above.strip() or is_rule(above) or _SENTENCE_END.search(above.rstrip()[-4:]):
        return False
    return _title(above) and above.isupper() == line.isupper() and len(above.strip()) > 25


def _alone(lines: Sequence[str], floor: int, index: int, end: int) -> Heading | None:
    """A heading without any dashes: a short line by itself in capitals or Title Case."""
    line = lines[index].strip()
    if len(line) > 100 or _END.search(line) or _BULLET.match(lines[index]) or not _title(line) or _NEVER.match(line):
        return None
    above = lines[index - 1] if index > 0 else ""
    if above.strip() and not is_rule(above):
        if not _GLUED_TO.search(above.rstrip()[-4:]) and len(above.rstrip()) <= UNWRAPPED:
            return _alone_wrapped(lines, floor, index)
        if index > floor and _BULLET.match(above):
            return None
    return _read(line, index)


def _alone_wrapped(lines: Sequence[str], floor: int, index: int) -> Heading | None:
    """A heading in capitals that takes two lines."""
    if index == floor:
        return None
    above = lines[index - 1]
    before = lines[index - 2] if index - 2 >= floor else ""
    if not (lines[index].isupper() and above.isupper()) or before.strip() or _BULLET.match(above):
        return None
    return _read(f"{above.strip()} {lines[index].strip()}", index - 1)


def _title(line: str) -> bool:
    """Whether a line is set in capitals or Title Case."""
    marked = _MARKED.match(line.strip())
    words: list[str] = _WORD.findall(line.strip()[marked.end() :] if marked else line)
    if not words:
        return False
    if all(word.isupper() for word in words):
        return len("".join(words)) > 2
    weighty = [word for word in words if word.lower() not in _SMALL]
    if not weighty or not words[0][0].isupper():
        return False
    capital = sum(1 for word in weighty if word[0].isupper())
    return capital >= len(weighty) * (1.0 if len(weighty) < 4 else 0.75)


def _read(text: str, line: int) -> Heading:
    text = _LEADING_RULE.sub("", text)
    text = " ".join(_DECORATION.sub("", _DECORATION.sub("", text)).split())
    marked = _MARKED.match(text)
    if marked and is_marking(marked["marking"]):
        return Heading(text[marked.end() :], marked["marking"], line)
    return Heading(text, None, line)
