"""An answer written by a language model: each sentence is verified against its sources before it is shown."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage

from rag.answers.entailment import Entailment
from rag.answers.threads import in_thread
from rag.answers.verification import NO_SOURCE, Verifier
from rag.domain.answer import Quote, Sentence
from rag.domain.events import Stated
from rag.domain.retrieved_paragraph import Excerpt, QuotedSpan, RetrievedParagraph
from rag.encoders.embedding import SentenceEmbeddings
from rag.errors import ModelFailed
from rag.llm.model_calls import ModelCalls
from rag.llm.prompt import corrections
from rag.llm.prompting import Prompting
from rag.llm.reply import Claim, ReplyParts
from rag.text.containment import is_contained

MOST_SENTENCES = 8

_NOTHING_NEW = "anything that the question does not say"
_ABSENT = ("the name ", "the number ", "the month ")
"""How what a source does not mention is told."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as the model wrote it, with what of it the sources do not support."""

    sentence: Sentence
    sources: tuple[RetrievedParagraph, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The outcome: supported sentences in the order they were shown, then those withheld.

    `dropped` counts source numbers that were not offered; `withheld` the sentences that were not borne out when first
    written; `repaired` those that were shown after the model had been told. `failure` says why the reply broke off,
    if it did.
    """

    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    dropped: int
    withheld: int
    repaired: int
    declined: bool
    failure: str | None = None


@dataclass(slots=True)
class _Drafts:
    """What was verified so far; `dropped` counts source numbers that were not offered."""

    supported: list[Draft] = field(default_factory=list)
    withheld: list[Draft] = field(default_factory=list)
    dropped: int = 0

    def add(self, draft: Draft) -> bool:
        """Keep the draft; whether its sentence is to be shown: supported, not a repetition, and within the limit."""
        if draft.missing:
            self.withheld.append(draft)
            return False
        known = [supported.sentence for supported in self.supported]
        if draft.sentence in known or len(known) >= MOST_SENTENCES:
            return False
        self.supported.append(draft)
        return True


class ModelWriter:
    """Has the model answer from numbered sources, and shows only the sentences that these support."""

    def __init__(
        self,
        calls: ModelCalls,
        embeddings: SentenceEmbeddings,
        verifier: Verifier,
        entailment: Entailment | None = None,
        prompting: Prompting | None = None,
    ) -> None:
        """`entailment` set has the model itself judge each sentence too; `prompting` unset asks a large model."""
        self.prompting = prompting or Prompting()
        self._calls = calls
        self._embeddings = embeddings
        self._verifier = verifier
        self._entailment = entailment

    async def write(self, question: str, excerpts: Sequence[Excerpt]) -> AsyncGenerator[Stated | Written, None]:
        """Each sentence as soon as it is verified, then the outcome.

        Sentences are held against whole paragraphs, whatever the model is shown of them. Unsupported ones are sent
        back once to a model that can mend them.

        Raises:
            ModelFailed: the model failed before it wrote a sentence.
        """
        prompt, reply, corrected = self.prompting.messages(question, excerpts), ReplyParts(), ReplyParts()
        offered, drafts = [excerpt.paragraph for excerpt in excerpts], _Drafts()
        withheld, repaired = drafts.withheld, 0
        failure: str | None = None
        try:
            async with aclosing(self._verified(question, prompt, reply, offered, drafts)) as stated:
                async for event in stated:
                    yield event
            if withheld and not reply.declined and not self.prompting.small:
                prompt += [
                    AIMessage(_shown(drafts.supported, withheld, offered)),
                    corrections(_faults(withheld, offered)),
                ]
                drafts.withheld = []  # a sentence that fails again is reported as it was written first
                async with aclosing(self._verified(question, prompt, corrected, offered, drafts)) as stated:
                    async for event in stated:
                        repaired += 1
                        yield event
        except ModelFailed as error:
            if not drafts.supported and not withheld:
                raise
            failure = str(error)
        yield Written(
            sentences=tuple(draft.sentence for draft in (*drafts.supported, *withheld)),
            quotes=tuple(await in_thread(self._quotes, drafts.supported)),
            dropped=drafts.dropped,
            withheld=len(withheld),
            repaired=repaired,
            declined=(reply.declined or corrected.declined) and not drafts.supported,
            failure=failure,
        )

    async def _verified(
        self,
        question: str,
        prompt: list[BaseMessage],
        parts: ReplyParts,
        offered: Sequence[RetrievedParagraph],
        drafts: "_Drafts",
    ) -> AsyncGenerator[Stated, None]:
        """Sort the reply's sentences into `drafts`; an event for each supported one."""
        options = self.prompting.options(len(offered))
        async with aclosing(self._claims(prompt, options, parts)) as claims:
            async for claim in claims:
                cited = tuple(offered[number - 1] for number in claim.numbers if 1 <= number <= len(offered))
                sources, missing = await self._attributed(question, claim.text, cited, offered)
                if self.prompting.small and is_contained(claim.text, question):
                    missing = (*missing, _NOTHING_NEW)
                keys = tuple(dict.fromkeys(source.key for source in sources))
                draft = Draft(Sentence(claim.text, keys, not missing), sources, missing)
                drafts.dropped += len(claim.numbers) - len(cited)
                if drafts.add(draft):
                    yield Stated(draft.sentence)

    async def _claims(
        self, prompt: list[BaseMessage], options: Mapping[str, Any], parts: ReplyParts
    ) -> AsyncGenerator[Claim, None]:
        async with aclosing(self._calls.pieces(prompt, **options)) as pieces:
            async for piece in pieces:
                for claim in parts.feed(piece):
                    yield claim
        for claim in parts.end():
            yield claim

    async def _attributed(
        self, question: str, text: str, cited: tuple[RetrievedParagraph, ...], offered: Sequence[RetrievedParagraph]
    ) -> tuple[tuple[RetrievedParagraph, ...], tuple[str, ...]]:
        """The sources that bear a sentence out, those it cites or else the nearest other one; or what they lack."""
        missing = await self._missing(question, text, cited)
        # What a cited source contradicts is not looked for in another one.
        if not missing or not all(each == NO_SOURCE or each.startswith(_ABSENT) for each in missing):
            return cited, missing
        others = [each for each in offered if each not in cited]
        nearest = await in_thread(self._verifier.nearest, text, others)
        if self.prompting.small:  # its numbers say little, and it is offered few sources: each is tried
            nearest += [each for each in others if each not in nearest]
        for source in nearest:
            if not await self._missing(question, text, [source]):
                return (source,), ()
        return cited, missing

    async def _missing(self, question: str, text: str, sources: Sequence[RetrievedParagraph]) -> tuple[str, ...]:
        missing = (await in_thread(self._verifier.verdict, text, sources, question)).missing
        if missing or self._entailment is None or await self._entailment.holds(text, sources):
            return missing
        return ("what it says, as a whole",)

    def _quotes(self, supported: Sequence[Draft]) -> list[Quote]:
        """For each sentence and source, the source's sentence nearest in meaning."""
        quotes: dict[tuple[str, int], Quote] = {}
        for draft in supported:
            for source in draft.sources:
                texts = (span.of(source.text) for span in source.sentences)
                vectors = self._embeddings.encode([draft.sentence.text, *texts])
                best = source.sentences[int((vectors[1:] @ vectors[0]).argmax())]
                quote = Quote.of(QuotedSpan(source, best))
                quotes.setdefault((quote.key, quote.start), quote)
        return list(quotes.values())


def _shown(supported: Sequence[Draft], withheld: Sequence[Draft], offered: Sequence[RetrievedParagraph]) -> str:
    return "\n".join(_numbered(draft, offered) for draft in (*supported, *withheld))


def _faults(withheld: Sequence[Draft], offered: Sequence[RetrievedParagraph]) -> list[str]:
    return [f"{_numbered(draft, offered)} (not in its sources: {'; '.join(draft.missing)})" for draft in withheld]


def _numbered(draft: Draft, offered: Sequence[RetrievedParagraph]) -> str:
    numbers = "".join(f"[{offered.index(source) + 1}]" for source in draft.sources)
    return f"{draft.sentence.text} {numbers}"
