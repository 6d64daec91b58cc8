"""Whether the archive denies what a question takes for granted: "why did they agree" where "they will not agree"."""

import re
from collections.abc import Sequence

from rag.answers.question_match import QuestionMatch, content_tokens
from rag.domain.retrieved_paragraph import QuotedSpan
from rag.domain.span import Span
from rag.text.negation import DENIAL, may_deny
from rag.text.prompt_injection import is_prompt_injection

_TAKES_FOR_GRANTED = re.compile(
    r"^\W*(?:why|when|how many|on (?:what|which) (?:day|date|place)|(?:for )?what (?:\w+ )?reasons?)\b"
    r"|\bwhat (?:\w+ )?reasons? did\b",
    re.IGNORECASE,
)
_SCOPE = 40  # characters behind the denial
_PARAGRAPHS = 6
_NEAREST = 2
_LEAST_SIMILARITY = 0.5
_LEAST_COVERAGE = 0.5


def denied_premise(matches: Sequence[QuestionMatch]) -> QuotedSpan | None:
    """Of the two sentences nearest to a question that takes something for granted, the first that denies it."""
    if not matches or not _TAKES_FOR_GRANTED.search(matches[0].question):
        return None
    if may_deny(matches[0].question):
        return None
    content = content_tokens(matches[0].question_tokens)
    nearest = sorted(
        (
            (match.coverage(content, match.tokens_between(span.start, span.end)), -rank, span, match)
            for rank, match in enumerate(matches[:_PARAGRAPHS])
            for span in match.paragraph.sentences
            if len((text := span.of(match.paragraph.text)).split()) > 3 and not is_prompt_injection(text)
        ),
        key=lambda candidate: candidate[:2],
        reverse=True,
    )
    for coverage, _, span, match in nearest[:_NEAREST]:
        if coverage >= _LEAST_COVERAGE and _is_denied(match, span, content):
            return QuotedSpan(match.paragraph, span)
    return None


def _is_denied(match: QuestionMatch, span: Span, content: Sequence[int]) -> bool:
    """Whether a word of the question, no name, has its nearest token of the sentence right behind a denial."""
    tokens = match.tokens_between(span.start, span.end)
    if not tokens.size:
        return False
    text = match.paragraph.text
    denials = [denial.end() for denial in DENIAL.finditer(text, span.start, span.end)]
    lower_case = frozenset(re.findall(r"\b[a-z]{3,}", match.question))  # names have capitals
    for token in content:
        best = tokens[int(match.similarity[token, tokens].argmax())]
        place = float(match.paragraph_tokens.middles[best])
        if match.question_tokens.words[token] not in lower_case or match.similarity[token, best] < _LEAST_SIMILARITY:
            continue
        if any(end < place <= end + _SCOPE for end in denials) and not _is_name(text, int(place)):
            return True
    return False


def _is_name(text: str, place: int) -> bool:
    start = place
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    return text[start : start + 1].isupper() and not text.isupper()
