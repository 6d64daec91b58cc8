"""A timeline: the dates that the paragraphs on a topic name, else those of their cables, oldest first, each cited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answers.catalog.reply import CatalogReply, day_of
from rag.answers.catalog.topic_words import TopicWords
from rag.answers.catalog.wording import counted, sentence
from rag.domain.answer import Quote, Sentence
from rag.domain.answer_table import PARAGRAPH, AnswerTable
from rag.domain.filters import Filters
from rag.domain.paragraph_key import Locator
from rag.domain.retrieved_paragraph import QuotedSpan, RetrievedParagraph
from rag.domain.span import Span
from rag.query.cable_conditions import CableConditions
from rag.text.event_dates import event_dates

Find = Callable[[str, Filters, int], list[RetrievedParagraph]]
"""The paragraphs that a search for these words finds, best first."""

Read = Callable[[Sequence[str]], list[RetrievedParagraph]]
"""The paragraphs with these keys."""

_SEARCHED = 50
_MOST_ENTRIES = 100
_LEAST_SHARE = 0.6
"""Share of the topic's words that a paragraph has with its subject and heading, relative to the best one found."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A date, as ISO 8601 writes days and months, and the sentence that stands for it."""

    date: str
    quoted: QuotedSpan

    @property
    def paragraph(self) -> RetrievedParagraph:
        """The paragraph it is of."""
        return self.quoted.paragraph

    @property
    def place(self) -> tuple[Locator, int]:
        """Where in its cable it stands: a summary comes first and names what matters."""
        return self.paragraph.paragraph.key.locator, self.quoted.span.start


class Timeline:
    """Makes timelines for one reader."""

    def __init__(self, find: Find, read: Read, words: TopicWords) -> None:
        self._find = find
        self._read = read
        self._words = words

    def answer(self, conditions: CableConditions, filters: Filters) -> CatalogReply:
        """One entry for each date that a cable gives on the topic, and one for each cable that gives none."""
        topic = conditions.subject
        found = [each for each in self._find(topic, filters, _SEARCHED) if each.cable.date is not None]
        weights = [self._words.weight(_with_context(paragraph), topic) for paragraph in found]
        least = _LEAST_SHARE * max(weights, default=0)
        about = [paragraph for paragraph, weight in zip(found, weights, strict=True) if weight >= least > 0]
        about += self._read(_summaries(about))
        entries = self._entries(about, topic)
        rule = (
            f"dates named in the paragraphs that a search for “{topic}” finds ({_SEARCHED} at most) and that have "
            f"most of its "
            "words; for a cable without such a date, its own"
        )
        return self._reply(topic, entries[:_MOST_ENTRIES], rule)

    def _entries(self, paragraphs: Sequence[RetrievedParagraph], topic: str) -> list[TimelineEntry]:
        best: dict[tuple[str, str], TimelineEntry] = {}
        undated: dict[str, TimelineEntry] = {}
        for paragraph in paragraphs:
            for entry in _dated(paragraph):
                key = (entry.date, paragraph.cable_id)
                if key not in best or entry.place < best[key].place:
                    best[key] = entry
            undated.setdefault(paragraph.cable_id, self._of_cable(paragraph, topic))
        told = {cable_id for _, cable_id in best}
        entries = [*best.values(), *(entry for cable_id, entry in undated.items() if cable_id not in told)]
        return sorted(entries, key=lambda entry: (entry.date, entry.paragraph.key))

    def _of_cable(self, paragraph: RetrievedParagraph, topic: str) -> TimelineEntry:
        """Its sentence with most of the topic's words, the first of equals."""
        spans = paragraph.sentences or (Span(0, len(paragraph.text)),)
        span = max(spans, key=lambda each: self._words.weight(each.of(paragraph.text), topic))
        return TimelineEntry(day_of(paragraph.cable) or "", QuotedSpan(paragraph, span))

    def _reply(self, topic: str, entries: Sequence[TimelineEntry], rule: str) -> CatalogReply:
        quotes = tuple(Quote.of(each.quoted) for each in entries)
        rows = tuple(
            (each.date, quote.key, quote.citation, quote.quote) for each, quote in zip(entries, quotes, strict=True)
        )
        entry = counted(len(rows), "dated entry", "dated entries")
        said = sentence(f"{entry} on {topic}{', oldest first' if len(rows) > 1 else ''}")
        cited = tuple(dict.fromkeys(each.paragraph.key for each in entries))
        table = AnswerTable(("date", PARAGRAPH, "citation", "text"), rows, False, rule)
        return CatalogReply((Sentence(said, cited),), quotes, table)


def _with_context(paragraph: RetrievedParagraph) -> str:
    return "\n".join(filter(None, (paragraph.subject, paragraph.heading, paragraph.text)))


def _summaries(paragraphs: Sequence[RetrievedParagraph]) -> list[str]:
    """Keys of the summaries and the first paragraphs of these cables: they name the dates that matter."""
    firsts = {f"{paragraph.cable_id}#1" for paragraph in paragraphs}
    summaries = {key for paragraph in paragraphs if (key := paragraph.cable.summary_key)}
    return sorted((firsts | summaries) - {paragraph.key for paragraph in paragraphs})


def _dated(paragraph: RetrievedParagraph) -> list[TimelineEntry]:
    sent = paragraph.cable.date
    assert sent is not None  # noqa: S101 - undated cables were left out
    return [
        TimelineEntry(day, QuotedSpan(paragraph, span))
        for span in paragraph.sentences
        for day in event_dates(span.of(paragraph.text), sent.date())
    ]
