"""Text cut to Slack's limits between sentences."""

from collections.abc import Iterable, Iterator

from api.slack.markup import units
from rag.text.sentences import sentence_spans


def packed(pieces: Iterable[str], limit: int) -> list[str]:
    """The pieces joined by spaces into texts of at most `limit` units each (see `units`).

    A piece that is too long itself is cut between its sentences, a longer sentence between its words.
    """
    texts: list[str] = []
    for piece in _fitting(pieces, limit):
        joined = f"{texts[-1]} {piece}" if texts else piece
        if texts and units(joined) <= limit:
            texts[-1] = joined
        else:
            texts.append(piece)
    return texts


def shortened(text: str, limit: int) -> str:
    """The text, or as many of its first sentences (else words) as fit, with an ellipsis."""
    if units(text) <= limit:
        return text
    return f"{packed([text], limit - 2)[0]} …"


def _fitting(pieces: Iterable[str], limit: int) -> Iterator[str]:
    for piece in pieces:
        if not piece.strip():
            continue
        if units(piece) <= limit:
            yield piece
            continue
        for sentence in _sentences(piece):
            yield from _words(sentence, limit)


def _sentences(text: str) -> Iterator[str]:
    starts = [span.start for span in sentence_spans(text)][1:]
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        if sentence := text[start:end].strip():
            yield sentence


def _words(text: str, limit: int) -> Iterator[str]:
    while units(text) > limit:
        cut = _longest_fitting(text, limit)
        space = text.rfind(" ", cut // 2, cut + 1)
        cut = space if space > 0 else cut
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _longest_fitting(text: str, limit: int) -> int:
    low, high = 1, min(len(text), limit)  # a character is at least one unit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if units(text[:middle]) <= limit else (low, middle - 1)
    return low
