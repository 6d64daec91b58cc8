import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from evals.golden import half
from evals.jsonl import read_json_lines
from evals.shapes_expected import SHAPES, bundled, expected, main, names, parsed, recomputed, selected
from rag.domain.cable import Cable
from rag.errors import BadInput
from tests.evals.invented import HARBOUR, ORCHARD, cable

HARBOUR_WORKS = replace(
    cable("07OSTERMERE10", "HARBOUR WORKS", HARBOUR),
    tags=("EWWT", "PGOV"),
    signers=("QUENBY",),
    classified_by=("Silas B. Quenby",),
    references=("06PORTZEPHYR112",),
    classification="UNCLASSIFIED//FOR OFFICIAL USE ONLY",
    caveats=("NOFORN",),
)
PEAR_TAX = replace(
    cable("08PORTZEPHYR20", "PEAR TAX", ORCHARD),
    post="PORT ZEPHYR",
    date=datetime(2008, 12, 31, 23, 59, tzinfo=UTC),
    tags=("PGOV", "ETRD", "EWWT"),
    signers=("OAKHOLLOW",),
    classification="SECRET",
)
BEES = replace(
    cable("09OSTERMERE3", "Señor Brüel’s BEES", ("Nothing of note.",)),
    date=datetime(2009, 1, 1, tzinfo=UTC),
    tags=("PGOV", "EWWT", "ETRD"),
    signers=("QUENBY",),
    classification="SECRET",
)
UNDATED = replace(cable("09OSTERMERE4", "UNDATED", ("The mayor wrote.",)), date=None, tags=("PGOV",))
CABLES = (BEES, UNDATED, PEAR_TAX, HARBOUR_WORKS)


def wanted(kind: str, read: dict[str, Any] | None = None, /, **truth: Any) -> dict[str, Any]:
    return expected({"kind": kind, "truth": truth, "expected": read}, CABLES)


@pytest.mark.parametrize(
    ("truth", "ids"),
    [
        ({}, ["09OSTERMERE4", "07OSTERMERE10", "08PORTZEPHYR20", "09OSTERMERE3"]),
        ({"posts": ["Port Zephyr", "LANTERNBAY"]}, ["08PORTZEPHYR20"]),
        ({"tags": ["ETRD", "EWWT"]}, ["08PORTZEPHYR20", "09OSTERMERE3"]),
        ({"signers": ["QUENBY", "DUNMARROW"]}, ["07OSTERMERE10", "09OSTERMERE3"]),
        ({"names": ["quillhaven", "Consul"]}, ["07OSTERMERE10"]),
        ({"classification": "SECRET"}, ["08PORTZEPHYR20", "09OSTERMERE3"]),
        ({"from": "2008-12-31"}, ["08PORTZEPHYR20", "09OSTERMERE3"]),
        ({"to": "2008-12-31"}, ["07OSTERMERE10", "08PORTZEPHYR20"]),
        ({"from": "2008-01-01", "to": "2008-12-30"}, []),
        ({"order": "latest", "limit": 2}, ["09OSTERMERE3", "08PORTZEPHYR20"]),
        ({"order": "earliest", "limit": 1, "posts": ["OSTERMERE"]}, ["07OSTERMERE10"]),
    ],
)
def test_a_truth_selects_cables_that_fit_all_of_it(truth: dict[str, Any], ids: list[str]) -> None:
    assert [str(each.id) for each in selected(truth, CABLES)] == ids


def test_a_name_is_a_whole_word_whatever_its_case_and_accents() -> None:
    assert names(BEES, "senor  bruel")
    assert names(BEES, "Bruel's bees")
    assert not names(BEES, "Brue")
    assert names(HARBOUR_WORKS, "cranes") and not names(HARBOUR_WORKS, "crane")


def test_counts_and_lists_hold_the_cables() -> None:
    assert wanted("count", posts=["OSTERMERE"], to="2007-12-31") == {"count": 1, "cables": ["07OSTERMERE10"]}
    assert wanted("count", names=["Atlantis"]) == {"count": 0, "cables": []}
    assert wanted("list", order="latest", limit=1) == {"cables": ["09OSTERMERE3"], "complete": True}


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("signer", [["QUENBY"]]),
        ("date", [["2007-03-01", "1 March 2007", "March 1, 2007"]]),
        ("classification", [["UNCLASSIFIED//FOR OFFICIAL USE ONLY", "UNCLASSIFIED//FOUO"], ["NOFORN"]]),
        ("tags", [["EWWT"], ["PGOV"]]),
        ("subject", [["HARBOUR WORKS"]]),
        ("references", [["06PORTZEPHYR112", "06 PORTZEPHYR 112", "2006 PORTZEPHYR 112", "PORTZEPHYR 112"]]),
        ("classified_by", [["Silas B. Quenby", "Quenby"]]),
        ("post", [["OSTERMERE"]]),
        ("paragraphs", [["3"]]),
    ],
)
def test_a_field_of_one_cable(field: str, values: list[list[str]]) -> None:
    assert wanted("field", cable="07OSTERMERE10", field=field) == {"cable": "07OSTERMERE10", "values": values}


def test_topics_are_the_most_frequent_tags() -> None:
    assert wanted("topics", limit=3) == {"tags": ["PGOV", "EWWT", "ETRD"]}


def test_who_names_posts_and_signers() -> None:
    assert wanted("who", group="post", classification="SECRET") == {
        "values": [["OSTERMERE"], ["PORT ZEPHYR", "PORTZEPHYR"]]
    }
    assert wanted("who", group="signer", limit=1) == {"values": [["QUENBY"]]}
    assert wanted("who", group="signer") == {"values": [["OAKHOLLOW"], ["QUENBY"]]}


def test_what_is_absent_is_not_held() -> None:
    assert wanted("absent", absent="Paris", posts=["PARIS"]) == {"absent": "Paris"}


def test_what_was_read_is_kept_and_its_keys_are_held() -> None:
    read = {"entries": [{"date": "2007-03", "keys": ["07OSTERMERE10#2"]}], "sections": ["08PORTZEPHYR20"]}
    assert wanted("timeline", read, read=True) == read


@pytest.mark.parametrize(
    ("kind", "truth", "message"),
    [
        ("list", {"names": ["Atlantis"]}, "no cable fits"),
        ("count", {"form": "2007-01-01"}, "a truth has no form"),
        ("timeline", {"tags": ["PGOV"]}, "read it by hand"),
        ("field", {"cable": "99OSTERMERE1", "field": "date"}, "no date of 99OSTERMERE1"),
        ("field", {"cable": "09OSTERMERE4", "field": "date"}, "no date of 09OSTERMERE4"),
        ("field", {"cable": "08PORTZEPHYR20", "field": "references"}, "no references of"),
        ("topics", {"limit": 3, "classification": "SECRET"}, "a tie"),
        ("topics", {"limit": 2}, "too few tags"),
        ("absent", {"absent": "Ostermere", "posts": ["OSTERMERE"]}, "the archive holds 09OSTERMERE4"),
    ],
)
def test_a_truth_that_decides_nothing_is_refused(kind: str, truth: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        wanted(kind, **truth)


def test_two_cables_of_one_minute_have_no_order() -> None:
    twins: tuple[Cable, ...] = (*CABLES, replace(BEES, id=UNDATED.id))
    with pytest.raises(BadInput, match="order is open"):
        selected({"order": "latest", "limit": 1}, twins)


def test_keys_that_are_not_held_are_named() -> None:
    with pytest.raises(BadInput, match=r"not in the archive: 07OSTERMERE10#9$"):
        wanted("cable", {"gold": [["07OSTERMERE10#1", "07OSTERMERE10#9"]]}, read=True)


def test_questions_about_cables_that_are_not_at_hand_stay_as_they_are() -> None:
    row = {"id": "a", "archive": "away", "kind": "count", "truth": {}, "expected": {"count": 7}}
    assert recomputed([("f:1", row)], lambda name: None) == ([row], [])


def test_an_unknown_archive_is_named() -> None:
    with pytest.raises(BadInput, match="there is no archive 'nowhere'; name one of sample, "):
        bundled("nowhere")


def test_an_archive_holds_each_cable_of_its_folders_once(tmp_path: Path) -> None:
    sample = Path(SHAPES).parents[2] / "ingest" / "sample"
    (tmp_path / "copy.txt").write_bytes((sample / "08OSTERMERE71.txt").read_bytes())
    (tmp_path / "again.txt").write_bytes((sample / "08OSTERMERE71.txt").read_bytes())
    (tmp_path / "note.txt").write_text("no cable")
    assert [str(each.id) for each in parsed([tmp_path])] == ["08OSTERMERE71"]


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """A golden file of one question about the sample, with a wrong count."""
    path = tmp_path / "shapes.jsonl"
    truth = {"posts": ["OSTERMERE"], "from": "2008-01-01"}
    row = {"id": "a", "archive": "sample", "kind": "count", "question": "?", "truth": truth, "expected": {"count": 2}}
    path.write_text(json.dumps(row))
    return path


def test_a_difference_is_told_with_its_id_and_written_when_asked(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(golden)]) == 1
    assert "a: expected {'count': 2}, the archive gives {'count': 1, 'cables': ['08OSTERMERE71']}" in (
        capsys.readouterr().err
    )
    assert main([str(golden), "--write"]) == 0
    assert main([str(golden)]) == 0
    assert json.loads(golden.read_text())["expected"] == {"count": 1, "cables": ["08OSTERMERE71"]}


def test_a_file_with_a_truth_that_cannot_be_used_is_not_written(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = golden.read_text().replace('"count",', '"guess",')
    golden.write_text(before)
    assert main([str(golden), "--write"]) == 1
    assert "a: no rule decides a question of the kind 'guess'" in capsys.readouterr().err
    assert golden.read_text() == before
    assert main([str(golden.with_name("none.jsonl"))]) == 1


def bundled_rows(*archives: str) -> list[tuple[str, dict[str, Any]]]:
    return [(where, row) for where, row in read_json_lines(SHAPES) if row["archive"] in archives]


def test_the_bundled_questions_have_ids_of_their_own_and_both_halves() -> None:
    ids = [row["id"] for _, row in read_json_lines(SHAPES)]
    assert len(ids) == len(set(ids)) >= 120
    assert {half(question_id) for question_id in ids} == {"tune", "test"}


def test_the_bundled_questions_about_the_sample_are_right() -> None:
    rows = bundled_rows("sample")
    assert recomputed(rows) == ([row for _, row in rows], [])


def test_the_bundled_questions_about_tokyo_are_right(shared: Path) -> None:
    rows = bundled_rows("tokyo")
    assert recomputed(rows) == ([row for _, row in rows], [])


@pytest.mark.slow
def test_the_bundled_questions_about_the_pages_are_right(shared: Path) -> None:
    rows = bundled_rows("more")
    assert recomputed(rows) == ([row for _, row in rows], [])
