"""Follow-ups of a conversation: the question they stand for, what was cited before, and what is answered from that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from rag.answers.extractive import Extract, quoted
from rag.answers.threads import in_thread
from rag.catalog.catalog_reader import CatalogReader
from rag.domain.answer import Answer, Quote, Sentence
from rag.domain.filters import Filters
from rag.domain.retrieved_paragraph import QuotedSpan, RetrievedParagraph
from rag.domain.span import Span
from rag.llm.rewriting import Rewriter
from rag.query.cited import find_cited
from rag.query.conversation import Resolved, cited_in, earlier_questions, resolved
from rag.query.hard_filters import merged, read_hard_filters
from rag.query.named_times import named_times
from rag.query.query import MOST_CHARACTERS, Query
from rag.retrieval.retrieval import Retriever
from rag.text.relative_dates import date_edits
from rag.text.surface_facts import months

UNCLEAR = "it is not clear what this refers to; ask again with the person, the event or the cable that you mean"
NONE_CITED = "the answer before cites no cable; ask again with the cable or the event that you mean"
_MOST_FURTHER = 3
"""How many further paragraphs are quoted where none stands out."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question made to stand on its own; `cited` are the paragraphs that the last answer cites."""

    query: Query
    resolved: Resolved
    cited: tuple[RetrievedParagraph, ...] = ()
    answer: str = ""
    """The last answer."""


class FollowUps:
    """Resolves questions against the turns before them, as one reader may see what these cite."""

    def __init__(self, catalog: CatalogReader, retriever: Retriever, rewriter: Rewriter | None = None) -> None:
        """With `rewriter` a language model makes follow-ups stand on their own where it can; otherwise rules do."""
        self._catalog = catalog
        self._retriever = retriever
        self._rewriter = rewriter

    async def resolve(self, query: Query) -> FollowUp:
        """The question with what it leans on put in, under the conditions of the question that it follows up."""
        follow_up = await in_thread(self._by_rule, query)
        if self._rewriter is None or follow_up.resolved.kind != "content":
            return follow_up
        earlier = earlier_questions(query.turns)
        question = await self._rewriter.standalone(query.question, earlier, follow_up.cited, follow_up.answer)
        return follow_up if question is None else replace(follow_up, query=replace(follow_up.query, question=question))

    def _by_rule(self, query: Query) -> FollowUp:
        posts = self._catalog.posts()
        now = resolved(query.question, query.turns, posts)
        if now.kind in ("new", "unclear"):
            return FollowUp(query, now)
        answer = now.answers[-1] if now.answers else ""
        cited = tuple(self._cited(answer))
        filters = merged(query.filters, self._carried(now, posts).without(query.dismissed))
        question, cables = now.question[:MOST_CHARACTERS], frozenset(paragraph.cable_id for paragraph in cited)
        posts_asked = read_hard_filters(now.question, posts).posts or filters.posts
        fit = frozenset(each.cable_id for each in cited if not posts_asked or each.cable.id.post in posts_asked)
        followed = replace(query, question=question, filters=filters, followed=fit)
        if now.kind == "date":
            followed = replace(followed, question=f"{now.subjects[-1].rstrip(' ?.!')[:MOST_CHARACTERS]}: when?")
        if now.kind == "more":
            seen = {paragraph.key for answer in now.answers for paragraph in self._cited(answer)}
            subject = now.subjects[-1][:MOST_CHARACTERS]
            filters = filters.within(cables)
            followed = replace(query, question=subject, filters=filters, left_out=frozenset(seen))
        return FollowUp(followed, now, cited, answer)

    def _carried(self, now: Resolved, posts: Mapping[str, str]) -> Filters:
        """The conditions of the questions it follows up, the last first, without what it states itself."""
        stated = [read_hard_filters(text, posts) for text in (now.question, *reversed(now.subjects))]
        whole = reduce(merged, stated)
        return whole.without({field for field, _ in stated[0].conditions()})

    def _cited(self, answer: str) -> list[RetrievedParagraph]:
        """The paragraphs that an answer cites, in its order: those that there are for this reader."""
        keys = find_cited(cited_in(answer), self._catalog).paragraphs
        return self._retriever.paragraphs([(key, 1.0) for key in keys])


def direct_answer(follow_up: FollowUp) -> Answer | None:
    """The answer from the citations of the last answer alone, or a question back; None for every other question."""
    kind, cited, question = follow_up.resolved.kind, follow_up.cited, follow_up.resolved.question
    if kind == "unclear" or (kind == "cables" and not cited):
        return Answer(question, "extractive", abstained=True, reason=UNCLEAR if kind == "unclear" else NONE_CITED)
    if kind == "cables":
        sentences = tuple(_cables(cited))
    elif kind == "date" and cited:
        sentences = tuple(_dates(cited, follow_up.answer))
    else:
        return None
    quotes = tuple(_quote(paragraph, follow_up.answer) for paragraph in cited)
    keys = tuple(paragraph.key for paragraph in cited)
    return Answer(question, "extractive", sentences, quotes, retrieved=keys)


def also_found(answer: Answer, found: Sequence[RetrievedParagraph]) -> Answer:
    """The answer, with these paragraphs retrieved behind those it cites."""
    keys = dict.fromkeys((*answer.retrieved, *(paragraph.key for paragraph in found)))
    return replace(answer, retrieved=tuple(keys)[: max(len(found), len(answer.retrieved))])


def further(paragraphs: Sequence[RetrievedParagraph]) -> Extract:
    """The openings of the first of these paragraphs, where none of their sentences stands out."""
    return quoted([QuotedSpan(each, each.sentences[0]) for each in paragraphs[:_MOST_FURTHER] if each.sentences])


def _cables(cited: Sequence[RetrievedParagraph]) -> Iterator[Sentence]:
    """One sentence for each cable: label, date and subject."""
    for first, keys in _by_cable(cited):
        subject = f": {first.subject}" if first.subject else ""
        yield Sentence(f"{first.cable.label(first.with_year)}, {_day(first)}{subject}".rstrip(".?!") + ".", keys)


def _dates(cited: Sequence[RetrievedParagraph], answer: str) -> Iterator[Sentence]:
    """The sentences of the last answer that name a time, then when each cited cable was sent."""
    for paragraph in cited:
        timed = [
            span for span in paragraph.sentences if span.of(paragraph.text) in answer and _is_timed(paragraph, span)
        ]
        yield from quoted([QuotedSpan(paragraph, span) for span in timed]).sentences
    for first, keys in _by_cable(cited):
        yield Sentence(f"{first.cable.label(first.with_year)} is dated {_day(first)}.", keys)


def _is_timed(paragraph: RetrievedParagraph, span: Span) -> bool:
    text = span.of(paragraph.text)
    return bool(months(text) or named_times(text) or any(date_edits(paragraph.text, span, paragraph.date)))


def _by_cable(cited: Sequence[RetrievedParagraph]) -> Iterator[tuple[RetrievedParagraph, tuple[str, ...]]]:
    """The first cited paragraph of each cable, with the keys of all."""
    for cable_id in dict.fromkeys(paragraph.cable_id for paragraph in cited):
        of_cable = [paragraph for paragraph in cited if paragraph.cable_id == cable_id]
        yield of_cable[0], tuple(paragraph.key for paragraph in of_cable)


def _quote(paragraph: RetrievedParagraph, answer: str) -> Quote:
    """The first sentence of the paragraph that the answer quotes, or its first."""
    spans = paragraph.sentences or (Span(0, len(paragraph.text)),)
    span = next((span for span in spans if span.of(paragraph.text) in answer), spans[0])
    return Quote.of(QuotedSpan(paragraph, span))


def _day(paragraph: RetrievedParagraph) -> str:
    sent = paragraph.cable.date
    return f"{sent.day} {sent:%B %Y}" if sent else "undated"


def completed(answer: Answer, follow_up: FollowUp, found: Sequence[RetrievedParagraph]) -> Answer:
    """The answer of a search for more of the same, which quotes the next paragraphs where none stands out."""
    if follow_up.resolved.kind != "more":
        return answer
    answer = replace(answer, question=follow_up.resolved.question)
    if not answer.abstained or not found:
        return answer
    extract = further(found)
    return replace(answer, sentences=extract.sentences, quotes=extract.quotes, abstained=False, reason=None, closest=())
