"""Gates: bounds that no change may break."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.evaluation import PARTS, Evaluation, part_of
from evals.metrics import METRICS, Metric, values
from evals.table import Table
from rag.errors import BadInput

GATES = Path(__file__).with_name("gates.toml")
_PROTECTED = "protected"
_TOLERANCE = 1e-9  # a figure equal to its floor passes, whatever its last bit


@dataclass(frozen=True, slots=True)
class Floor:
    """A bound on one metric over a part of a golden set: `least` the figure may be, or `most`."""

    golden: str
    part: str
    metric: Metric
    least: float | None = None
    most: float | None = None

    def holds(self, value: float) -> bool:
        """Whether a figure is within the bound."""
        above = self.least is None or value >= self.least - _TOLERANCE
        return above and (self.most is None or value <= self.most + _TOLERANCE)

    def __str__(self) -> str:
        sign, bound = ("≥", self.least) if self.least is not None else ("≤", self.most)
        return f"{sign} {bound:g}"


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """A floor and the figure it was checked against; a missing figure (`value` None) fails."""

    floor: Floor
    value: float | None

    @property
    def passed(self) -> bool:
        """Whether the figure is within the bound."""
        return self.value is not None and self.floor.holds(self.value)

    @property
    def figure(self) -> str:
        """The figure for a table."""
        return "no question asked" if self.value is None else self.floor.metric.formatted(self.value)

    @property
    def told(self) -> str:
        """The figure and its bound."""
        return f"{self.figure} ({self.floor})"

    def __str__(self) -> str:
        floor = self.floor
        state = "ok  " if self.passed else "FAIL"
        return f"{state} {floor.golden} {floor.part}: {floor.metric.title} {self.told}"


@dataclass(frozen=True, slots=True)
class Gates:
    """The floors, in their order, and the names of the metrics that may not be shown worse than an earlier run's."""

    floors: tuple[Floor, ...]
    protected: tuple[str, ...]


def load_gates(path: Path = GATES) -> Gates:
    """The gates of a file.

    Raises:
        BadInput: it cannot be read or is not of the form of `gates.toml`; the message says where.
    """
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: not TOML: {error}") from error
    protected = tree.pop(_PROTECTED, [])
    if not isinstance(protected, list) or not all(name in METRICS for name in protected):
        raise BadInput(f"{path}: {_PROTECTED}: a list is wanted of metrics among {', '.join(METRICS)}")
    floors = (
        _floor(f"{path}: {golden}.{part}.{name}", golden, part, name, bound)
        for golden, parts in tree.items()
        for part, metrics in _mapping(f"{path}: {golden}", parts).items()
        for name, bound in _mapping(f"{path}: {golden}.{part}", metrics).items()
    )
    return Gates(tuple(floors), tuple(protected))


def check_floors(evaluations: Iterable[Evaluation], floors: Sequence[Floor]) -> list[GateVerdict]:
    """Check every floor of the sets evaluated against its figure.

    Raises:
        BadInput: no floor is set for any of these sets, so the gates would always pass.
    """
    verdicts: list[GateVerdict] = []
    names: list[str] = []
    for evaluation in evaluations:
        names.append(evaluation.name)
        for floor in floors:
            if floor.golden == evaluation.name:
                scores = values(part_of(evaluation.run.scored, floor.part), floor.metric.score)
                verdicts.append(GateVerdict(floor, floor.metric.of(scores) if scores else None))
    if not verdicts:
        known = ", ".join(dict.fromkeys(floor.golden for floor in floors))
        raise BadInput(f"no floor is set for {', '.join(names)}; the gates have floors for {known or 'no set'}")
    return verdicts


def gate_table(verdicts: Sequence[GateVerdict]) -> Table:
    """Figure, floor and verdict, one row a gate."""
    rows = [
        [
            verdict.floor.golden,
            verdict.floor.part,
            verdict.floor.metric.title,
            verdict.figure,
            str(verdict.floor),
            "ok" if verdict.passed else "FAILED",
        ]
        for verdict in verdicts
    ]
    return Table("gates", ["set", "over", "metric", "figure", "floor", ""], rows)


def _mapping(where: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadInput(f"{where}: a table is wanted")
    return value


def _floor(where: str, golden: str, part: str, name: str, bound: object) -> Floor:
    if part not in PARTS:
        raise BadInput(f"{where}: unknown part {part!r}; use one of {', '.join(PARTS)}")
    if name not in METRICS:
        raise BadInput(f"{where}: unknown metric; use one of {', '.join(METRICS)}")
    known = isinstance(bound, dict) and len(bound) == 1 and set(bound) <= {"least", "most"}
    if not known or not all(type(value) in (int, float) for value in _mapping(where, bound).values()):
        raise BadInput(f"{where}: write {{ least = NUMBER }} or {{ most = NUMBER }}")
    return Floor(golden, part, METRICS[name], **_mapping(where, bound))
