"""Text in the head of a telegram that is no field: below a REF list without a blank line or a number, or beside it."""

import re
from collections.abc import Sequence

from ingest.body.line_patterns import LETTERED
from ingest.header.posts import resolve_post

_COMPLETE = re.compile(r"(?:\d|[).;]|\b(?:NOTAL|PREVIOUS|EXDIS|NODIS))\s{0,40}$", re.IGNORECASE)
_SERIAL = re.compile(r"(?P<words>(?:[A-Za-z.'’-]{2,20}\s{1,4}){1,4})-?\d{2,7}(?![\d/:,%])")
_LOWER = re.compile(r"\b[a-z]{2,}\b")
_WORD = re.compile(r"[A-Za-z]{2,}")
_HANDLING = re.compile(r"\s{0,40}sensitive but unclass", re.IGNORECASE)
_REMARK = re.compile(r"\([^()]{0,300}\)|[\"“][^\"“”]{0,300}[\"”]")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|said|told|reports?|reported|met|gave|[a-z]{3,12}ed)\b"
)
_MANY_LOWER, _FEW_LOWER, _SENTENCE, _IN_CAPITALS = 4, 3, 5, 8  # words


def is_prose(line: str, above: Sequence[str]) -> bool:
    """Whether the line is text: the list above it is complete, it names no cable, and it reads as a sentence.

    `above` are the lines of the list, from its label on.
    """
    if not _COMPLETE.search(above[-1]) or _is_open(above) or _HANDLING.match(line) or _last_cable(line):
        return False
    lower = len(_LOWER.findall(line))
    if LETTERED.match(line) and lower < _MANY_LOWER:
        return False
    if lower >= _MANY_LOWER or (lower >= _FEW_LOWER and line.rstrip().endswith((".", "!", "?"))):
        return True
    return not lower and len(_WORD.findall(line)) >= _IN_CAPITALS


def _is_open(above: Sequence[str]) -> bool:
    """Whether a parenthesis of the list goes on below it."""
    text = "\n".join(above)
    return text.count("(") > text.count(")")


def is_sentence(line: str) -> bool:
    """Whether the line reads as a sentence, or as the end of one."""
    return line.rstrip().endswith((".", "!", "?")) and len(_LOWER.findall(line)) >= _FEW_LOWER


def prose_beside(line: str) -> str | None:
    """The text behind the last reference of a line, where it is a sentence and no remark; else None."""
    line = _REMARK.sub(" ", line)
    cable = _last_cable(line)
    if cable is None:
        return None
    rest = line[cable.end() :].strip(" .,;:-")
    return rest if len(_LOWER.findall(rest)) >= _SENTENCE and _VERB.search(rest) else None


def _last_cable(line: str) -> re.Match[str] | None:
    cables = [serial for serial in _SERIAL.finditer(line) if resolve_post(serial["words"].split())]
    return cables[-1] if cables else None
