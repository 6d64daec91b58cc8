"""A short stretch of a text around what was found in it."""

from collections.abc import Sequence

from rag.domain.span import Span

_LENGTH, _BEFORE = 240, 60  # characters; of them before the first match


def snippet_of(text: str, found: Sequence[Sequence[Span]]) -> tuple[str, list[Span]]:
    """Words of the text, verbatim, about 240 characters, and the spans in them that are among `found`.

    `found` has the spans of each term; the stretch is the first that holds as many of the terms as one can.
    """
    spans = sorted(span for of_term in found for span in of_term)
    if not spans:
        return text[: _word_end(text, 0, _LENGTH)], []
    best = max(spans, key=lambda span: (_terms_behind(span, found), -span.start))
    start = text.rfind(" ", 0, max(0, min(best.start - _BEFORE, len(text) - _LENGTH)) + 1) + 1
    end = _word_end(text, best.end, start + _LENGTH)
    within = [Span(span.start - start, span.end - start) for span in spans if start <= span.start and span.end <= end]
    return text[start:end], _merged(within)


def _terms_behind(first: Span, found: Sequence[Sequence[Span]]) -> int:
    last = first.start + _LENGTH - _BEFORE
    return sum(any(first.start <= span.start and span.end <= last for span in of_term) for of_term in found)


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
