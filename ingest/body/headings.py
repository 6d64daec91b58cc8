"""Section headings between paragraphs, and how they differ from the last lines of the text above them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.body.line_patterns import SENTENCE_END, UNWRAPPED, is_rule
from ingest.body.number_candidates import is_marking

_MOST_LINES = 4
_LONGEST = 160
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
_ENDS = ("end ", "End ", "END ")
_TEXT_END = re.compile(r"[.!?][\"'”’)\]8]{0,3}$|[\"”]$")
_END = re.compile(r"[.,;](?:[\"'”’)]{0,2})$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, its own marking, and the index of its first line; `text` is empty for a rule alone."""

    text: str
    marking: str | None
    line: int


def heading_before(lines: Sequence[str], floor: int, end: int) -> Heading | None:
    """The heading in `lines[floor:end]` directly above the paragraph at `end`, or None.

    Headings in a row (section and subsection) are joined by ` / `.
    """
    headings: list[Heading] = []
    while len(headings) < _MOST_LINES:
        heading = _lowest(lines, floor, end)
        if heading is None or (any(lower.text for lower in headings) and not _stacks(lines, heading)):
            break
        headings.append(heading)
        end = heading.line
    if not headings:
        return None
    texts = [heading.text for heading in reversed(headings) if heading.text]
    marking = next((heading.marking for heading in headings if heading.marking), None)
    return Heading(" / ".join(texts), marking, headings[-1].line)


def ends_section(text: str, heading: str) -> bool:
    """Whether a paragraph prints the end of its section: `End Summary.` under `SUMMARY AND COMMENT`."""
    if not any(end in text for end in _ENDS):  # the pattern alone takes a tenth of the time of parsing
        return False
    words = set(heading.upper().split())
    return any(not words.isdisjoint(end[1].upper().split()) for end in _SECTION_END.finditer(text))


def _stacks(lines: Sequence[str], heading: Heading) -> bool:
    """Whether this is a heading even directly above another, and not the last row of a table or list."""
    return heading.text.isupper() or is_rule(lines[heading.line]) or not heading.text


def _lowest(lines: Sequence[str], floor: int, end: int) -> Heading | None:
    index = _filled_above(lines, floor, end)
    if index < floor:
        return None
    if is_rule(lines[index]):
        return _ruled(lines, floor, index)
    inline = _INLINE_RULE.match(lines[index])
    if inline and not _BULLET.match(lines[index]):
        return _heading(inline["heading"], index)
    framed = _FRAMED.match(lines[index])
    if framed:
        return _heading(framed["heading"], index)
    return _bare(lines, floor, index, end)


def _filled_above(lines: Sequence[str], floor: int, end: int) -> int:
    index = end - 1
    while index >= floor and not lines[index].strip():
        index -= 1
    return index


def _ruled(lines: Sequence[str], floor: int, rule: int) -> Heading | None:
    """A heading above a rule, with or without another rule above it."""
    last = _filled_above(lines, floor, rule)
    if last < floor:
        return Heading("", None, rule)
    top = _rule_above(lines, floor, last)
    if top is not None:
        words = [line.strip() for line in lines[top + 1 : last + 1] if line.strip()]
        return _heading(" ".join(words), top) if words else Heading("", None, top)
    first = last
    if _BULLET.match(lines[last]) or len(lines[last].strip()) > _LONGEST:
        return Heading("", None, rule)
    if _END.search(lines[last].rstrip()) and not _is_title(lines[last]):
        return Heading("", None, rule)
    while first - 1 >= floor and last - first + 1 < 3 and _continues(lines, first):
        first -= 1
    return _heading(" ".join(line.strip() for line in lines[first : last + 1]), first)


def _rule_above(lines: Sequence[str], floor: int, last: int) -> int | None:
    """Index of the rule above a heading whose last line is `last`; None where there is none."""
    filled = 0
    for index in range(last, max(floor - 1, last - 9), -1):
        if is_rule(lines[index]):
            return index
        if lines[index].strip():
            filled += 1
            if filled > _MOST_LINES or len(lines[index].strip()) > _LONGEST:
                return None
            if SENTENCE_END.search(lines[index].rstrip()) and lines[index].rstrip()[-1] in ".;" and filled > 1:
                return None
    return None


def _continues(lines: Sequence[str], first: int) -> bool:
    """Whether the line above `first` belongs to the same underlined heading."""
    above, line = lines[first - 1], lines[first]
    if not above.strip() or is_rule(above) or SENTENCE_END.search(above.rstrip()[-4:]):
        return False
    return _is_title(above) and above.isupper() == line.isupper() and len(above.strip()) > 25


def _bare(lines: Sequence[str], floor: int, index: int, end: int) -> Heading | None:
    """A heading without rules: a short line alone, in capitals or Title Case."""
    line = lines[index].strip()
    if len(line) > 100 or _END.search(line) or _BULLET.match(lines[index]) or not _is_title(line) or _NEVER.match(line):
        return None
    above = lines[index - 1] if index > 0 else ""
    if above.strip() and not is_rule(above):
        if not _TEXT_END.search(above.rstrip()[-4:]) and len(above.rstrip()) <= UNWRAPPED:
            return _bare_on_two_lines(lines, floor, index)
        if index > floor and _BULLET.match(above):
            return None
    return _heading(line, index)


def _bare_on_two_lines(lines: Sequence[str], floor: int, index: int) -> Heading | None:
    """A heading without rules in capitals that takes two lines."""
    if index == floor:
        return None
    above = lines[index - 1]
    before = lines[index - 2] if index - 2 >= floor else ""
    if not (lines[index].isupper() and above.isupper()) or before.strip() or _BULLET.match(above):
        return None
    return _heading(f"{above.strip()} {lines[index].strip()}", index - 1)


def _is_title(line: str) -> bool:
    """Whether a line is in capitals or Title Case."""
    marked = _MARKED.match(line.strip())
    words: list[str] = _WORD.findall(line.strip()[marked.end() :] if marked else line)
    if not words:
        return False
    if all(word.isupper() for word in words):
        return len("".join(words)) > 2
    content = [word for word in words if word.lower() not in _SMALL]
    if not content or not words[0][0].isupper():
        return False
    capital = sum(1 for word in content if word[0].isupper())
    return capital >= len(content) * (1.0 if len(content) < 4 else 0.75)


def _heading(text: str, line: int) -> Heading:
    text = _LEADING_RULE.sub("", text)
    text = " ".join(_DECORATION.sub("", _DECORATION.sub("", text)).split())
    marked = _MARKED.match(text)
    if marked and is_marking(marked["marking"]):
        return Heading(text[marked.end() :], marked["marking"], line)
    return Heading(text, None, line)
