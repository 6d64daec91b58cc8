import io

import pytest
from rich.console import Console

from evals.bench.soak.traffic import SoakExchange, Traffic
from evals.bench.soak.usage import UsageSample
from evals.bench.soak.verdict import SoakResult, print_table


def using(handles: float) -> list[UsageSample]:
    """Samples of a process that opens so many files every ten seconds."""
    return [UsageSample(7, 10.0 * number, 500.0, 40 + int(handles * number)) for number in range(30)]


@pytest.fixture
def result() -> SoakResult:
    traffic = Traffic()
    traffic.add(SoakExchange("ask", True, 1.0, 1.5, 200))
    traffic.add(SoakExchange("ask", False, 2.0, 2.5, 503, retry_after=True))
    return SoakResult(5, traffic, samples=using(handles=0.0), counts={"cables held": 20})


def printed(result: SoakResult) -> str:
    console = Console(file=io.StringIO(), width=200)
    print_table(console, result.json())
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_sound_soak_passes(result: SoakResult) -> None:
    body = result.json()
    assert (body["passed"], body["faults"]) == (True, [])
    assert body["failed"] == {"announced": 1, "unannounced": 0}
    assert body["requests"] == {"ask": {"count": 1, "p50_ms": 500.0, "p95_ms": 500.0}}
    assert "memory_mb: 500.0, +0.0 an hour: flat" in printed(result)
    assert "Nothing is wrong." in printed(result)


def test_growth_losses_and_errors_fail_it(result: SoakResult) -> None:
    result.traffic.add(SoakExchange("scan", False, 3.0, 3.5, 500, note="[red]boom"))
    result.findings.append("06SOAKPOINT1: lost write")
    result.samples = using(handles=1.0)
    body = result.json()
    assert body["passed"] is False
    assert [line.partition(":")[0] for line in body["faults"]] == [
        "06SOAKPOINT1", "scan", "handles grew by 19.0 over the judged time, at a median of 59.5",
    ]  # fmt: skip
    assert "WRONG: scan: 500, unannounced: [red]boom" in printed(result)


def test_many_faults_are_counted(result: SoakResult) -> None:
    result.findings = [f"loss {number}" for number in range(30)]
    assert "and 10 more" in printed(result)
