"""Quotations in a draft, and the citation that each belongs to."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.domain.span import Span
from rag.text.sentences import sentence_spans

_LONGEST = 5000  # characters between two quotation marks; more is a mark that was left open
_QUOTED = re.compile(
    rf"“([^“”]{{1,{_LONGEST}}})”|«([^«»]{{1,{_LONGEST}}})»|(?<!\w)\"(?=\S)([^\"]{{1,{_LONGEST}}})(?<=\S)\"(?!\w)"
    rf"|(?<!\w)‘(?=\S)((?:[^‘’]|’(?=\w)){{1,{_LONGEST}}})’(?!\w)"
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_BLOCK = re.compile(r"(?:^(?:[ ]{0,3}>|[ ]{4,}(?=\S)|\t)[^\n]*\n?)+", re.MULTILINE)
_IN_BLOCK = re.compile(r"^(?:[ \t]*>)*[ \t]*([^\n]*\S)", re.MULTILINE)
_BETWEEN = re.compile(
    r"[\s\"”'’»).,;:!?>*_—–-]{0,20}[\[(]{0,2}(?:(?:see|source|from|cf\.?):?\s|cable\s)?[\s\[(*_>]{0,5}", re.IGNORECASE
)
_NEAR = 400  # characters between a quotation and the citation in its sentence


@dataclass(frozen=True, slots=True)
class DraftQuotation:
    """Quoted words of a draft: `span` from mark to mark, `parts` the words themselves, line by line in a block."""

    span: Span
    parts: tuple[Span, ...]


def attributed(text: str, citations: Sequence[Span]) -> dict[int, list[DraftQuotation]]:
    """The quotations beside each of the citations, which are in order, by the citation's place among them.

    A quotation belongs to the citation that closes it, as in “...” (TOKYO 2367 ¶3); else to the one before it in its
    sentence, else to the one behind it there. A block belongs to the citation at its end, right behind it, or in the
    sentence that leads to it.
    """
    found: dict[int, list[DraftQuotation]] = {}
    starts = [citation.start for citation in citations]
    taken: list[Span] = []
    for quotation in _blocks(text, citations, starts):
        if (owner := _owner(text, quotation.span, citations, starts)) is not None:
            found.setdefault(owner, []).append(quotation)
            taken.append(quotation.span)
    ends = [span.end for span in taken]
    for quotation in _inline(text):
        at = bisect_left(ends, quotation.span.end)
        if at < len(taken) and taken[at].start <= quotation.span.start:
            continue
        if (owner := _owner(text, quotation.span, citations, starts)) is not None:
            found.setdefault(owner, []).append(quotation)
    return {owner: sorted(each, key=lambda quotation: quotation.span) for owner, each in found.items()}


def _inline(text: str) -> Iterator[DraftQuotation]:
    at = 0
    while match := _QUOTED.search(text, at):
        inner = match.span(match.lastindex or 0)
        if _BLANK_LINE.search(text, *inner):  # marks of two paragraphs are no pair
            at = match.start() + 1
            continue
        yield DraftQuotation(Span(*match.span()), (Span(*inner),))
        at = match.end()


def _blocks(text: str, citations: Sequence[Span], starts: Sequence[int]) -> Iterator[DraftQuotation]:
    """Blocks, each up to the first citation in it; what follows that must be no more than marks and a link."""
    for match in _BLOCK.finditer(text):
        at = bisect_left(starts, match.start())
        end = match.end()
        if at < len(citations) and citations[at].end <= end:
            if len(re.findall(r"\w+", re.sub(r"\(\S*\)", "", text[citations[at].end : end]))) > 0:
                continue
            end = starts[at]
        parts = tuple(
            Span(*line.span(1)) for line in _IN_BLOCK.finditer(text, match.start(), end) if line[1].strip(" >—–-*_[")
        )
        if parts:
            yield DraftQuotation(Span(parts[0].start, parts[-1].end), parts)


def _owner(text: str, quotation: Span, citations: Sequence[Span], starts: Sequence[int]) -> int | None:
    following = bisect_left(starts, quotation.start)
    before = following - 1
    if following < len(citations) and starts[following] < quotation.end:
        return None  # it quotes a text that cites
    behind = (
        text[quotation.end : starts[following]]
        if following < len(citations) and starts[following] - quotation.end <= _NEAR
        else None
    )
    if behind is not None and _BETWEEN.fullmatch(behind):
        return following
    if before >= 0 and 0 <= quotation.start - citations[before].end <= _NEAR:
        ahead = text[citations[before].end : quotation.start]
        if _is_one_sentence(ahead):
            return before
    if behind is not None and _is_one_sentence(text[max(quotation.start, quotation.end - 2) : quotation.end] + behind):
        return following
    return None


def _is_one_sentence(between: str) -> bool:
    """Whether no sentence ends in the text between a quotation and a citation; what is quoted there does not count."""
    masked = _QUOTED.sub("X", between)
    if _BLANK_LINE.search(masked.rstrip(" >\n\t")):
        return False
    return len(sentence_spans(f"x {masked} X")) == 1
