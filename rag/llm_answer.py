"""A model's reply turned into cited sentences: its source numbers resolved to paragraphs that were offered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer import Quote, Sentence
from rag.embedding import SentenceEmbeddings
from rag.passage import Passage
from rag.prompt import DECLINED
from rag.sentences import sentence_spans

_NUMBERS = re.compile(r"\s*\[\s*(\d{1,3}(?:\s*,\s*\d{1,3})*)\s*\]")
_CITED_SENTENCE = re.compile(
    r"\s*(?P<text>.+?)(?P<numbers>(?:\s*\[\s*\d{1,3}(?:\s*,\s*\d{1,3})*\s*\])+)[.]?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A parsed reply. `dropped` counts source numbers that were not offered."""

    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    dropped: int
    declined: bool


class ReplyReader:
    """Maps a model's reply to sentences with citations and verbatim quotes."""

    def __init__(self, embeddings: SentenceEmbeddings) -> None:
        self._embeddings = embeddings

    def read(self, reply: str, passages: Sequence[Passage]) -> Reply:
        """Sentences without a source that was offered are kept as unsupported: they are never shown as fact."""
        if DECLINED.lower() in reply.lower():
            return Reply((), (), 0, declined=True)
        sentences: list[Sentence] = []
        quotes: dict[tuple[str, int], Quote] = {}
        dropped = 0
        for text, numbers in _parts(reply):
            offered = [passages[number - 1] for number in numbers if 1 <= number <= len(passages)]
            dropped += len(numbers) - len(offered)
            sentences.append(Sentence(text, tuple(dict.fromkeys(each.key for each in offered)), bool(offered)))
            for passage in offered:
                quote = self._quote(text, passage)
                quotes.setdefault((quote.key, quote.start), quote)
        return Reply(tuple(sentences), tuple(quotes.values()), dropped, declined=False)

    def _quote(self, sentence: str, passage: Passage) -> Quote:
        """The sentence of the paragraph nearest in meaning to the model's."""
        spans = sentence_spans(passage.text)
        vectors = self._embeddings.encode([sentence, *(span.of(passage.text) for span in spans)])
        best = spans[int((vectors[1:] @ vectors[0]).argmax())]
        return Quote(passage.key, passage.citation, best.of(passage.text), best.start, best.end)


def _parts(reply: str) -> list[tuple[str, list[int]]]:
    """(text, source numbers) for each cited stretch of the reply, and for what follows the last citation."""
    parts: list[tuple[str, list[int]]] = []
    end = 0
    for match in _CITED_SENTENCE.finditer(reply):
        numbers = [int(number) for group in _NUMBERS.findall(match["numbers"]) for number in group.split(",")]
        stretch = " ".join(match["text"].split())
        *uncited, cited = [span.of(stretch) for span in sentence_spans(stretch)] or [stretch]
        parts.extend((text, []) for text in uncited)
        parts.append((cited, numbers))
        end = match.end()
    rest = " ".join(reply[end:].split()).strip(" .")
    if rest:
        parts.append((rest, []))
    return parts
