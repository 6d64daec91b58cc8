"""A model's reply cut into sentences with the source numbers they cite, while it is still coming."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.prompt import DECLINED
from rag.sentences import sentence_spans

_GROUP = r"\[\s*(?:sources?\s*)?\d{1,6}(?:\s*(?:,|and|&)\s*\d{1,6})*\s*\]"
_CITED = re.compile(rf"\s*(?P<text>\S.*?)(?P<numbers>(?:\s*{_GROUP})+)(?P<stop>\s*[.!?]?)(?=(?P<more>.?))", re.DOTALL)
_NUMBER = re.compile(r"\d{1,6}")
_MARKUP = re.compile(r"<[^<>]{0,200}>|```|\*\*|^#+ |^[-*•] ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a reply and the source numbers after it, as the model wrote them."""

    text: str
    numbers: tuple[int, ...]


class ReplyParts:
    """Takes a reply piece by piece and gives back its sentences as soon as each is complete."""

    def __init__(self) -> None:
        self._pending = ""
        self._read = ""

    @property
    def declined(self) -> bool:
        """Whether the reply says that the sources hold no answer."""
        return DECLINED.lower() in " ".join(self._read.lower().split())

    def feed(self, piece: str) -> Iterator[Claim]:
        """The sentences this piece completes."""
        self._pending += piece
        self._read += piece
        yield from self._complete(final=False)

    def end(self) -> Iterator[Claim]:
        """The sentences left when the reply is over; the last may cite nothing."""
        yield from self._complete(final=True)
        rest = _plain(self._pending).strip(" .")
        self._pending = ""
        if rest and not self.declined:
            yield from (Claim(span.of(rest), ()) for span in sentence_spans(rest))

    def _complete(self, final: bool) -> Iterator[Claim]:
        # A sentence is complete when something follows it that cannot belong to its numbers.
        while match := _CITED.match(self._pending):
            if not final and (not match["more"] or self._pending[match.end() :].strip()[:1] in ("", "[")):
                return
            self._pending = self._pending[match.end() :]
            yield from _claims(match)


def _claims(match: re.Match[str]) -> Iterator[Claim]:
    numbers = tuple(dict.fromkeys(int(number) for number in _NUMBER.findall(match["numbers"])))
    stretch = _plain(match["text"])
    *uncited, cited = [span.of(stretch) for span in sentence_spans(stretch)] or [stretch]
    yield from (Claim(text, ()) for text in uncited)
    if cited.strip(" ."):
        yield Claim(cited if cited[-1] in ".!?\"”'" else f"{cited}.", numbers)


def _plain(text: str) -> str:
    """The words without markup, white space folded: an answer is plain prose."""
    return " ".join(_MARKUP.sub(" ", text).split())
