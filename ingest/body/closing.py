"""The closing lines of a telegram, which are no part of its last paragraph: signer, classification, end marks."""

import re
from collections.abc import Sequence

from ingest.body.line_patterns import is_rule, is_stamp

_NAME = re.compile(r"\s{0,20}[A-Za-z][A-Za-z'’.-]{1,24}(?:[\s,]{1,2}[A-Za-z][A-Za-z'’.-]{0,24}){0,3}[\s.]{0,8}$")
_NOT_NAMES = re.compile(
    r"\b(?:end|comment|note|text|summary|message|considered|cleared|begin|points|minimize|best|regards|sincerely)\b",
    re.IGNORECASE,
)
_EXTRACT_MARK = re.compile(r"\s{0,40}\[?\s?(?:\.{3,}|…)\s?\]?\s{0,40}$")


def closing_start(lines: Sequence[str], floor: int, signers: Sequence[str] = ()) -> int:
    """Index after the last line of the last paragraph, which starts at `floor`; `signers` are those already known."""
    end = _text_end(lines, floor, len(lines))
    last = lines[end - 1].strip(" .\t").upper()
    if end - 1 > floor and (last in (signer.upper() for signer in signers) or _is_signature(lines, floor, end - 1)):
        end = _text_end(lines, floor, end - 1)
    return end


def without_signer(line: str, signers: Sequence[str]) -> str:
    """The last line of a telegram without a signer's name at its end."""
    stripped = line.rstrip(" .")
    for signer in signers:
        start = len(stripped) - len(signer)
        if start > 0 and stripped[start:].upper() == signer.upper() and stripped[start - 1].isspace():
            return stripped[:start].rstrip()
    return line


def _text_end(lines: Sequence[str], floor: int, end: int) -> int:
    while end > floor + 1:
        line = lines[end - 1]
        if line.strip() and not is_stamp(line) and not is_rule(line) and not _EXTRACT_MARK.match(line):
            break
        end -= 1
    return end


def _is_signature(lines: Sequence[str], floor: int, index: int) -> bool:
    """Whether the line at `index` is a name alone: `SCHIEFFER`, `Koenig`, `TIMKEN JR`."""
    line = lines[index]
    if not _NAME.match(line) or _NOT_NAMES.search(line):
        return False
    words = line.split()
    if len(words) > 1 and not all(word[0].isupper() for word in words):
        return False
    above = lines[index - 1].rstrip() if index > floor else ""
    if not above:
        return True
    return line.strip(" .").isupper() or above[-1] in ".!?\"'”’)]:*-" or len(above) < 50
