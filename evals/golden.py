"""Golden questions: what a right answer must find and say, read from JSON lines."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evals.jsonl import json_lines
from rag.errors import BadInput
from rag.paragraph_key import ParagraphKey

Half = Literal["tune", "test"]

_FIELDS = ("id", "type", "question", "gold", "facts", "answer")

Alternatives = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One golden question.

    Each inner tuple of `gold` is one required piece of evidence and holds the keys of the paragraphs that each
    suffice for it; each inner tuple of `facts` holds the accepted spellings of one fact. Empty `gold` means that
    the right response is to abstain or to correct the premise.
    """

    id: str
    type: str
    question: str
    gold: Alternatives = ()
    facts: Alternatives = ()
    answer: str = ""

    @property
    def half(self) -> Half:
        """The half of its set this question belongs to."""
        return half(self.id)

    @property
    def answerable(self) -> bool:
        """Whether the archive holds an answer."""
        return bool(self.gold)

    @property
    def keys(self) -> tuple[str, ...]:
        """All gold keys, flattened, each once."""
        return tuple(dict.fromkeys(key for alternatives in self.gold for key in alternatives))

    @property
    def cables(self) -> frozenset[str]:
        """Ids of the cables the evidence is in."""
        return frozenset(key.partition("#")[0] for key in self.keys)


@dataclass(frozen=True, slots=True)
class GoldenSet:
    """The questions of one file; `name` is the file's name without its ending."""

    name: str
    questions: tuple[Question, ...]


def half(question_id: str) -> Half:
    """`tune` or `test`, by the SHA-256 of the id: fixed once and for all, whatever else is in the set.

    Weights, thresholds and prompts are chosen on `tune`; figures are reported and gated on `test`.
    """
    return "tune" if hashlib.sha256(question_id.encode()).digest()[0] % 2 == 0 else "test"


def load(paths: Iterable[Path]) -> list[GoldenSet]:
    """The golden sets in these files, in order. Fields that are not known are ignored.

    Raises:
        BadInput: a file cannot be read, a line is malformed, lacks a field or repeats an id; the message names
            the file, the line and what is wrong.
    """
    seen: dict[str, str] = {}
    sets: list[GoldenSet] = []
    for path in paths:
        questions: list[Question] = []
        for where, fields in json_lines(path):
            question = _question(where, fields)
            if question.id in seen:
                raise BadInput(f"{where}: the id {question.id!r} is already used at {seen[question.id]}")
            seen[question.id] = where
            questions.append(question)
        if not questions:
            raise BadInput(f"{path}: no question in it; write one JSON object a line")
        sets.append(GoldenSet(path.stem, tuple(questions)))
    return sets


def _question(where: str, fields: dict[str, Any]) -> Question:
    missing = [name for name in _FIELDS if name not in fields]
    if missing:
        raise BadInput(f"{where}: missing {', '.join(missing)}")
    for name in ("id", "type", "question", "answer"):
        if not isinstance(fields[name], str):
            raise BadInput(f"{where}: {name} must be text, not {json.dumps(fields[name])[:40]}")
    for name in ("id", "type", "question"):
        if not fields[name].strip():
            raise BadInput(f"{where}: {name} is empty")
    gold = _parsed_keys(where, _alternatives(where, "gold", fields["gold"]))
    facts = _alternatives(where, "facts", fields["facts"])
    return Question(fields["id"], fields["type"], fields["question"], gold, facts, fields["answer"])


def _alternatives(where: str, name: str, value: object) -> Alternatives:
    shape = f"{where}: {name} must be a list of lists of text, none of them empty"
    if not isinstance(value, list):
        raise BadInput(shape)
    for inner in value:
        if not isinstance(inner, list) or not inner:
            raise BadInput(shape)
        if not all(isinstance(each, str) and each.strip() for each in inner):
            raise BadInput(shape)
    return tuple(tuple(inner) for inner in value)


def _parsed_keys(where: str, gold: Alternatives) -> Alternatives:
    """The keys in the spelling the archive uses, so that `2008TOKYO002367#3` finds its paragraph."""
    try:
        return tuple(tuple(str(ParagraphKey.parse(key)) for key in alternatives) for alternatives in gold)
    except BadInput as error:
        raise BadInput(f"{where}: gold: {error}") from error
