"""`python -m evals.conversations FILE --store DIR`: golden conversations, held as a client would hold them.

Every question is sent with the turns before it: what was asked, and the service's own answers with their citations.
Reports recall@5 by turn and by kind, how many answers name the cable they were asked for, how many ask back where they
should, and how many later questions that lean on nothing were left as they are.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from rich.console import Console

from evals.golden import Alternatives, Half, half
from evals.jsonl import read_json_lines, write_json_lines
from evals.ranking import places, recall
from evals.table import Table
from rag.answers.follow_ups import NONE_CITED, UNCLEAR
from rag.archive import Archive
from rag.domain.answer import Answer
from rag.domain.paragraph_key import cable_id_of
from rag.errors import BadInput, CablesError
from rag.query.conversation import Turn
from rag.query.query import Query
from rag.settings import Settings

Kind = Literal["content", "cable_of_answer", "more", "narrowed", "ask_back"]
_DEPTH = 5
_RECALL = f"recall@{_DEPTH}"


@dataclass(frozen=True, slots=True)
class GoldenTurn:
    """One question of a conversation and its evidence, as in `GoldenQuestion`; `cables` are those to be named.

    `standalone` (`"leans": false`) is set where the question leans on nothing said before.
    """

    question: str
    kind: Kind
    gold: Alternatives = ()
    cables: tuple[str, ...] = ()
    standalone: bool = False


@dataclass(frozen=True, slots=True)
class GoldenConversation:
    """Questions that one reader asks one after the other."""

    id: str
    turns: tuple[GoldenTurn, ...]

    @property
    def half(self) -> Half:
        """The half of its set this conversation belongs to."""
        return half(self.id)


@dataclass(slots=True)
class ConversationScores:
    """The scores of every turn, by what they are of: a turn's number, a kind, or a single rule."""

    scores: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, number: int, turn: GoldenTurn, answer: Answer) -> None:
        """Score one answer; `number` counts the turns of its conversation from 1."""
        if turn.kind == "ask_back":
            self.scores["asks back"].append(float(asks_back(answer)))
            return
        self.scores["asks back without need"].append(float(asks_back(answer)))
        if turn.standalone and number > 1:
            self.scores["left as it is"].append(float(answer.question == turn.question))
        if turn.kind == "cable_of_answer":
            named = {cable_id_of(quote.key) for quote in answer.quotes}
            self.scores["names the cable"].append(float(bool(turn.cables) and named >= set(turn.cables)))
            self.scores["names no other cable"].append(float(bool(turn.cables) and named == set(turn.cables)))
        if turn.gold:
            found = recall(places(answer.retrieved), turn.gold, _DEPTH)
            self.scores[f"{_RECALL}, turn {number}"].append(found)
            if number > 1:
                self.scores[f"{_RECALL}, follow-ups"].append(found)
                self.scores[f"{_RECALL}, {turn.kind}"].append(found)

    def table(self) -> Table:
        """One row a figure: its mean and of how many turns it is."""
        rows = [[name, f"{sum(of) / len(of):.3f}", str(len(of))] for name, of in sorted(self.scores.items())]
        return Table("conversations", ["figure", "mean", "turns"], rows)


def asks_back(answer: Answer) -> bool:
    """Whether the answer says that the question is not clear."""
    return answer.abstained and answer.reason in (UNCLEAR, NONE_CITED)


def load_conversations(path: Path, part: str = "all") -> list[GoldenConversation]:
    """The conversations of a file, or of one half of it.

    Raises:
        BadInput: the file cannot be read or a line is no conversation; the message says where.
    """
    conversations = [_conversation(where, fields) for where, fields in read_json_lines(path)]
    return [each for each in conversations if part in ("all", each.half)]


def hold(archive: Archive, conversation: GoldenConversation) -> Iterator[Answer]:
    """The answers to the questions of a conversation, each asked with the turns before it."""
    turns: list[Turn] = []
    for turn in conversation.turns:
        answer = archive.chain.invoke(Query(turn.question, turns=tuple(turns)))
        turns += [Turn("user", turn.question), Turn("assistant", answer.text or answer.reason or "")]
        yield answer


def measure(
    archive: Archive, conversations: Iterable[GoldenConversation]
) -> tuple[ConversationScores, list[dict[str, Any]]]:
    """The scores of these conversations, and a row for every turn: id, number, what was asked and the `ask` object."""
    scores, rows = ConversationScores(), list[dict[str, Any]]()
    for conversation in conversations:
        for number, (turn, answer) in enumerate(zip(conversation.turns, hold(archive, conversation), strict=True), 1):
            scores.add(number, turn, answer)
            rows.append({"id": conversation.id, "turn": number, "asked": turn.question, **answer.json()})
    return scores, rows


def _conversation(where: str, fields: dict[str, Any]) -> GoldenConversation:
    turns = fields.get("turns")
    if not isinstance(fields.get("id"), str) or not isinstance(turns, list) or not turns:
        raise BadInput(f"{where}: a conversation has an id and turns")
    read = (_turn(f"{where}: turn {number}", each) for number, each in enumerate(turns, 1))
    return GoldenConversation(fields["id"], tuple(read))


def _turn(where: str, fields: Any) -> GoldenTurn:
    if not isinstance(fields, dict) or not isinstance(fields.get("question"), str):
        raise BadInput(f"{where}: a turn has a question")
    if fields.get("kind") not in get_args(Kind):
        raise BadInput(f"{where}: kind must be one of {', '.join(get_args(Kind))}")
    gold = tuple(tuple(map(str, inner)) for inner in fields.get("gold") or ())
    cables = tuple(map(str, fields.get("cables") or ()))
    return GoldenTurn(fields["question"], fields["kind"], gold, cables, fields.get("leans") is False)


def main(arguments: Sequence[str]) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.conversations", description=__doc__)
    parser.add_argument("golden", type=Path, help="golden conversations, JSON lines")
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--part", choices=("all", "tune", "test"), default="all")
    parser.add_argument("--out", type=Path, help="write every answer here, one JSON object a line")
    chosen = parser.parse_args(arguments)
    console = Console()
    try:
        conversations = load_conversations(chosen.golden, chosen.part)
        with Archive(Settings(store=chosen.store)) as archive:
            scores, rows = measure(archive, conversations)
        if chosen.out:
            write_json_lines(chosen.out, rows)
    except CablesError as error:
        print(error, file=sys.stderr)
        return 1
    console.print(scores.table().rich())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
