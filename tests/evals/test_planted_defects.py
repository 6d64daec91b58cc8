import pytest

from evals.planted_defects import DEFECTS, main
from evals.probes import PROBES


def test_every_probe_is_seen_to_fail() -> None:
    assert {f"probe: {name}" for name in PROBES} <= {defect.caught_by for defect in DEFECTS}
    assert len({defect.name for defect in DEFECTS}) == len(DEFECTS) == 10


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_gate_passes_the_sample_and_catches_each_defect(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == [f"caught {defect.name}" for defect in DEFECTS]
