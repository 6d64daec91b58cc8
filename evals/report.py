"""The report of an evaluation: a self-contained web page, and a summary for a pull request."""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from evals.bootstrap import figure
from evals.evaluation import Evaluation, part_of
from evals.history import code_version
from evals.metrics import METRICS
from evals.misses import find_misses
from evals.plots import plots
from evals.stored_run import save_run
from evals.table import Table
from evals.tables import against_base, against_baselines, figures, tables
from evals.withheld import declined, withheld, withheld_sentences
from rag.catalog.catalog import Catalog
from rag.errors import BadInput

PAGE = "report.html"
SUMMARY = "summary.md"
RUN = "run.jsonl"

_MOST_SHOWN = 20
_HEADLINE = (
    "recall@5",
    "mrr",
    "citation_precision",
    "citation_recall",
    "fact_recall",
    "abstention",
    "false_abstention",
)


def write_report(folder: Path, evaluations: Sequence[Evaluation], catalog: Catalog, gates: Table | None = None) -> None:
    """Write `report.html`, `summary.md` and `run.jsonl` (ids and scores, fit to be stored) into a folder.

    The folder is made if need be. The page quotes cables, so their classification applies to it; the other two
    hold only figures and ids.

    Raises:
        BadInput: the folder cannot be written, or the package matplotlib is missing.
    """
    html_page = page(evaluations, catalog, gates)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / PAGE).write_text(html_page, encoding="utf-8")
        (folder / SUMMARY).write_text(summary(evaluations, gates), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"the report cannot be written to {folder}: {error.strerror}; name another folder") from error
    save_run(folder / RUN, [each for evaluation in evaluations for each in evaluation.run.scored])


def page(evaluations: Sequence[Evaluation], catalog: Catalog, gates: Table | None = None) -> str:
    """The web page. Questions and cables are untrusted text, so everything is escaped and scripts are forbidden."""
    made = Environment(loader=PackageLoader("evals", ""), autoescape=True, undefined=StrictUndefined)
    sets = [_shown(evaluation, catalog) for evaluation in evaluations]
    made_on = f"{datetime.now(UTC).date()}, version {code_version()}"
    return made.get_template("report.html").render(sets=sets, gates=gates, made=made_on)


def _shown(evaluation: Evaluation, catalog: Catalog) -> dict[str, Any]:
    run = evaluation.run
    misses, sentences = find_misses(run, catalog), withheld_sentences(run)
    headline = [figure(METRICS[name], part_of(run.scored, "test")) for name in _HEADLINE]
    models = sorted({row["trace"]["model"] or "no language model" for row in run.rows if "model" in row["trace"]})
    return {
        "name": evaluation.name,
        "anchor": quote(evaluation.name),
        "asked": f"{len(run.questions)} questions, answered with {' and '.join(models) or 'no language model'}.",
        "headline": [each for each in headline if each is not None],
        "tables": tables(evaluation),
        "plots": {title: base64.b64encode(png).decode() for title, png in plots(evaluation).items()},
        "declined": [table for table in (declined(run), withheld(run)) if table is not None and table.rows],
        "withheld": sentences[:_MOST_SHOWN],
        "further_withheld": len(sentences[_MOST_SHOWN:]),
        "misses": misses[:_MOST_SHOWN],
        "further_misses": len(misses[_MOST_SHOWN:]),
    }


def summary(evaluations: Sequence[Evaluation], gates: Table | None = None) -> str:
    """The figures in Markdown, without text of any question or cable."""
    parts = ["## Evaluation\n"]
    if gates:
        parts.append(gates.markdown())
    for evaluation in evaluations:
        if evaluation.against:
            parts.append(against_base(evaluation.name, evaluation.against).markdown())
        parts.append(figures(evaluation).markdown())
        if evaluation.baselines:
            parts.append(against_baselines(evaluation).markdown())
    return "\n".join(parts)
