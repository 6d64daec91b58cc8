"""Kept answers without what was withdrawn: they hold quotations, and words of readers who may repeat them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from rag.catalog.occurrences import strings_in
from rag.catalog.tables import kept_answers
from rag.catalog.tombstones import stones_of
from rag.domain.answer import Answer
from rag.domain.answer_table import CABLE, PARAGRAPH, AnswerTable
from rag.domain.kept_answer import ERASED
from rag.domain.name_digest import NameDigest, replace_names, word_runs
from rag.domain.paragraph_key import cable_id_of, locator_of

_QUOTED_WORDS = 5  # in a row, by which a text quotes a paragraph
_TEXTS = ("question", "reason", "sentences", "citations", "filters", "searched", "table", "unanswered")
_NO_TEXT = ("key", "url", "citations", "field", "columns")
"""Fields within these that hold keys and names of fields."""

Row = dict[str, Any]


def erase_from_kept_answers(
    connection: Connection, keys: Collection[str], texts: Sequence[str], name: NameDigest | None
) -> None:
    """Take these paragraphs and cables out of all kept answers; with `name`, replace it in all of them.

    `keys` are keys of paragraphs and ids of cables, `texts` their texts. A kept answer that cites or quotes one of
    them loses its question and note, and each sentence and table that rests on it; the rest stays.
    """
    runs = frozenset[tuple[str, ...]]() if name else frozenset(run for text in texts for run in _runs(text))
    for mapping in connection.execute(select(kept_answers)).mappings().all():
        row = dict(mapping)
        changed = _without_names(row, [name], keys) if name else _without_sources(row, frozenset(keys), runs)
        if changed != row:
            connection.execute(update(kept_answers).where(kept_answers.c.id == row["id"]).values(changed))


def without_withdrawn_words(connection: Connection, row: Mapping[str, Any]) -> Row:
    """A kept answer that is about to be written: it may have been made before a withdrawal.

    Sentences that rest on what was withdrawn are left out. Names redacted in the cables it cites are replaced.
    """
    kept, gone, names = dict(row), set[str](), list[NameDigest]()
    for key in _sources(row["answer"]):
        stones = stones_of(connection, cable_id_of(key))
        names += (stone.name for stone in stones if stone.name is not None)
        places = [stone.locator for stone in stones if stone.name is None]
        if None in places or (locator_of(key) or None) in places:
            gone.add(key)
    if gone:
        words = {name: kept[name] for name in ("note", "asked")}  # a reader's own
        kept = _without_sources(kept, frozenset(gone), frozenset()) | words
    return _without_names(kept, names, ()) if names else kept


def _without_sources(row: Row, gone: frozenset[str], runs: frozenset[tuple[str, ...]]) -> Row:
    """The row without what cites one of the keys in `gone` or has one of the runs of words; unchanged if nothing."""

    def rests(keys: Collection[str], text: str) -> bool:
        return not gone.isdisjoint(keys) or not runs.isdisjoint(_runs(text))

    answer: Row = row["answer"]
    texts = (text for value in (answer, row["asked"], row["note"]) for text in strings_in(value))
    if gone.isdisjoint(_sources(answer)) and not any(rests((), text) for text in texts):
        return row
    kept: Row = {
        "question": "",
        "reason": ERASED,
        "sentences": [
            each
            for each in answer["sentences"]
            if not rests(each["citations"], " ".join((each["text"], *each.get("missing", ()))))
        ],
        "citations": [
            each | {"quote": "", "start": 0, "end": 0} if rests([each["key"]], each["quote"]) else each
            for each in answer["citations"]
        ],
        "filters": [],
        "searched": {},
        "table": None,
        "unanswered": [],
    }
    return row | {
        "answer": _as_object(answer | kept),
        "asked": row["asked"] | {"question": ""},
        "note": "",
        "digests": {key: digest for key, digest in row["digests"].items() if key not in gone},
    }


def _without_names(row: Row, names: Sequence[NameDigest], keys: Collection[str]) -> Row:
    """The row with names replaced. The digests of `keys` go too: by them a name could be guessed."""

    def replaced(text: str) -> str:
        return replace_names(text, names)

    answer: Row = row["answer"]
    kept = _as_object(answer | {name: _mapped(answer[name], replaced) for name in _TEXTS})
    altered = {now["key"] for now, was in zip(kept["citations"], answer["citations"], strict=True) if now != was}
    return row | {
        "answer": kept,
        "asked": row["asked"] | {"question": replaced(row["asked"]["question"])},
        "note": replaced(row["note"]),
        "digests": {key: digest for key, digest in row["digests"].items() if key not in altered.union(keys)},
    }


def _as_object(answer: Row) -> Row:
    """The `ask` object with its text made anew."""
    return Answer.from_json(answer).json()


def _sources(answer: Row) -> set[str]:
    """Keys of the paragraphs and ids of the cables that an `ask` object cites or lists."""
    parsed = Answer.from_json(answer)
    return {*parsed.cited, *(_listed(parsed.table) if parsed.table else ())}


def _listed(table: AnswerTable) -> Iterator[str]:
    places = [place for place, name in enumerate(table.columns) if name in (CABLE, PARAGRAPH)]
    return (str(row[place]) for row in table.rows for place in places if row[place])


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """The JSON value with each of its texts changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: each if name in _NO_TEXT else _mapped(each, change) for name, each in value.items()}
    return [_mapped(each, change) for each in value] if isinstance(value, list) else value


def _runs(text: str) -> list[tuple[str, ...]]:
    return word_runs(text, _QUOTED_WORDS)
