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
from rag.llm.reply import Claim, ReplyParts, is_of_question
from rag.query.parsed_query import ParsedQuery
from rag.text.containment import is_contained
from rag.text.prompt_injection import is_prompt_injection

MOST_SENTENCES = 8

_NOTHING_NEW = "anything that the question does not say"
_AS_A_WHOLE = "what it says, as a whole"
_ABSENT = ("the name ", "the number ", "the month ")
"""How what a source does not mention is told."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as the model wrote it, with its sources.

    `place` orders the drafts as they stand in the answer; one that mends another stands in its place.
    """

    sentence: Sentence
    sources: tuple[RetrievedParagraph, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Written:
    """The outcome: supported sentences, each repaired one where the one it mends stood, then those withheld.

    `dropped` counts source numbers that were not offered; `withheld` the sentences that were not borne out when first
    written; `repaired` those that were shown after the model had been told. `failure` says why the reply broke off,
    if it did; `unanswered` are the parts of the question that the model found no answer to.
    """

    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    dropped: int
    withheld: int
    repaired: int
    declined: bool
    failure: str | None = None
    unanswered: tuple[str, ...] = ()


@dataclass(slots=True)
class _Drafts:
    """What was verified so far; `dropped` counts source numbers that were not offered."""

    supported: list[Draft] = field(default_factory=list)
    withheld: list[Draft] = field(default_factory=list)
    dropped: int = 0

    @property
    def count(self) -> int:
        """How many were kept so far."""
        return len(self.supported) + len(self.withheld)

    def add(self, draft: Draft) -> bool:
        """Keep the draft; whether its sentence is to be shown: supported, not a repetition, and within the limit."""
        if not draft.sentence.supported:
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
        """With `entailment` the model itself judges each sentence; `prompting` unset asks a large model."""
        self.prompting = prompting or Prompting()
        self._calls = calls
        self._embeddings = embeddings
        self._verifier = verifier
        self._entailment = entailment

    async def write(self, query: ParsedQuery, excerpts: Sequence[Excerpt]) -> AsyncGenerator[Stated | Written, None]:
        """Each sentence as soon as it is verified, then the outcome.

        Sentences are held against whole paragraphs, whatever the model is shown of them. Unsupported ones are sent
        back once to a model that can mend them.

        Raises:
            ModelFailed: the model failed before it wrote a sentence.
        """
        prompt, reply, corrected = self.prompting.messages(query.text, excerpts), ReplyParts(), ReplyParts()
        offered, drafts = [excerpt.paragraph for excerpt in excerpts], _Drafts()
        withheld, repaired = drafts.withheld, 0
        failure: str | None = None
        try:
            async with aclosing(self._verified(query, prompt, reply, offered, drafts)) as stated:
                async for event in stated:
                    yield event
            if withheld and not self.prompting.small and (reply.unanswered or not reply.declined):
                written = AIMessage(_shown([*drafts.supported, *withheld], offered))
                prompt += [written, corrections(_faults(withheld, offered))]
                drafts.withheld = []  # a sentence that fails again is reported as it was written first
                async with aclosing(self._verified(query, prompt, corrected, offered, drafts, withheld)) as stated:
                    async for event in stated:
                        repaired += 1
                        yield event
        except ModelFailed as error:
            if not drafts.supported and not withheld:
                raise
            failure = str(error)
        supported = _in_order(drafts.supported)
        yield Written(
            sentences=tuple(draft.sentence for draft in (*supported, *withheld)),
            quotes=tuple(await in_thread(self._quotes, supported)),
            dropped=drafts.dropped,
            withheld=len(withheld),
            repaired=repaired,
            declined=(reply.declined or corrected.declined) and not supported,
            failure=failure,
            unanswered=tuple(part for part in reply.unanswered if supported and is_of_question(part, query.text)),
        )

    async def _verified(
        self,
        query: ParsedQuery,
        prompt: list[BaseMessage],
        parts: ReplyParts,
        offered: Sequence[RetrievedParagraph],
        drafts: _Drafts,
        mended: Sequence[Draft] = (),
    ) -> AsyncGenerator[Stated, None]:
        """Sort the reply's sentences, which may mend others, into `drafts`; an event for each supported one."""
        options = self.prompting.options(len(offered))
        async with aclosing(self._claims(prompt, options, parts)) as claims:
            async for claim in claims:
                cited = tuple(offered[number - 1] for number in claim.numbers if 1 <= number <= len(offered))
                sources, missing = await self._attributed(query, claim.text, cited, offered)
                if self.prompting.small and is_contained(claim.text, query.text):
                    missing = (*missing, _NOTHING_NEW)
                keys = tuple(dict.fromkeys(source.key for source in sources))
                place = await in_thread(self._place, claim.text, mended) if mended else drafts.count
                draft = Draft(Sentence(claim.text, keys, not missing, missing), sources, place)
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
        self,
        query: ParsedQuery,
        text: str,
        cited: tuple[RetrievedParagraph, ...],
        offered: Sequence[RetrievedParagraph],
    ) -> tuple[tuple[RetrievedParagraph, ...], tuple[str, ...]]:
        """The sources that bear a sentence out, or what those it cites lack.

        They are those it cites; else the nearest other one that does, behind those of the cited that are nearer still.
        """
        missing = await self._missing(query, text, cited)
        # What a cited source contradicts is not looked for in another one.
        if not missing or not all(each == NO_SOURCE or each.startswith(_ABSENT) for each in missing):
            return cited, missing
        nearest = await in_thread(self._verifier.nearest, text, offered)
        if self.prompting.small:  # its numbers say little, and it is offered few sources: each is tried
            nearest += [each for each in offered if each not in nearest]
        for place, source in enumerate(nearest):
            if source in cited or await self._missing(query, text, [source]):
                continue
            nearer = [each for each in cited if each in nearest[:place]]
            kept = nearer if nearer and not await self._missing(query, text, [*nearer, source]) else []
            return (*kept, source), ()
        return cited, missing

    async def _missing(self, query: ParsedQuery, text: str, sources: Sequence[RetrievedParagraph]) -> tuple[str, ...]:
        """What of a sentence these sources lack: as the model judges, where it is to, else by its words."""
        verdict = await in_thread(self._verifier.verdict, text, sources, query.text, query.names)
        if self._entailment is None or not sources:
            return verdict.missing
        # A source that gives orders to a machine may have given some to the judge.
        if verdict.missing and any(is_prompt_injection(source.text) for source in sources):
            return verdict.missing
        try:
            holds = await self._entailment.holds(query.text, text, sources)
        except ModelFailed:
            return verdict.missing
        return () if holds else verdict.missing or (_AS_A_WHOLE,)

    def _place(self, text: str, mended: Sequence[Draft]) -> int:
        """The place of the draft that this sentence is nearest to in meaning."""
        vectors = self._embeddings.encode([text, *(draft.sentence.text for draft in mended)])
        return mended[int((vectors[1:] @ vectors[0]).argmax())].place

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


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda draft: draft.place)


def _shown(drafts: Sequence[Draft], offered: Sequence[RetrievedParagraph]) -> str:
    return "\n".join(_numbered(draft, offered) for draft in _in_order(drafts))


def _faults(withheld: Sequence[Draft], offered: Sequence[RetrievedParagraph]) -> list[str]:
    return [
        f"{_numbered(draft, offered)} (not in its sources: {'; '.join(draft.sentence.missing)})" for draft in withheld
    ]


def _numbered(draft: Draft, offered: Sequence[RetrievedParagraph]) -> str:
    numbers = "".join(f"[{offered.index(source) + 1}]" for source in draft.sources)
    return f"{draft.sentence.text} {numbers}"
