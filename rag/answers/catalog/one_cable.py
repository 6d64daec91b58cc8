"""Answers about cables that the question names: fields of the header, a summary, what they say on a subject."""

import re
from collections.abc import Sequence

from rag.answers.catalog.reply import CatalogReply, cable_quotes, day_of
from rag.answers.catalog.topic_words import TopicWords
from rag.answers.catalog.wording import counted, listed, sentence
from rag.catalog.catalog_reader import CatalogReader
from rag.domain.answer import Quote, Sentence
from rag.domain.answer_table import CABLE, PARAGRAPH, AnswerTable, Cell
from rag.domain.cable import Cable, Paragraph
from rag.domain.tag_meanings import tag_meaning
from rag.query.cable_question import CableField, CableQuestion
from rag.text.sentences import sentence_spans

_MOST_SECTIONS = 20
_MOST_PARAGRAPHS = 6
_LEAST_SHARE = 0.95
"""Weight of the topic's words that a paragraph has, relative to the best one."""


class OneCable:
    """Answers about single cables for one reader."""

    def __init__(self, catalog: CatalogReader, words: TopicWords) -> None:
        self._catalog = catalog
        self._words = words

    def answer(self, question: CableQuestion, ids: Sequence[str]) -> CatalogReply | None:
        """The answer; None where the cable says nothing on the topic in its words, so that it has to be searched."""
        cables = list(self._catalog.cables(ids))
        if question.fields:
            return self._fields(question.fields, cables)
        if len(cables) != 1:
            return self._which(cables)
        return self._summary(cables[0]) if question.is_summary else self._on_topic(cables[0], question.topic)

    def _which(self, cables: Sequence[Cable]) -> CatalogReply:
        """Several cables have the label: all are offered, with their dates."""
        label = cables[0].label()
        dates = listed([f"{quote.citation} of {day_of(cable) or 'no date'}"
                        for cable, quote in zip(cables, cable_quotes(cables, self._catalog), strict=True)])  # fmt: skip
        said = Sentence(sentence(f"{label} may mean any of {counted(len(cables))}: {dates}; put the year in front"),
                        tuple(str(cable.id) for cable in cables))  # fmt: skip
        rows = tuple((str(cable.id), day_of(cable), cable.subject) for cable in cables)
        table = AnswerTable((CABLE, "date", "subject"), rows, True, f"cables with the label {label}")
        return CatalogReply((said,), cable_quotes(cables, self._catalog), table)

    # --- fields

    def _fields(self, fields: Sequence[CableField], cables: Sequence[Cable]) -> CatalogReply:
        quotes = cable_quotes(cables, self._catalog)
        sentences = [
            Sentence(sentence(self._stated(field, cable, quote.citation)), (quote.key,))
            for cable, quote in zip(cables, quotes, strict=True)
            for field in fields
        ]
        return CatalogReply(tuple(sentences), quotes, self._references(fields, cables))

    def _stated(self, field: CableField, cable: Cable, label: str) -> str:  # noqa: PLR0911 - a line for each field
        if field == "date":
            when = f"{cable.date:%-d %B %Y, %H:%M} UTC" if cable.date else None
            return f"{label} was sent on {when}" if when else f"{label} has no date"
        if field == "classification":
            marks = ", ".join((cable.classification, *cable.caveats)) if cable.classification else None
            return f"{label} is classified {marks}" if marks else f"{label} shows no classification"
        if field == "signers":
            return (
                f"{label} was signed by {listed(list(cable.signers))}" if cable.signers else f"{label} names no signer"
            )
        if field == "tags":
            tags = [f"{tag} ({meaning})" if (meaning := tag_meaning(tag)) else tag for tag in cable.tags]
            return f"{label} has the TAGS {listed(tags)}" if tags else f"{label} has no TAGS"
        if field == "subject":
            return f"the subject of {label} is: {cable.subject}" if cable.subject else f"{label} shows no subject"
        if field == "classified_by":
            officers = listed(list(cable.classified_by))
            return f"{label} was classified by {officers}" if officers else f"{label} does not say who classified it"
        if field == "reason":
            return f"the archive does not keep the reason for which {label} was classified"
        if field == "post":
            return f"{label} was sent by {cable.origin or cable.post}"
        if field == "paragraphs":
            return f"{label} has {counted(len(cable.paragraphs), 'paragraph')}"
        if field == "recipients":
            to = [each.name for each in cable.recipients if each.kind == "to"]
            info = [each.name for each in cable.recipients if each.kind != "to"]
            also = f", for information to {listed(info)}" if info else ""
            return f"{label} was sent to {listed(to)}{also}" if to or info else f"{label} names no recipient"
        return self._refers(cable, label) if field == "references" else self._is_referred_to(cable, label)

    def _refers(self, cable: Cable, label: str) -> str:
        if not cable.references:
            return f"{label} refers to no cable"
        held = {str(each.id) for each in self._catalog.cables(cable.references)}
        names = [f"{target} ({'held' if target in held else 'not held'})" for target in cable.references]
        return f"{label} refers to {listed(names)}"

    def _is_referred_to(self, cable: Cable, label: str) -> str:
        ids = self._catalog.referring(str(cable.id))
        return f"{counted(len(ids))} of the archive refer{'s' if len(ids) < 2 else ''} to {label}" + (
            f": {listed(ids)}" if ids else ""
        )

    def _references(self, fields: Sequence[CableField], cables: Sequence[Cable]) -> AnswerTable | None:
        """The references as a table, where they are asked for."""
        if "references" not in fields and "referring" not in fields:
            return None
        rows: list[tuple[Cell, ...]] = []
        for cable in cables:
            targets = list(cable.references) if "references" in fields else []
            sources = self._catalog.referring(str(cable.id)) if "referring" in fields else []
            held = {str(each.id): each for each in self._catalog.cables([*targets, *sources])}
            for other in (*targets, *sources):
                found = held.get(other)
                rows.append(
                    (
                        other,
                        "yes" if found else "no",
                        day_of(found) if found else None,
                        found.subject if found else None,
                    )
                )
        rule = "cables that the cable refers to" if "references" in fields else "cables that refer to the cable"
        return AnswerTable((CABLE, "held", "date", "subject"), tuple(rows), True, rule)

    # --- text

    def _summary(self, cable: Cable) -> CatalogReply:
        """Its summary, then each section in a line; without sections the beginnings of its paragraphs."""
        summary = next((each for each in cable.paragraphs if str(each.key) == cable.summary_key), None)
        rest = [each for each in cable.paragraphs if each is not summary and each.text]
        sections = _sections(rest)
        starts = [(heading, paragraphs[0]) for heading, paragraphs in sections if heading]
        if not starts:
            starts = [("", each) for each in rest]
        sentences, quotes = self._quoted(cable, [summary] if summary else [], whole=True)
        for heading, paragraph in starts[:_MOST_SECTIONS]:
            [said], [quote] = self._quoted(cable, [paragraph])
            text = f"{heading}: {said.text}" if heading else said.text
            sentences.append(Sentence(text, said.citations))
            quotes.append(quote)
        rows = tuple((str(group[0].key), heading, f"{group[0].key.locator} to {group[-1].key.locator}" if len(group) > 1
                      else str(group[0].key.locator)) for heading, group in sections)  # fmt: skip
        table = AnswerTable((PARAGRAPH, "section", "paragraphs"), rows, len(starts) <= _MOST_SECTIONS,
                            "sections of the cable") if len(sections) > 1 else None  # fmt: skip
        return CatalogReply(tuple(sentences), tuple(quotes), table)

    def _on_topic(self, cable: Cable, topic: str) -> CatalogReply | None:
        """The sentences of its paragraphs that have the topic's words, paragraph by paragraph."""
        begins = {str(group[0].key) for heading, group in _sections(cable.paragraphs) if heading}
        matched: list[tuple[Paragraph, float]] = []
        for paragraph in cable.paragraphs:
            heading = f"{paragraph.heading}\n" if str(paragraph.key) in begins else ""
            if words := self._words.weight(f"{heading}{paragraph.text}", topic):
                matched.append((paragraph, words))
        if not matched:
            return None
        best = max(words for _, words in matched)
        chosen = [paragraph for paragraph, words in matched if words >= _LEAST_SHARE * best][:_MOST_PARAGRAPHS]
        sentences: list[Sentence] = []
        quotes: list[Quote] = []
        for paragraph in chosen:
            said, quoted = self._quoted(cable, [paragraph], topic=topic)
            sentences += said
            quotes += quoted
        return CatalogReply(tuple(sentences), tuple(quotes))

    def _quoted(
        self, cable: Cable, paragraphs: Sequence[Paragraph], whole: bool = False, topic: str = ""
    ) -> tuple[list[Sentence], list[Quote]]:
        """Of each paragraph all sentences, those on the topic, or the first."""
        with_year = bool(self._catalog.shared_labels([str(cable.id)]))
        sentences: list[Sentence] = []
        quotes: list[Quote] = []
        for paragraph in paragraphs:
            spans = sentence_spans(paragraph.text)
            about = [span for span in spans if topic and self._words.weight(span.of(paragraph.text), topic)]
            chosen = spans if whole else about or spans[:1]
            for span in chosen:
                text = span.of(paragraph.text)
                sentences.append(Sentence(text, (str(paragraph.key),)))
                citation = cable.citation(paragraph, with_year)
                quotes.append(Quote(str(paragraph.key), citation, text, span.start, span.end))
        return sentences, quotes


def _sections(paragraphs: Sequence[Paragraph]) -> list[tuple[str, list[Paragraph]]]:
    """The paragraphs by the heading they stand under, in order."""
    sections: list[tuple[str, list[Paragraph]]] = []
    for paragraph in paragraphs:
        heading = re.sub(r"\s+", " ", paragraph.heading or "").strip()
        if sections and sections[-1][0] == heading:
            sections[-1][1].append(paragraph)
        else:
            sections.append((heading, [paragraph]))
    return sections
