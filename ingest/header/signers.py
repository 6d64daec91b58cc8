"""The officer who signed the telegram: by practice, a surname in capitals on a line below the text."""

import re

from ingest.header.header_text import cleaned, without_page_lines

_TAIL = 6_000  # characters
_MOST_NOISE = 60  # lines
_LONGEST = 32  # characters of a name

# Lines that may stand below the signer, or between text and signer.
_NOISE = re.compile(
    r"(?:[-=_*~#>\\. ]{1,80}"
    r"|(?i:UNCLASSIFIED|UNCLAS|CONFIDENTIAL|SECRET|TOP SECRET|LIMITED OFFICIAL USE|SENSITIVE)(?:[ /]{1,3}[A-Z ]{1,30})?"
    r"|[A-Z](?: [A-Z]){4,24}"
    r"|SIPDIS|NOFORN|EXDIS|NODIS|N{3,6}|BT|\#\d{4}"
    r"|PAGE \d\d.{0,60}"
    r"|(?:> ?)?\d{4}[A-Z]{3,20}\d{1,6} - .{0,60}|[=-]{3,60} ?CABLE ENDS ?[=-]{3,60}"
    r"|(?i:note[: ].{0,160}|[\"“]?(?:please )?visit .{0,160}|https?:.{0,200}|.{0,60}web ?site.{0,120})"
    r"|\S{0,30}gov/\S{0,60}"
    r"|(?i:you can also access.{0,120}|(?:[a-z ]{0,40})minimized? considered\.?|.{0,60}declassified/released.{0,120})"
    r"|(?i:review \d\d .{0,20}|end (?:of )?(?:cable|message)(?: text)?\.?)"
    r"|<<.{0,60}>>|(?i:x{4,40}))",
)
_WORD = r"[A-Z][A-Z0'’.-]{0,19}"
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{0,2}}")
# A name after a pointer to a web site, on the same line.
_AFTER_POINTER = re.compile(r"(?i:web ?site|sgov).{0,200}\s([A-Z][A-Z'’-]{3,19})\Z")
_MIXED_NAME = re.compile(r"(?:Mc|Mac|Le|La|De|Di|Du|O['’])?[A-Z]?[a-z'’-]{1,18}")
_SENTENCE_END = re.compile(r"(?:[.!?:;)\]\"”’*]|\b(?:COMMENT|TEXT|SUMMARY|NOTE|CONSIDERED|FYI))\Z")
_LAST_WORDS = re.compile(
    r"(?:[.!?)\"”’*\d]|\bUNQUOTE)\s{1,20}([A-Za-z][A-Za-z'’-]{2,19}(?: [A-Z][A-Za-z'’.-]{1,19})?)\Z"
)

_CLOSING_WORDS = """
TEXT COMMENT END SUMMARY NOTE MESSAGE CABLE PARAGRAPH CONCLUSION ENDS BEGIN UNQUOTE QUOTE NIL NONE STOP SIPDIS
NOFORN UNCLASSIFIED CONFIDENTIAL SECRET CLASSIFIED ANNEX ATTACHMENT BIOGRAPHY REMARKS POINTS ACTION REQUEST CITY
REPORT YYY XXX THE AND OF FOR WITH PUBLIC
"""
_NO_NAMES = frozenset(_CLOSING_WORDS.split())


def parse_signers(text: str) -> list[str]:
    """The signer's surname in capitals (`ZUMWALT`, `DE PREE`); empty where the text ends without one.

    The name is on a line of its own or, where lines were joined, after the last sentence. Classification lines, page
    lines, notes of the communications centre and pointers to web sites around it are skipped.
    """
    lines = _last_lines(text)
    if not lines:
        return []
    last, above, alone = lines
    if _is_name(last) and (alone or not above.isupper() or _SENTENCE_END.search(above)):
        return [last.upper().rstrip(".")]
    if _MIXED_NAME.fullmatch(last) and _may_be_name(last) and (alone or _SENTENCE_END.search(above)):
        return [last.upper()]
    inline = _LAST_WORDS.search(last)
    if inline and _may_be_name(inline[1]) and inline[1][0].isupper():
        return [inline[1].upper()]
    return []


def _last_lines(text: str) -> tuple[str, str, bool] | None:
    """The last line that is no noise, the line before it, and whether a blank line separates them."""
    tail = without_page_lines(cleaned(text[-_TAIL:]))
    lines = [line.strip().rstrip("#").removesuffix(" .") for line in tail.split("\n")]
    for index in range(len(lines) - 1, max(len(lines) - _MOST_NOISE, -1), -1):
        line = lines[index]
        if pointer := _AFTER_POINTER.search(line):
            return pointer[1], "", True
        if not line or _NOISE.fullmatch(line):
            continue
        above = next((other for other in reversed(lines[:index]) if other), "")
        alone = index == 0 or not lines[index - 1] or _NOISE.fullmatch(lines[index - 1]) is not None
        return line, above, alone
    return None


def _is_name(line: str) -> bool:
    return len(line) <= _LONGEST and _NAME.fullmatch(line) is not None and _may_be_name(line)


def _may_be_name(name: str) -> bool:
    words = name.upper().replace(".", "").split()
    shortest = 3 if name.isupper() else 2
    return max(map(len, words), default=0) >= shortest and not _NO_NAMES.intersection(words)
