import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.golden import GoldenQuestion, half, load
from rag.errors import BadInput

GOOD: dict[str, Any] = {
    "id": "q-1",
    "type": "fact",
    "question": "How many cranes?",
    "gold": [["07OSTERMERE10#1", "07OSTERMERE10#2"], ["07QUILLHAVEN20#5~2"]],
    "facts": [["forty", "40"]],
    "answer": "Forty.",
}


def written(folder: Path, *lines: str, name: str = "harbour.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def refused(path: Path, *others: Path) -> str:
    with pytest.raises(BadInput) as caught:
        load([path, *others])
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_reads_a_set_and_ignores_fields_it_does_not_know(tmp_path: Path) -> None:
    [golden] = load([written(tmp_path, json.dumps(GOOD | {"reviewer": "M. Pell"}), "", "  ")])
    [question] = golden.questions
    assert golden.name == "harbour"
    assert question.gold == (("07OSTERMERE10#1", "07OSTERMERE10#2"), ("07QUILLHAVEN20#5~2",))
    assert question.facts == (("forty", "40"),)
    assert question.keys == ("07OSTERMERE10#1", "07OSTERMERE10#2", "07QUILLHAVEN20#5~2")
    assert question.cables == {"07OSTERMERE10", "07QUILLHAVEN20"}


def test_keys_are_brought_to_the_spelling_of_the_archive(tmp_path: Path) -> None:
    [golden] = load([written(tmp_path, json.dumps(GOOD | {"gold": [["2007 Ostermere 00010#1"]]}))])
    assert golden.questions[0].gold == (("07OSTERMERE10#1",),)


def test_a_follow_up_has_the_questions_before_it(tmp_path: Path) -> None:
    [golden] = load([written(tmp_path, json.dumps(GOOD | {"history": ["Who built the port?", "When?"]}))])
    assert golden.questions[0].history == ("Who built the port?", "When?")
    assert golden.questions[0].searched == "When? How many cranes?"
    assert "history must be a list" in refused(written(tmp_path, json.dumps(GOOD | {"history": "When?"})))


def test_empty_gold_means_to_be_declined(tmp_path: Path) -> None:
    [golden] = load([written(tmp_path, json.dumps(GOOD | {"type": "unanswerable", "gold": [], "facts": []}))])
    assert not golden.questions[0].answerable


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not JSON"),
        ('["a list"]', "a JSON object is wanted"),
        ("[" * 100_000, "not JSON"),
        (json.dumps({"id": "q-2", "type": "fact", "question": "Why?", "gold": []}), "missing facts, answer"),
        (json.dumps(GOOD | {"id": 7}), "id must be text"),
        (json.dumps(GOOD | {"id": "  "}), "id is empty"),
        (json.dumps(GOOD | {"id": "q-2", "gold": ["07OSTERMERE10#1"]}), "gold must be a list of lists"),
        (json.dumps(GOOD | {"id": "q-2", "gold": [[]]}), "gold must be a list of lists"),
        (json.dumps(GOOD | {"id": "q-2", "facts": "forty"}), "facts must be a list of lists"),
        (json.dumps(GOOD | {"id": "q-2", "facts": [["forty", 40]]}), "facts must be a list of lists"),
        (json.dumps(GOOD | {"id": "q-2", "gold": [["07OSTERMERE10"]]}), "not a paragraph key: '07OSTERMERE10'"),
        (json.dumps(GOOD), "the id 'q-1' is already used at"),
    ],
)
def test_a_bad_line_is_named_by_file_and_number(tmp_path: Path, line: str, complaint: str) -> None:
    message = refused(written(tmp_path, json.dumps(GOOD), "", line))
    assert "harbour.jsonl:3: " in message
    assert complaint in message


def test_an_id_may_not_return_in_another_file(tmp_path: Path) -> None:
    first = written(tmp_path, json.dumps(GOOD))
    second = written(tmp_path, json.dumps(GOOD), name="orchard.jsonl")
    assert "orchard.jsonl:1: the id 'q-1' is already used at" in refused(first, second)


def test_line_separators_inside_text_do_not_shift_the_line_numbers(tmp_path: Path) -> None:
    odd = json.dumps(GOOD | {"answer": "one\u2028two\x85three"}, ensure_ascii=False)
    assert "harbour.jsonl:2: not JSON" in refused(written(tmp_path, odd, "{"))


def test_a_file_that_is_not_there_binary_or_empty(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refused(tmp_path / "none.jsonl")
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in refused(binary)
    assert "no question in it" in refused(written(tmp_path, ""))


def test_halves_never_change() -> None:
    # From the first byte of each SHA-256; a change here would move questions between tuning and testing.
    halves = ["tune", "tune", "test", "tune", "test", "tune", "test", "test"]
    assert [half(f"wl-{number:03d}") for number in range(1, 9)] == halves


def test_questions_about_one_cable_share_a_cluster_and_others_stand_alone() -> None:
    asked = GoldenQuestion("a", "fact", "Who?", (("07OSTERMERE10#1", "07QUILLHAVEN20#1"), ("07QUILLHAVEN20#2",)))
    assert asked.cluster == "07OSTERMERE10"
    assert GoldenQuestion("b", "unanswerable", "Who?").cluster == "b"


def test_a_digest_is_of_what_scores_depend_on() -> None:
    asked = GoldenQuestion("a", "fact", "Who?", (("07OSTERMERE10#1",),), (("Fenn",),), "Fenn did.")
    assert asked.digest == replace(asked, id="b", type="why", answer="It was Fenn.").digest
    assert len(asked.digest) == 16
    assert asked.digest != replace(asked, facts=(("Premier Fenn",),)).digest
