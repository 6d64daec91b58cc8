"""A short stretch of a text around what was found in it."""

from collections.abc import Sequence

from rag.domain.span import Span

_BEFORE = 4  # a quarter of the stretch is before the first match


def snippet_of(text: str, found: Sequence[Sequence[Span]], length: int = 240) -> tuple[str, list[Span]]:
    """Whole words of the text, verbatim, about `length` characters, and the spans in them that are among `found`.

    `found` has the spans of each term; the stretch is the first that holds as many of the terms as one can. A longer
    match is shown whole.
    """
    spans = sorted(span for of_term in found for span in of_term)
    if not spans:
        return text[: _word_end(text, 0, length)], []
    before = length // _BEFORE
    best = max(spans, key=lambda span: (_terms_in(Span(span.start, span.start + length - before), found), -span.start))
    start = text.rfind(" ", 0, max(0, min(best.start - before, len(text) - length)) + 1) + 1
    end = _word_end(text, best.end, start + length)
    within = [Span(span.start - start, span.end - start) for span in spans if start <= span.start and span.end <= end]
    return text[start:end], _merged(within)


def _terms_in(stretch: Span, found: Sequence[Sequence[Span]]) -> int:
    return sum(any(stretch.start <= span.start and span.end <= stretch.end for span in of_term) for of_term in found)


def _word_end(text: str, least: int, most: int) -> int:
    """The end of the last whole word before `most`, but not before `least`."""
    return len(text) if most >= len(text) else max(least, text.rfind(" ", 0, most + 1))


def _merged(spans: Sequence[Span]) -> list[Span]:
    """The same characters in spans that do not overlap."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged
