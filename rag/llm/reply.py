"""A model's reply split into sentences with the source numbers they cite, while it is still being streamed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.llm.prompt import DECLINED
from rag.text.sentences import is_open_quotation, sentence_spans
from rag.text.surface_facts import unknown_names, words

_GROUP = r"\[\s*(?:sources?\s*)?\d{1,6}(?:\s*(?:,|and|&)\s*\d{1,6})*\s*\]"
_CITED = re.compile(rf"\s*(?P<text>\S.*?)(?P<numbers>(?:\s*{_GROUP})+)(?P<stop>\s*[.!?]?)(?=(?P<more>.?))", re.DOTALL)
_NUMBER = re.compile(r"\d{1,6}")
_UNANSWERED = re.compile(rf"{DECLINED}\b:?(?P<part>[^\n\[\]]*)", re.IGNORECASE)
_ENDS = ".!?\"”'"
_LEAST_ASKED = 0.6  # share of words
_MARKUP = re.compile(r"<[^<>]{0,200}>|```|\*\*|^#+ |^[-*•] ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a reply and the source numbers after it, as the model wrote them."""

    text: str
    numbers: tuple[int, ...]


class ReplyParts:
    """Takes a reply piece by piece and yields each sentence as soon as it is complete."""

    def __init__(self) -> None:
        self._pending = ""
        self._read = ""

    @property
    def declined(self) -> bool:
        """Whether the reply says that the sources hold no answer."""
        return DECLINED.lower() in " ".join(self._read.lower().split())

    @property
    def unanswered(self) -> tuple[str, ...]:
        """What the reply says the sources hold no answer to, beside what they answer."""
        parts = (match["part"].strip(" .\"“”'") for match in _UNANSWERED.finditer(self._read))
        return tuple(part for part in parts if part)

    def feed(self, piece: str) -> Iterator[Claim]:
        """The sentences this piece completes."""
        self._pending += piece
        self._read += piece
        yield from self._complete(final=False)

    def end(self) -> Iterator[Claim]:
        """The remaining sentences, when the reply is over; text after the last source number cites nothing.

        A sentence that was cut off, at the most tokens a reply may have, is none.
        """
        yield from self._complete(final=True)
        rest = _plain(self._pending)
        self._pending = ""
        if rest.strip(" .") and not self.declined:
            yield from (Claim(sentence, ()) for sentence in _sentences(rest) if sentence[-1] in _ENDS)

    def _complete(self, final: bool) -> Iterator[Claim]:
        # More source numbers may follow: the sentence is complete when other text follows its numbers.
        while match := _CITED.match(self._pending):
            if not final and (not match["more"] or self._pending[match.end() :].strip()[:1] in ("", "[")):
                return
            self._pending = self._pending[match.end() :]
            yield from _claims(match)


def is_of_question(part: str, question: str) -> bool:
    """Whether most words of a part that is said to stay unanswered, and all its names and numbers, are the question's.

    What a model says of the question is shown to readers, and no source bears it out.
    """
    asked, said = words(question), words(part)
    return len(said & asked) >= _LEAST_ASKED * len(said) and not unknown_names(part, question)


def _claims(match: re.Match[str]) -> Iterator[Claim]:
    numbers = tuple(dict.fromkeys(int(number) for number in _NUMBER.findall(match["numbers"])))
    plain = _plain(_UNANSWERED.sub("", match["text"]))
    *uncited, cited = _sentences(plain) or [plain]
    yield from (Claim(text, ()) for text in uncited)
    if cited.strip(" ."):
        yield Claim(cited if cited[-1] in _ENDS else f"{cited}.", numbers)


def _sentences(text: str) -> list[str]:
    """The sentences of a text; those inside one pair of quotation marks belong together."""
    found: list[str] = []
    spans = sentence_spans(text)
    place = 0
    while place < len(spans):
        start = spans[place].start
        closed = (last for last in range(place, len(spans)) if not is_open_quotation(text[start : spans[last].end]))
        last = next(closed, place)  # a quotation that nothing closes holds nothing together
        found.append(text[start : spans[last].end])
        place = last + 1
    return found


def _plain(text: str) -> str:
    """The text without markup, white space collapsed."""
    return " ".join(_MARKUP.sub(" ", text).split())
