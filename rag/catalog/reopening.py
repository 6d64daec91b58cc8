"""Opening a kept answer: what its reader may see of it now, and what became of its sources."""

from collections.abc import Collection
from dataclasses import replace

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.cited_sources import CitedSource, cited_sources, readable
from rag.domain.answer import Answer, Condition
from rag.domain.answer_table import CABLE, PARAGRAPH, AnswerTable, Cell
from rag.domain.kept_answer import KeptAnswer, ReopenedAnswer, SourceStatus

NARROWER = "this was answered to a reader who may see more; what rests on more than the shown sources is left out"
"""The reason of an answer that is opened under a narrower clearance than it was given under."""


def reopen(kept: KeptAnswer, catalog: CatalogReader) -> ReopenedAnswer:
    """The kept answer for the catalog's reader.

    A sentence is shown where this reader may see all that it cites. To a reader who may see less than the one who was
    answered, the kept words of a paragraph that was changed since are not shown either, nor anything without a source.
    """
    answer, covered = kept.answer, kept.is_within(catalog.reader)
    sources = cited_sources(catalog, answer.cited)
    statuses = {key: _status(sources.get(key), kept.digests.get(key)) for key in answer.cited}

    def may_show(keys: Collection[str]) -> bool:
        as_they_were = all(statuses[key] == "unchanged" for key in keys)
        visible = all(key in sources and sources[key].is_open for key in keys)
        return (visible or as_they_were) if covered else (bool(keys) and as_they_were)

    sentences = tuple(each for each in answer.sentences if may_show(each.citations))
    shown = replace(
        answer,
        sentences=sentences,
        quotes=tuple(
            each if may_show([each.key]) else replace(each, quote="", start=0, end=0) for each in answer.quotes
        ),
        retrieved=_visible(answer.retrieved, catalog),
        closest=_visible(answer.closest, catalog),
        table=_table(answer.table, catalog) if covered and answer.table else None,
    )
    if not covered:
        shown = _narrowed(shown, kept)
    return ReopenedAnswer(kept, shown, statuses, len(answer.sentences) - len(sentences))


def _status(source: CitedSource | None, digest: str | None) -> SourceStatus:
    if source is None:
        return "gone"
    return "unchanged" if source.digest == digest else "changed"


def _narrowed(answer: Answer, kept: KeptAnswer) -> Answer:
    """Without what tells of more than its citations: counts, names read in the question, parts left open."""
    explicit = tuple(Condition(field, value) for field, value in kept.asked.filters.conditions())
    return replace(answer, question=kept.asked.question, reason=NARROWER, filters=explicit, searched={}, unanswered=())


def _visible(keys: tuple[str, ...], catalog: CatalogReader) -> tuple[str, ...]:
    found = readable(catalog, keys)
    return tuple(key for key in keys if key in found)


def _table(table: AnswerTable, catalog: CatalogReader) -> AnswerTable:
    """The table with the cells emptied that tell of cables and paragraphs which this reader may not see now."""
    places = [place for place, name in enumerate(table.columns) if name in (CABLE, PARAGRAPH)]
    seen = readable(catalog, sorted({str(row[place]) for row in table.rows for place in places if row[place]}))

    def emptied(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        keys = [str(row[place]) for place in places if row[place]]
        if all(seen.get(key) for key in keys):
            return row
        public = {CABLE, PARAGRAPH, "held", *(("date",) if all(key in seen for key in keys) else ())}
        return tuple(cell if name in public else None for name, cell in zip(table.columns, row, strict=True))

    rows = tuple(map(emptied, table.rows))
    return replace(table, rows=rows, complete=table.complete and rows == table.rows)
