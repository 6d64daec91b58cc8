"""Answering a question from retrieved paragraphs: by a language model when one is set, by quotation otherwise."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from rag.answers.abstention import ALL_WITHHELD, is_all_withheld, nothing_written, unknown_citation
from rag.answers.extractive import Extract, Extractor, abstained, beside, quoted
from rag.answers.generative import ModelWriter, Written
from rag.answers.introductions import Introductions
from rag.answers.name_coverage import NameCoverage
from rag.answers.offering import likeliest, whole
from rag.answers.other_language import in_other_language
from rag.answers.passages import Passage
from rag.answers.threads import in_thread
from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.manifest import index_trace
from rag.domain.answer import NOT_ANSWERED, Answer
from rag.domain.events import Answered, Event, Stated
from rag.domain.retrieved_paragraph import Excerpt, QuotedSpan, RetrievedParagraph
from rag.errors import ModelFailed
from rag.llm.disclosure import Disclosure
from rag.llm.prompt import prompt_hash
from rag.query.parsed_query import ParsedQuery

_CLOSEST = 3
_WORDS_BESIDE = 60
"""Words of an answer by a small model and the quotations behind it: it leaves out much, and a quotation cannot err."""

Paragraphs = Sequence[RetrievedParagraph]


class Answerer:
    """Turns retrieved paragraphs into an `Answer`."""

    def __init__(
        self,
        catalog: CatalogReader,
        extractor: Extractor,
        names: NameCoverage,
        writer: ModelWriter | None = None,
        model_name: str = "",
        disclosure: Disclosure | None = None,
        multilingual: bool = False,
        introductions: Introductions | None = None,
    ) -> None:
        """Without `writer` answers are extractive; `model_name` is part of every answer's trace.

        `disclosure` holds back what the model must not be shown. `multilingual` says whether questions in any language
        find what is near them in meaning. With `introductions`, quotations say first who somebody is.
        """
        self._catalog = catalog
        self._extractor = extractor
        self._names = names
        self._writer = writer
        self._model_name = model_name
        self._disclosure = disclosure
        self._multilingual = multilingual
        self._introductions = introductions

    async def events(self, query: ParsedQuery, paragraphs: Paragraphs) -> AsyncGenerator[Event, None]:
        """Each sentence that may be shown, then the answer with its quotes and what was searched."""
        extract = _without_search(query, paragraphs)
        if extract is None:
            foreign = in_other_language(query, self._multilingual)
            extract = abstained(foreign) if foreign else await in_thread(self._extract, query, paragraphs)
            if self._writer is not None and _is_to_be_written(extract, self._writer.prompting.small):
                async with aclosing(self._by_model(query, paragraphs, self._writer, extract)) as events:
                    async for event in events:
                        yield event
                return
        for event in await in_thread(self._extracted, query, paragraphs, extract):
            yield event

    def _extract(self, query: ParsedQuery, paragraphs: Paragraphs) -> Extract:
        introducing = self._introductions.of(query.text, query.filters) if self._introductions else []
        return quoted(introducing) if introducing else self._extractor.extract(query, paragraphs)

    async def _by_model(
        self, query: ParsedQuery, paragraphs: Paragraphs, writer: ModelWriter, fallback: Extract
    ) -> AsyncGenerator[Event, None]:
        offered = self._offered(paragraphs, writer, fallback)
        failure, withheld = "what was found may not be shown to the language model", 0
        try:
            if offered:
                async with aclosing(writer.write(query, offered)) as written:
                    async for part in written:
                        if isinstance(part, Stated):
                            yield part
                        elif fallback.abstention is None and _is_nothing(part, writer.prompting.small):
                            withheld = part.withheld
                            failure = "; ".join(filter(None, (part.failure, f"{ALL_WITHHELD}; this is quoted")))
                        else:
                            chosen = fallback.chosen if writer.prompting.small else ()
                            for event in await in_thread(self._written, query, paragraphs, part, chosen):
                                yield event
                            return
        except ModelFailed as error:
            failure = str(error)
        for event in await in_thread(self._extracted, query, paragraphs, fallback, failure, withheld):
            yield event

    def _offered(self, paragraphs: Paragraphs, writer: ModelWriter, extract: Extract) -> list[Excerpt]:
        """What the model is shown: never what is held back from it."""
        allowed = paragraphs if self._disclosure is None else self._disclosure.shown(paragraphs)
        if not writer.prompting.small:
            return whole(allowed)
        by_key = {paragraph.key: paragraph for paragraph in allowed}
        shown = (each for each in extract.candidates if each.paragraph.key in by_key)
        return likeliest([replace(each, paragraph=by_key[each.paragraph.key]) for each in shown])

    def _written(
        self, query: ParsedQuery, paragraphs: Paragraphs, written: Written, chosen: Sequence[Passage]
    ) -> list[Event]:
        """The answer as the model wrote it, with the likeliest of the `chosen` passages quoted behind it."""
        abstention = nothing_written(written.sentences, written.declined)
        shown = [sentence for sentence in written.sentences if sentence.supported]
        added = beside(shown, chosen, _WORDS_BESIDE)
        quotes = {(quote.key, quote.start): quote for quote in (*written.quotes, *added.quotes)}
        withheld = (sentence for sentence in written.sentences if not sentence.supported)
        extract = Extract((*shown, *added.sentences, *withheld), tuple(quotes.values()), abstention)
        trace = {
            "model": self._model_name,
            "prompt_hash": prompt_hash(),
            "dropped_sources": written.dropped,
            "withheld": written.withheld,
            "repaired": written.repaired,
        }
        gaps = " and ".join(f"“{part}”" for part in written.unanswered)
        note = "; ".join(filter(None, (written.failure, gaps and f"{NOT_ANSWERED} {gaps}")))
        answer = self._answer("llm", query, paragraphs, extract, note or None, trace)
        answer = replace(answer, unanswered=written.unanswered)
        return [*map(Stated, added.sentences), Answered(answer)]

    def _extracted(
        self,
        query: ParsedQuery,
        paragraphs: Paragraphs,
        extract: Extract,
        note: str | None = None,
        withheld: int = 0,
    ) -> list[Event]:
        trace = {"model": None, "prompt_hash": None, "dropped_sources": 0, "withheld": withheld, "repaired": 0}
        answer = self._answer("extractive", query, paragraphs, extract, note, trace)
        stated = () if answer.abstained else extract.sentences  # what is closest must not be read as an answer
        return [*map(Stated, stated), Answered(answer)]

    def _answer(
        self,
        mode: str,
        query: ParsedQuery,
        paragraphs: Paragraphs,
        extract: Extract,
        note: str | None,
        trace: dict[str, Any],
    ) -> Answer:
        abstention, reason = extract.abstention, note
        size, manifest = self._catalog.size(), self._catalog.manifest()
        searched: dict[str, Any] = {"cables": size.cables, "paragraphs": size.paragraphs}
        if abstention is not None:
            reason = abstention.reason
            if paragraphs and query.in_english:
                counts = self._names.searched(query.text, query.filters)
                searched |= counts.json()
                reason = f"{reason}; {counts.sentence()}"
        return Answer(
            question=query.text,
            mode=mode,
            sentences=extract.sentences,
            quotes=extract.quotes,
            abstained=abstention is not None,
            reason=reason,
            retrieved=tuple(paragraph.key for paragraph in paragraphs),
            closest=_closest(paragraphs, extract) if abstention is not None else (),
            filters=tuple(query.conditions()),
            searched=searched,
            trace=trace | {"index": index_trace(manifest)},
            kind=query.kind,
        )


def _is_to_be_written(extract: Extract, small: bool) -> bool:
    """Whether a model is asked at all: a large one judges for itself what cannot be quoted, unless nothing was found.

    A small one answers whatever it is asked, so what speaks against quoting holds for it too.
    """
    return extract.abstention is None or not (small or extract.abstention.final)


def _is_nothing(written: Written, small: bool) -> bool:
    """Whether there is nothing to show; that a small model found no answer says nothing about the sources."""
    return is_all_withheld(written.sentences, written.declined and not small)


def _without_search(query: ParsedQuery, paragraphs: Paragraphs) -> Extract | None:
    """What a question about cited cables needs no search for.

    The abstention where a citation is unknown; the whole of the cited paragraphs. None for every other question.
    """
    if abstention := unknown_citation(query):
        return abstained(abstention)
    wanted = len(query.cited.paragraphs)
    if not wanted:
        return None
    return quoted([QuotedSpan(source, span) for source in paragraphs[:wanted] for span in source.sentences])


def _closest(paragraphs: Paragraphs, extract: Extract) -> tuple[str, ...]:
    """What to read instead of an answer: a paragraph quoted with the reason, then the best ones found."""
    keys = (*(quote.key for quote in extract.quotes), *(paragraph.key for paragraph in paragraphs))
    return tuple(dict.fromkeys(keys))[:_CLOSEST]
