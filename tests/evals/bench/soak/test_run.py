from pathlib import Path

import pytest

from evals.bench.soak.run import SoakPlan, soak


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_short_soak_finds_nothing(tmp_path: Path) -> None:
    variables = {"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False", "CABLES_ENCODER": "torch"}
    result = soak(SoakPlan(tmp_path, 8, variables, writer_pause=0.5, sample_seconds=1)).json()
    assert result["faults"] == []
    assert result["restarts"] == {"restarted": 1, "killed": 1}
    assert result["archive"]["cables held"] > 16
    assert {"ask", "search", "cables ingest", "cables verify"} <= result["requests"].keys()
