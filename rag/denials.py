"""Whether the archive denies what a question takes for granted: "why did they agree" where "they will not agree"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.instructions import steers
from rag.matching import Match, content_tokens
from rag.passage import Passage
from rag.sentences import Span

_TAKES_FOR_GRANTED = re.compile(
    r"^\W*(?:why|when|how many|on (?:what|which) (?:day|date|place)|(?:for )?what (?:\w+ )?reasons?)\b"
    r"|\bwhat (?:\w+ )?reasons? did\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|never|cannot|no longer|without|nor|neither|refus\w+|reject\w+|oppos\w+|declin\w+|den(?:y|ied|ies)"
    r"|dropp?\w*|abandon\w*|unwilling|unlikely|s[kc]eptic\w*|doubt\w*|ruled out|no (?:plans?|intention|decision))\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_DENIED_ALREADY = re.compile(
    r"\b(?:not|never|cannot|no|nobody|without|nowhere|less|late|against|wary|\w*difficult|called off|put off|danger)\b"
    r"|n['’]?t\b|\b(?:refus|reject|oppos|declin|deni|deny|drop|cancel|scrap|fail|miss|avoid|abandon|delay|stop)\w*",
    re.IGNORECASE,
)
_SCOPE = 40  # characters behind the denial
_READ = 6
_NEAREST = 2
_ALIKE = 0.5
_LEAST_HELD = 0.5


@dataclass(frozen=True, slots=True)
class Contrary:
    """A sentence that denies what was taken for granted."""

    passage: Passage
    span: Span


def contrary(matches: Sequence[Match]) -> Contrary | None:
    """Of the two sentences nearest to a question that takes something for granted, the first that denies it."""
    if not matches or not _TAKES_FOR_GRANTED.search(matches[0].question) or _DENIED_ALREADY.search(matches[0].question):
        return None
    content = content_tokens(matches[0].asked)
    nearest = sorted(
        (
            (match.held(content, match.tokens(span.start, span.end)), -rank, span, match)
            for rank, match in enumerate(matches[:_READ])
            for span in match.spans
            if len(span.of(match.passage.text).split()) > 3 and not steers(span.of(match.passage.text))
        ),
        key=lambda each: each[:2],
        reverse=True,
    )
    for held, _, span, match in nearest[:_NEAREST]:
        if held >= _LEAST_HELD and _is_denied(match, span, content):
            return Contrary(match.passage, span)
    return None


def _is_denied(match: Match, span: Span, content: Sequence[int]) -> bool:
    """Whether a word of the question, no name, has its nearest token of the sentence right behind a denial."""
    tokens = match.tokens(span.start, span.end)
    if not tokens.size:
        return False
    denials = [found.end() for found in _DENIES.finditer(match.passage.text, span.start, span.end)]
    written = frozenset(re.findall(r"\b[a-z]{3,}", match.question))  # names have capitals
    for at in content:
        best = tokens[int(match.nearness[at, tokens].argmax())]
        place = float(match.text.middles[best])
        if match.asked.words[at] not in written or match.nearness[at, best] < _ALIKE:
            continue
        if any(end < place <= end + _SCOPE for end in denials) and not _is_name(match.passage.text, int(place)):
            return True
    return False


def _is_name(text: str, place: int) -> bool:
    start = place
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    return text[start : start + 1].isupper() and not text.isupper()
