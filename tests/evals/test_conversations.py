"""Golden conversations: read, held and scored."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.conversations import GoldenTurn, load_conversations, main, measure
from rag.archive import Archive
from rag.errors import BadInput

LIGHT = "Whose idea was it to switch the Gannet Rock light back on?"
TURNS: list[dict[str, Any]] = [
    {"question": LIGHT, "kind": "content", "gold": [["07QUILLHAVEN2340#5"]]},
    {"question": "Which cable is that from?", "kind": "cable_of_answer", "cables": ["07QUILLHAVEN2340"]},
    {"question": "How far will the wheat duty fall, and by when?", "kind": "content", "leans": False},
]


def written(folder: Path, *lines: object) -> Path:
    path = folder / "talks.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_a_conversation_is_held_as_a_client_would(sample: Archive, tmp_path: Path) -> None:
    asks_back = [{"question": "and the other one?", "kind": "ask_back"}]
    path = written(tmp_path, {"id": "talk-1", "turns": TURNS}, {"id": "talk-2", "turns": asks_back})
    scores, rows = measure(sample, load_conversations(path))
    means = {name: sum(of) / len(of) for name, of in scores.scores.items()}
    assert means["recall@5, turn 1"] == means["names the cable"] == means["asks back"] == means["left as it is"] == 1.0
    assert means["asks back without need"] == 0.0
    assert [(row["id"], row["turn"]) for row in rows] == [("talk-1", 1), ("talk-1", 2), ("talk-1", 3), ("talk-2", 1)]
    assert "names the cable" in str(scores.table().rows)


def test_the_halves_share_the_conversations(tmp_path: Path) -> None:
    path = written(tmp_path, *({"id": f"talk-{number}", "turns": TURNS} for number in range(8)))
    halves = [[each.id for each in load_conversations(path, part)] for part in ("tune", "test")]
    assert all(halves) and sorted([*halves[0], *halves[1]]) == [each.id for each in load_conversations(path)]
    assert load_conversations(path)[0].turns[2] == GoldenTurn(TURNS[2]["question"], "content", standalone=True)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"id": "talk-1", "turns": []}, "a conversation has an id and turns"),
        ({"id": "talk-1", "turns": [{"kind": "more"}]}, "turn 1: a turn has a question"),
        ({"id": "talk-1", "turns": [{"question": "Who?", "kind": "odd"}]}, "turn 1: kind must be one of content"),
    ],
)
def test_a_malformed_line_is_told(tmp_path: Path, line: object, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        load_conversations(written(tmp_path, line))


def test_a_file_that_is_missing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.jsonl"), "--store", str(tmp_path)]) == 1
    assert "cannot be read" in capsys.readouterr().err
