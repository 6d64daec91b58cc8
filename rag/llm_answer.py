"""An answer written by a language model: each sentence verified against the paragraphs it cites before it is told."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from langchain_core.messages import AIMessage, BaseMessage

from rag.answer import Quote, Sentence
from rag.embedding import SentenceEmbeddings
from rag.entailment import Entailment
from rag.errors import ModelFailed
from rag.events import Stated
from rag.model_calls import ModelCalls
from rag.passage import Passage
from rag.prompt import corrections, messages
from rag.reply import Claim, ReplyParts
from rag.sentences import sentence_spans
from rag.verification import Verifier

MOST_SENTENCES = 8

Writing = Generator[Stated | None, None, "Written"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as the model wrote it, with what of it was not found in its sources."""

    sentence: Sentence
    sources: tuple[Passage, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a reply: supported sentences in the order they were told, then those withheld.

    `dropped` counts source numbers that were not offered; `failure` says what cut the reply off, if anything did.
    """

    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    dropped: int
    declined: bool
    failure: str | None = None


class ModelWriter:
    """Has the model answer from numbered sources and lets through what they bear out."""

    def __init__(
        self,
        calls: ModelCalls,
        embeddings: SentenceEmbeddings,
        verifier: Verifier,
        entailment: Entailment | None = None,
    ) -> None:
        """`entailment` set has the model itself judge each sentence too."""
        self._calls = calls
        self._embeddings = embeddings
        self._verifier = verifier
        self._entailment = entailment

    def write(self, question: str, offered: Sequence[Passage]) -> Writing:
        """Tell each sentence that is borne out; one that is not is asked for once more and then withheld.

        Raises:
            ModelFailed: the model failed before any sentence was told.
        """
        asked = messages(question, offered)
        told: list[Draft] = []
        failed: list[Draft] = []
        parts = ReplyParts()
        failure: str | None = None
        dropped = 0
        try:
            dropped += yield from self._told(self._claims(asked, parts), offered, told, failed)
            if failed and not parts.declined:
                asked += [AIMessage(_shown(told, failed, offered)), corrections(_faults(failed, offered))]
                dropped += yield from self._told(self._claims(asked, ReplyParts()), offered, told, [])
        except ModelFailed as error:
            if not told and not failed:
                raise
            failure = str(error)
        return Written(
            sentences=tuple(draft.sentence for draft in (*told, *failed)),
            quotes=tuple(self._quotes(told)),
            dropped=dropped,
            declined=parts.declined and not told,
            failure=failure,
        )

    def _claims(self, asked: list[BaseMessage], parts: ReplyParts) -> Generator[Claim | None, None, None]:
        for piece in self._calls.pieces(asked):
            yield None
            if piece:
                yield from parts.feed(piece)
        yield from parts.end()

    def _told(
        self,
        claims: Generator[Claim | None, None, None],
        offered: Sequence[Passage],
        told: list[Draft],
        failed: list[Draft],
    ) -> Generator[Stated | None, None, int]:
        """Sort the claims into `told` and `failed`; returns how many source numbers were not offered."""
        dropped = 0
        for claim in claims:
            if claim is None:
                yield None
                continue
            sources = tuple(offered[number - 1] for number in claim.numbers if 1 <= number <= len(offered))
            dropped += len(claim.numbers) - len(sources)
            missing = yield from self._missing(claim.text, sources)
            keys = tuple(dict.fromkeys(each.key for each in sources))
            draft = Draft(Sentence(claim.text, keys, not missing), sources, missing)
            if missing:
                failed.append(draft)
            elif len(told) < MOST_SENTENCES and draft.sentence not in (each.sentence for each in told):
                told.append(draft)
                yield Stated(draft.sentence)
        return dropped

    def _missing(self, text: str, sources: Sequence[Passage]) -> Generator[None, None, tuple[str, ...]]:
        missing = self._verifier.verdict(text, sources).missing
        if not missing and self._entailment is not None:
            entailed = yield from self._entailment.holds(text, sources)
            return () if entailed else ("what it says, as a whole",)
        return missing

    def _quotes(self, told: Sequence[Draft]) -> list[Quote]:
        """For each sentence and source, the source's sentence nearest in meaning."""
        quotes: dict[tuple[str, int], Quote] = {}
        for draft in told:
            for source in draft.sources:
                spans = sentence_spans(source.text)
                vectors = self._embeddings.encode([draft.sentence.text, *(span.of(source.text) for span in spans)])
                best = spans[int((vectors[1:] @ vectors[0]).argmax())]
                quote = Quote(source.key, source.citation, best.of(source.text), best.start, best.end)
                quotes.setdefault((quote.key, quote.start), quote)
        return list(quotes.values())


def _shown(told: Sequence[Draft], failed: Sequence[Draft], offered: Sequence[Passage]) -> str:
    return "\n".join(_numbered(draft, offered) for draft in (*told, *failed))


def _faults(failed: Sequence[Draft], offered: Sequence[Passage]) -> list[str]:
    return [f"{_numbered(draft, offered)} (not in its sources: {'; '.join(draft.missing)})" for draft in failed]


def _numbered(draft: Draft, offered: Sequence[Passage]) -> str:
    numbers = "".join(f"[{offered.index(source) + 1}]" for source in draft.sources)
    return f"{draft.sentence.text} {numbers}"
