"""`python -m evals.report_llm DIR`: answers of a language model over the largest archive, and of none beside it.

The model is the one that `CABLES_LLM` names, else `local`. A model on this machine takes its processors, so nothing
else should run beside it. `--archive sample` asks about the bundled sample; with `--gate` the floors of `local-llm` in
`gates.toml` are held against it.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console

from evals.archives import MORE, SAMPLE, Benchmark, benchmark_archive
from evals.bootstrap import figure
from evals.evaluation import PARTS
from evals.gates import GateVerdict, load_gates
from evals.golden import load
from evals.jsonl import write_json_lines
from evals.llm_run import WRITTEN, AskedQuestion, ask_all, chosen
from evals.metrics import METRICS, values
from evals.run import split
from evals.table import Table
from rag.archive import Archive
from rag.errors import BadInput, CablesError
from rag.settings import Settings

QUESTIONS = 60
EXTRACTIVE = "extractive"
GATED = "local-llm"
"""Its floors in `gates.toml`."""
_LEAST_WRITTEN = 0.3
"""The share of answers that the model must write itself; where it does not, they are quoted, and as good as without."""
_FIGURES = ("fact_recall", "answer_words", "citation_precision", "citation_recall", "false_abstention", "abstention")


def figures(name: str, asked: Sequence[AskedQuestion]) -> Table:
    """The quality of the answers, what the model did, and what it cost."""
    found = (figure(METRICS[metric], [each.scored for each in asked]) for metric in _FIGURES)
    rows = [[each.metric.title, str(each), str(each.questions)] for each in found if each is not None]
    rows += [[f"{title}, sentences", str(count), ""] for title, count in _sentences(asked)]
    outcomes = Counter(each.outcome for each in asked)
    rows += [[outcome, str(count), str(len(asked))] for outcome, count in outcomes.most_common()]
    rows += [[title, _percentiles(values), str(len(values))] for title, values in _waits(asked) if values]
    memory = [each.memory for each in asked]
    rows.append(["memory after the first, most, last, MB", f"{memory[0]}, {max(memory)}, {memory[-1]}", ""])
    return Table(name, ["", "figure", "questions"], rows, "Seconds are p50 and p95. Memory is that of the process.")


def _sentences(asked: Sequence[AskedQuestion]) -> Iterator[tuple[str, int]]:
    for name, title in (("withheld", "withheld at first"), ("repaired", "repaired when told")):
        yield title, sum(each.row["trace"].get(name, 0) for each in asked)


def _waits(asked: Sequence[AskedQuestion]) -> Iterator[tuple[str, list[float]]]:
    yield "seconds", [each.seconds for each in asked]
    yield "seconds to the first sentence", [each.first for each in asked if each.first is not None]
    yield "processor seconds", [each.cpu for each in asked]


def _percentiles(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.1f}" for value in np.percentile(values, [50, 95]))


def measure(
    archive: Archive, name: str, benchmark: Benchmark, half: str, most: int, folder: Path, console: Console
) -> list[AskedQuestion]:
    """Ask, print the table, and write it with the answers, which quote cables, into a folder."""
    every = [each for golden in load(benchmark.goldens) for each in golden.questions if half in ("all", each.half)]
    questions = chosen(split(every, archive.catalog)[0], most)
    if not questions:
        raise BadInput("the archive holds none of the cables these questions are about; name another --store")
    asked: list[AskedQuestion] = []

    def keep(each: AskedQuestion) -> None:
        asked.append(each)
        console.print(f"{len(asked)}/{len(questions)} {each.seconds:.1f} s, {each.outcome}", highlight=False)
        write_json_lines(folder / f"{name}.jsonl", (done.row for done in asked))  # a long run may be broken off

    ask_all(archive, questions, keep)
    table = figures(f"{name}, {half}", asked)
    console.print(table.rich())
    (folder / f"{name}.md").write_text(table.markdown(), encoding="utf-8")
    return asked


def gated(asked: Sequence[AskedQuestion]) -> list[GateVerdict]:
    """Each floor of a local model against its figure."""
    scored = [each.scored for each in asked]
    floors = [floor for floor in load_gates().floors if floor.golden == GATED]
    figures = [values(scored, floor.metric.score) for floor in floors]
    return [
        GateVerdict(floor, floor.metric.of(scores) if scores else None)
        for floor, scores in zip(floors, figures, strict=True)
    ]


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.report_llm")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=PARTS, default="test")
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--model", help="as in CABLES_LLM, or `extractive`", default=Settings().llm or "local")
    parser.add_argument("--archive", choices=(MORE.name, SAMPLE.name), default=MORE.name)
    parser.add_argument("--gate", action="store_true", help="fail where a figure is below its floor")
    parser.add_argument("--store", type=Path, help="of the cables asked about; without it they are ingested anew")
    given = parser.parse_args(arguments)
    model = None if given.model == EXTRACTIVE else given.model
    name = given.model.replace("/", "-").replace(":", "-")
    try:
        given.folder.mkdir(parents=True, exist_ok=True)
        benchmark = next(each for each in (MORE, SAMPLE) if each.name == given.archive)
        with benchmark_archive(benchmark, given.store, model) as archive:
            asked = measure(archive, name, benchmark, given.half, given.questions, given.folder, Console())
        verdicts = gated(asked) if given.gate else []
    except CablesError as error:
        print(error, file=sys.stderr)
        return 1
    written = sum(each.outcome == WRITTEN for each in asked)
    print(*verdicts, f"written by the model: {written} of {len(asked)}", sep="\n")
    silent = given.gate and written < _LEAST_WRITTEN * len(asked)
    return 1 if silent or not all(verdict.passed for verdict in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
