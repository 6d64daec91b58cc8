"""Golden questions, read from JSON lines: the evidence and facts that a right answer needs."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evals.jsonl import read_json_lines
from rag.domain.paragraph_key import ParagraphKey, cable_id_of
from rag.errors import BadInput

Half = Literal["tune", "test"]

_FIELDS = ("id", "type", "question", "gold", "facts", "answer")

Alternatives = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """One golden question.

    Each inner tuple of `gold` is one required piece of evidence and holds the keys of the paragraphs that each
    suffice for it; each inner tuple of `facts` holds the accepted spellings of one fact. Empty `gold` means that
    the right response is to abstain or to correct the premise. `history` holds what the same reader asked before.
    """

    id: str
    type: str
    question: str
    gold: Alternatives = ()
    facts: Alternatives = ()
    answer: str = ""
    history: tuple[str, ...] = ()

    @property
    def half(self) -> Half:
        """The half of its set this question belongs to."""
        return half(self.id)

    @property
    def searched(self) -> str:
        """What a search gets that knows no conversation: the question, after the one before it."""
        return " ".join((*self.history[-1:], self.question))

    @property
    def answerable(self) -> bool:
        """Whether the archive holds an answer."""
        return bool(self.gold)

    @property
    def keys(self) -> tuple[str, ...]:
        """All gold keys, flattened, without repeats."""
        return tuple(dict.fromkeys(key for alternatives in self.gold for key in alternatives))

    @property
    def digest(self) -> str:
        """The first 16 hex digits of the SHA-256 of what its scores depend on: question, history, gold and facts."""
        asked = json.dumps([self.question, self.history, self.gold, self.facts], ensure_ascii=False)
        return hashlib.sha256(asked.encode()).hexdigest()[:16]

    @property
    def cluster(self) -> str:
        """What it shares its luck with: the first cable of its evidence; without evidence, nothing but itself."""
        return cable_id_of(self.gold[0][0]) if self.gold else self.id

    @property
    def cables(self) -> frozenset[str]:
        """Ids of the cables the evidence is in."""
        return frozenset(cable_id_of(key) for key in self.keys)


@dataclass(frozen=True, slots=True)
class GoldenSet:
    """The questions of one file; `name` is the file's name without its ending."""

    name: str
    questions: tuple[GoldenQuestion, ...]


def half(question_id: str) -> Half:
    """`tune` or `test`, by the SHA-256 of the id, so that it does not depend on the rest of the set.

    Weights, thresholds and prompts are chosen on `tune`; figures are reported and gated on `test`.
    """
    return "tune" if hashlib.sha256(question_id.encode()).digest()[0] % 2 == 0 else "test"


def load(paths: Iterable[Path]) -> list[GoldenSet]:
    """The golden sets in these files, in order. Unknown fields are ignored.

    Raises:
        BadInput: a file cannot be read, a line is malformed, lacks a field or repeats an id; the message names
            the file, the line and what is wrong.
    """
    seen: dict[str, str] = {}
    sets: list[GoldenSet] = []
    for path in paths:
        questions: list[GoldenQuestion] = []
        for where, fields in read_json_lines(path):
            question = _question(where, fields)
            if question.id in seen:
                raise BadInput(f"{where}: the id {question.id!r} is already used at {seen[question.id]}")
            seen[question.id] = where
            questions.append(question)
        if not questions:
            raise BadInput(f"{path}: no question in it; write one JSON object a line")
        sets.append(GoldenSet(path.stem, tuple(questions)))
    return sets


def _question(where: str, fields: dict[str, Any]) -> GoldenQuestion:
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
    history = fields.get("history", [])
    if not isinstance(history, list) or not all(isinstance(text, str) and text.strip() for text in history):
        raise BadInput(f"{where}: history must be a list of questions")
    return GoldenQuestion(
        fields["id"], fields["type"], fields["question"], gold, facts, fields["answer"], tuple(history)
    )


def _alternatives(where: str, name: str, value: object) -> Alternatives:
    shape = f"{where}: {name} must be a list of lists of text, none of them empty"
    if not isinstance(value, list):
        raise BadInput(shape)
    for inner in value:
        if not isinstance(inner, list) or not inner:
            raise BadInput(shape)
        if not all(isinstance(text, str) and text.strip() for text in inner):
            raise BadInput(shape)
    return tuple(tuple(inner) for inner in value)


def _parsed_keys(where: str, gold: Alternatives) -> Alternatives:
    """The keys in the spelling the archive uses, so that `2008TOKYO002367#3` finds its paragraph."""
    try:
        return tuple(tuple(str(ParagraphKey.parse(key)) for key in alternatives) for alternatives in gold)
    except BadInput as error:
        raise BadInput(f"{where}: gold: {error}") from error
