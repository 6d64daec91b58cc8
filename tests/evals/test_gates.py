from pathlib import Path

import pytest

from evals.evaluation import Evaluation
from evals.gates import Floor, check_floors, gate_table, load_gates
from evals.golden import Half
from evals.metrics import ScoredQuestion
from evals.run import Run
from rag.errors import BadInput


def evaluation(*recalls: float, name: str = "harbour", half: Half = "test") -> Evaluation:
    scored = tuple(
        ScoredQuestion(f"q-{number}", "fact", half, {"recall@5": each, "missed@5": 1 - each})
        for number, each in enumerate(recalls)
    )
    return Evaluation(Run(name, (), (), scored))


def written(folder: Path, text: str) -> Path:
    path = folder / "gates.toml"
    path.write_text(text)
    return path


def floors(folder: Path, text: str) -> tuple[Floor, ...]:
    return load_gates(written(folder, text)).floors


def test_a_figure_at_its_floor_passes_and_one_below_fails(tmp_path: Path) -> None:
    bounds = floors(tmp_path, '[harbour.test]\n"recall@5" = { least = 0.75 }')
    assert [each.passed for each in check_floors([evaluation(1, 1, 1, 0)], bounds)] == [True]
    [failed] = check_floors([evaluation(1, 1, 0, 0)], bounds)
    assert not failed.passed
    assert str(failed) == "FAIL harbour test: recall@5 0.500 (≥ 0.75)"
    assert gate_table([failed]).rows == [["harbour", "test", "recall@5", "0.500", "≥ 0.75", "FAILED"]]


def test_a_ceiling(tmp_path: Path) -> None:
    bounds = floors(tmp_path, '[harbour.all]\n"missed@5" = { most = 1 }')
    assert check_floors([evaluation(1, 0)], bounds)[0].passed
    assert not check_floors([evaluation(0, 0)], bounds)[0].passed


def test_thirds_are_not_lost_to_rounding(tmp_path: Path) -> None:
    bounds = floors(tmp_path, '[harbour.all]\n"recall@5" = { least = 0.7 }')
    assert check_floors([evaluation(*[0.7] * 10)], bounds)[0].passed


def test_a_floor_is_over_its_own_part_of_its_own_set(tmp_path: Path) -> None:
    bounds = floors(
        tmp_path, '[harbour.tune]\n"recall@5" = { least = 0.5 }\n[orchard.all]\n"recall@5" = { least = 0.5 }'
    )
    [verdict] = check_floors([evaluation(1, 1)], bounds)
    assert verdict.floor.part == "tune"
    assert not verdict.passed  # no question of that half was asked: an empty set proves nothing
    assert verdict.figure == "no question asked"


def test_a_set_without_floors_is_an_error_not_a_pass(tmp_path: Path) -> None:
    bounds = floors(tmp_path, '[orchard.all]\n"recall@5" = { least = 0.5 }')
    with pytest.raises(BadInput, match=r"no floor is set for harbour; the gates have floors for orchard"):
        check_floors([evaluation(1)], bounds)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[harbour", "not TOML"),
        ("harbour = 1", "harbour: a table is wanted"),
        ("[harbour.some]\nmrr = { least = 1 }", "unknown part 'some'"),
        ("[harbour.all]\nmmr = { least = 1 }", "harbour.all.mmr: unknown metric"),
        ("[harbour.all]\nmrr = 0.5", "harbour.all.mrr: write { least = NUMBER }"),
        ("[harbour.all]\nmrr = { least = true }", "harbour.all.mrr: write"),
        ("[harbour.all]\nmrr = { least = 0.5, most = 1 }", "harbour.all.mrr: write"),
        ("protected = 'mrr'", "protected: a list is wanted"),
        ("protected = ['mmr']", "protected: a list is wanted of metrics among"),
    ],
)
def test_a_wrong_gate_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(BadInput) as caught:
        load_gates(written(tmp_path, text))
    assert complaint in str(caught.value)


def test_the_gates_of_the_project_can_be_read() -> None:
    gates = load_gates()
    assert {floor.golden for floor in gates.floors} == {"sample", "tokyo", "wikileaks", "local-llm"}
    assert {"recall@5", "false_abstention", "quote_fidelity"} <= set(gates.protected)


def test_without_a_list_nothing_is_protected(tmp_path: Path) -> None:
    assert load_gates(written(tmp_path, "")).protected == ()
