"""Answering a question from retrieved paragraphs: by a language model when one is set, by quotation otherwise."""

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

from rag.answers.abstention import ALL_WITHHELD, is_all_withheld, nothing_written, unknown_citation
from rag.answers.extractive import Extract, Extractor, abstained, quoted
from rag.answers.generative import ModelWriter, Written
from rag.answers.name_coverage import NameCoverage
from rag.answers.threads import in_thread
from rag.catalog.catalog_reader import CatalogReader
from rag.domain.answer import Answer
from rag.domain.events import Answered, Event, Stated
from rag.domain.retrieved_paragraph import QuotedSpan, RetrievedParagraph
from rag.errors import ModelFailed
from rag.llm.disclosure import Disclosure
from rag.llm.prompt import prompt_hash
from rag.query.parsed_query import ParsedQuery

_CLOSEST = 3
_SOURCES = 8
_WHOLE_CABLE = re.compile(r"\b(?:summar|overview|gist|about|say|content|tell me)", re.IGNORECASE)

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
    ) -> None:
        """Without `writer` answers are extractive; `model_name` is part of every answer's trace.

        `disclosure` holds back what the model must not be shown.
        """
        self._catalog = catalog
        self._extractor = extractor
        self._names = names
        self._writer = writer
        self._model_name = model_name
        self._disclosure = disclosure

    async def events(self, query: ParsedQuery, paragraphs: Paragraphs) -> AsyncGenerator[Event, None]:
        """Each sentence that may be shown, then the answer with its quotes and what was searched."""
        extract = _without_search(query, paragraphs)
        if extract is None:
            extract = await in_thread(self._extractor.extract, query, paragraphs)
            final = extract.abstention is not None and extract.abstention.final
            if self._writer is not None and not final:
                async with aclosing(self._by_model(query, paragraphs, self._writer, extract)) as events:
                    async for event in events:
                        yield event
                return
        for event in await in_thread(self._extracted, query, paragraphs, extract):
            yield event

    async def _by_model(
        self, query: ParsedQuery, paragraphs: Paragraphs, writer: ModelWriter, fallback: Extract
    ) -> AsyncGenerator[Event, None]:
        offered = (paragraphs if self._disclosure is None else self._disclosure.shown(paragraphs))[:_SOURCES]
        failure = "what was found may not be shown to the language model"
        try:
            if offered:
                async with aclosing(writer.write(query.text, offered)) as written:
                    async for part in written:
                        if isinstance(part, Stated):
                            yield part
                        elif fallback.abstention is None and is_all_withheld(part.sentences, part.declined):
                            failure = "; ".join(filter(None, (part.failure, f"{ALL_WITHHELD}; this is quoted")))
                        else:
                            yield await in_thread(self._written, query, paragraphs, part)
                            return
        except ModelFailed as error:
            failure = str(error)
        for event in await in_thread(self._extracted, query, paragraphs, fallback, failure):
            yield event

    def _written(self, query: ParsedQuery, paragraphs: Paragraphs, written: Written) -> Answered:
        abstention = nothing_written(written.sentences, written.declined)
        extract = Extract(written.sentences, written.quotes, abstention)
        trace = {"model": self._model_name, "prompt_hash": prompt_hash(), "dropped_sources": written.dropped}
        return Answered(self._answer("llm", query, paragraphs, extract, written.failure, trace))

    def _extracted(
        self, query: ParsedQuery, paragraphs: Paragraphs, extract: Extract, note: str | None = None
    ) -> list[Event]:
        trace = {"model": None, "prompt_hash": None, "dropped_sources": 0}
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
            if paragraphs:
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
            trace=trace | {"index": {name: manifest.get(name) for name in ("model", "adapted", "parser", "schema")}},
        )


def _without_search(query: ParsedQuery, paragraphs: Paragraphs) -> Extract | None:
    """What a question about cited cables needs no search for.

    The abstention where a citation is unknown; the whole of the cited paragraphs; the summaries of the cited cables
    where the question asks what they say. None for every other question.
    """
    if abstention := unknown_citation(query):
        return abstained(abstention)
    wanted = len(query.cited.paragraphs)
    if not wanted and _WHOLE_CABLE.search(query.text):
        wanted = len(query.cited.cables)
    if not wanted:
        return None
    return quoted([QuotedSpan(source, span) for source in paragraphs[:wanted] for span in source.sentences])


def _closest(paragraphs: Paragraphs, extract: Extract) -> tuple[str, ...]:
    """What to read instead of an answer: a paragraph quoted with the reason, then the best ones found."""
    keys = (*(quote.key for quote in extract.quotes), *(paragraph.key for paragraph in paragraphs))
    return tuple(dict.fromkeys(keys))[:_CLOSEST]
