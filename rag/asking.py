"""A question from its words to its answer: what it names and asks for, the search, the answering."""

import time
from collections.abc import Container, Generator, Mapping
from dataclasses import dataclass, field, replace

from rag.answer import Answer, Condition, Sentence
from rag.answering import Answerer
from rag.catalog_reader import CatalogReader
from rag.constraints import merged, read_constraints
from rag.conversation import Turn, earlier_question, is_follow_up, standalone
from rag.events import Answered, Stated, Status, Steps
from rag.filters import Filters
from rag.lexical import LexicalIndex
from rag.named import Named, find_named
from rag.passage import Passage
from rag.preferences import Preferences, read_preferences
from rag.question import MOST_CHARACTERS
from rag.retrieval import Retriever
from rag.rewriting import Rewriter
from rag.small_talk import small_talk
from rag.spelling import read_spellings, respelled

RETRIEVED = 20
"""How many paragraphs a question retrieves."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question of 1 to 4,000 characters, the filters it runs under and the conversation before it, oldest first."""

    question: str
    filters: Filters = field(default_factory=Filters)
    dismissed: frozenset[str] = frozenset()
    """Conditions the reader does not want read from the question: `post`, `tag`,
    `classification`, `date_from`, `date_to`, `date`, `spelling`."""
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A question, its words as the archive spells them, with what the search brought.

    Its filters hold the question's own conditions too.
    """

    ask: Ask
    spellings: Mapping[str, str]
    named: Named
    preferences: Preferences
    passages: tuple[Passage, ...]
    retrieval_ms: float


class Asking:
    """Takes questions through search and answering."""

    def __init__(
        self,
        catalog: CatalogReader,
        lexical: LexicalIndex,
        retriever: Retriever,
        answerer: Answerer,
        rewriter: Rewriter | None = None,
        english: Container[str] = (),
    ) -> None:
        """`rewriter` set has a language model make follow-ups stand on their own; otherwise a rule does.

        Words in `english` are taken as spelled right.
        """
        self._catalog = catalog
        self._lexical = lexical
        self._retriever = retriever
        self._answerer = answerer
        self._rewriter = rewriter
        self._english = english

    def events(self, ask: Ask) -> Steps:
        """Statuses, sentences as they are verified, then the answer; None between them (see `rag.events.Steps`)."""
        reply = small_talk(ask.question, self._catalog.size().cables)
        if reply is not None:
            yield from _said(ask.question, reply)
            return
        yield Status("searching")
        found = self.find((yield from self._standalone(ask)))
        yield Status("reading", len(found.passages))
        yield from self.answer(found)

    def _standalone(self, ask: Ask) -> Generator[None, None, Ask]:
        """The question as it stands on its own, under the conditions of the question it follows up."""
        before = earlier_question(ask.turns)
        if before is None or not is_follow_up(ask.question):
            return ask
        question = None
        if self._rewriter is not None:
            question = yield from self._rewriter.standalone(ask.question, ask.turns)
        read = read_constraints(before, self._catalog.posts()).filters
        return replace(
            ask,
            question=question or standalone(ask.question, ask.turns)[:MOST_CHARACTERS],
            filters=merged(ask.filters, read.without(ask.dismissed)),
        )

    def find(self, ask: Ask) -> Found:
        """Search for a question that stands on its own; what it names by citation comes first."""
        started = time.perf_counter()
        spellings = {} if "spelling" in ask.dismissed else read_spellings(ask.question, self._lexical, self._english)
        ask = replace(ask, question=respelled(ask.question, spellings))
        named = find_named(ask.question, self._catalog)
        passages = self._named_passages(named)
        posts = self._catalog.posts()
        filters = merged(ask.filters, read_constraints(ask.question, posts).filters.without(ask.dismissed))
        settled = ask.dismissed | {field for field, _ in filters.conditions()}
        preferences = read_preferences(ask.question, posts).without(settled)
        if not named.missing:
            found = self._retriever.search(ask.question, RETRIEVED, _within(filters, named), preferences)
            known = {passage.key for passage in passages}
            passages += [each for each in found if each.key not in known]
        kept = tuple(passages[:RETRIEVED])
        return Found(replace(ask, filters=filters), spellings, named, preferences, kept, _since(started))

    def answer(self, found: Found) -> Steps:
        """The events of answering from what was found; the last is the answer, with its timings."""
        started = time.perf_counter()
        yield Status("writing", len(found.passages))
        for event in self._answerer.events(found.ask.question, found.passages, found.named, found.ask.filters):
            if isinstance(event, Answered):
                spent = {"retrieval": found.retrieval_ms, "answer": _since(started)}
                timings = spent | {"total": round(sum(spent.values()), 1)}
                hints = [Condition(field, value, soft=True) for field, value in found.preferences.conditions()]
                hints += [Condition("spelling", f"{word} → {spelt}") for word, spelt in found.spellings.items()]
                filters = (*event.answer.filters, *hints)
                yield Answered(replace(event.answer, filters=filters, timings_ms=timings))
            else:
                yield event

    def _named_passages(self, named: Named) -> list[Passage]:
        """The named paragraphs first, then the summaries of the named cables."""
        keys = list(named.paragraphs)
        for cable_id in named.cables:
            cable = self._catalog.cable(cable_id)
            if cable is not None and cable.paragraphs:
                keys.append(cable.summary_key or str(cable.paragraphs[0].key))
        return self._retriever.passages([(key, 1.0) for key in dict.fromkeys(keys)])


def _said(question: str, reply: str) -> Steps:
    sentence = Sentence(reply, ())
    yield Stated(sentence)
    yield Answered(Answer(question, "extractive", (sentence,), timings_ms={"total": 0.0}))


def _within(filters: Filters, named: Named) -> Filters:
    """A question about named cables is searched within them."""
    cables = {*named.cables, *(key.partition("#")[0] for key in named.paragraphs)}
    return replace(filters, cables=frozenset(cables)) if cables else filters


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
