"""What a soak found, as a table and as JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from evals.bench.soak.traffic import Traffic, unannounced
from evals.bench.soak.usage import UsageSample, longest_life, trends
from evals.bench.timing import percentiles_ms

_MOST_SHOWN = 20


@dataclass
class SoakResult:
    """Counts and findings of a soak. `findings` are losses, and whatever else was not as it should be."""

    minutes: float
    traffic: Traffic
    restarts: Counter[str] = field(default_factory=Counter)
    checks: int = 0
    findings: list[str] = field(default_factory=list)
    samples: Sequence[UsageSample] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    ready_seconds: list[float] = field(default_factory=list)

    def faults(self) -> list[str]:
        """Everything that is wrong, a line each; none where the soak passed."""
        failed = unannounced(self.traffic.failures, self.traffic.outages)
        lines = [f"{each.kind}: {each.status or 'no answer'}, unannounced: {each.note}" for each in failed]
        lines += [
            f"{name} grew by {each.growth:.1f} over the judged time, at a median of {each.median:.1f}"
            for name, each in trends(self.samples).items()
            if each.flat is False
        ]
        return [*self.findings, *lines]

    def json(self) -> dict[str, Any]:
        """The result as one object; `samples` of the process that ran longest are [seconds, MB, open files]."""
        failures, faults, life = self.traffic.failures, self.faults(), longest_life(self.samples)
        failed = unannounced(failures, self.traffic.outages)
        return {
            "passed": not faults,
            "minutes": round(self.minutes, 1),
            "requests": {
                kind: {"count": len(seconds), **percentiles_ms(seconds)}
                for kind, seconds in sorted(self.traffic.seconds.items())
            },
            "failed": {"announced": len(failures) - len(failed), "unannounced": len(failed)},
            "restarts": dict(self.restarts),
            "ready_seconds": [round(each, 1) for each in self.ready_seconds],
            "checks": self.checks,
            "archive": dict(self.counts),
            "usage": {name: each.json() for name, each in trends(self.samples).items()},
            "samples": [[round(each.at - life[0].at), round(each.memory_mb), each.handles] for each in life],
            "faults": faults,
        }


def print_table(console: Console, result: Mapping[str, Any]) -> None:
    """Print the object of `SoakResult.json`, for people."""
    table = Table("", "count", "p50 ms", "p95 ms", box=None)
    for kind, each in result["requests"].items():
        table.add_row(kind, f"{each['count']:,}", f"{each['p50_ms']:,.0f}", f"{each['p95_ms']:,.0f}")
    failed = {f"failed, {how}": count for how, count in result["failed"].items()}
    for name, count in {**failed, **result["restarts"], **result["archive"]}.items():
        table.add_row(name, f"{count:,}")
    console.print(table)
    for name, each in result["usage"].items():
        state = {True: "flat", False: "GROWS", None: "too short to tell"}[each["flat"]]
        console.print(f"{name}: {each['median']:,}, {each['per_hour']:+,} an hour: {state}", highlight=False)
    print_faults(console, result["faults"])


def print_faults(console: Console, faults: Sequence[str]) -> None:
    """Print the first faults, or that there are none."""
    if not faults:
        console.print("Nothing is wrong.")
    for fault in faults[:_MOST_SHOWN]:
        console.print(f"WRONG: {fault}", markup=False, highlight=False, soft_wrap=True)
    if len(faults) > _MOST_SHOWN:
        console.print(f"and {len(faults) - _MOST_SHOWN} more")
