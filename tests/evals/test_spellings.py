"""The eval of spellings."""

import json
from pathlib import Path

import pytest

from evals.spellings import ReadSpelling, SpellingCase, main, read_spelling, spellings_table
from rag.index.lexical import LexicalIndex
from tests.rag.samples import make_cable


def test_a_case_is_read_as_a_question_is() -> None:
    lexical = LexicalIndex(None)
    lexical.replace([make_cable("08QUILL1", "Leader Qadhafi of Libya met envoy Pemberwick.", subject=None)])
    case = SpellingCase.of({"asked": "Khadafi", "held": ["Qadhafi"], "not": ["Lavrik"], "kind": "sound"})
    assert read_spelling(case, lexical, ()).read == ("Qadhafi",)
    assert read_spelling(SpellingCase("Pemberwik", ("Pemberwick",)), lexical, ()).read == ("Pemberwick",)
    assert read_spelling(SpellingCase("Zorin", ()), lexical, ()).read == ()


def test_found_astray_and_merged_are_told_apart() -> None:
    case = SpellingCase("Qaida", ("Qa'ida", "Qaeda"), wrong=("Kadi",), also=("Kaida",))
    read = ReadSpelling(case, ("Qaeda", "Kaida", "Kadi"))
    assert (read.found, read.astray, read.merged) == (1, frozenset({"kadi"}), frozenset({"kadi"}))
    rows = spellings_table([read], "tune").rows
    assert rows[0] == ("all", "1", "1/2 0.50", "1/1 1.00", "1/2 0.50", "0/1 0.00")


def test_it_prints_a_table_and_what_was_wrong(
    tmp_path: Path, sample_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "spellings.jsonl"
    row = {"id": "spell-1", "asked": "Starki", "held": ["Nobody"], "kind": "sound", "trap": False}
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main([str(file), "--store", str(sample_store), "--half", "both", "--show"]) == 0
    printed = capsys.readouterr().out
    assert "Names as they are spelled" in printed and "Starki: missed ['nobody']" in printed
