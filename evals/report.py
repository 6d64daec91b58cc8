"""The report of an evaluation: a self-contained web page, and a summary for a pull request."""

import base64
import html
from collections.abc import Sequence
from pathlib import Path

from evals.evaluation import Evaluation
from evals.misses import Miss, MissedCandidate, find_misses
from evals.plots import plots
from evals.stored_run import save_run
from evals.table import Table
from evals.tables import against_base, against_baselines, figures, tables
from rag.catalog.catalog import Catalog
from rag.errors import BadInput

PAGE = "report.html"
SUMMARY = "summary.md"
RUN = "run.jsonl"

_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1c2430 }
figure { margin: 1.5rem 0; overflow-x: auto } figcaption { font-weight: 600; margin-bottom: .4rem }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: .2rem .7rem; border-bottom: 1px solid #d8dde5; text-align: right; vertical-align: top }
th:first-child, td:first-child { text-align: left } .note { color: #5b6675; font-size: .9em }
article { border-left: 3px solid #c9d2df; padding-left: 1rem; margin: 1.5rem 0 } h3 { margin-bottom: .2rem }
code { background: #eef1f5; padding: 0 .2rem } img { max-width: 100% }
@media (prefers-color-scheme: dark) { body { background: #14181f; color: #dfe5ee } code { background: #262d38 } }
"""


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
    parts = [gates.html()] if gates else []
    for evaluation in evaluations:
        parts.append(f"<h2>{html.escape(evaluation.name)}</h2>\n")
        parts += [table.html() for table in tables(evaluation)]
        parts += [_image(title, png) for title, png in plots(evaluation).items()]
        misses = find_misses(evaluation.run, catalog)
        parts.append(f"<h2>{html.escape(evaluation.name)}: misses ({len(misses)})</h2>\n")
        parts += [_miss(miss) for miss in misses]
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return (
        "<!doctype html>\n<html lang=en><head><meta charset=utf-8>\n"
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name=viewport content="width=device-width"><title>Evaluation</title>\n'
        f"<style>{_STYLE}</style></head>\n<body><h1>Evaluation</h1>\n{''.join(parts)}</body></html>\n"
    )


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


def _image(title: str, png: bytes) -> str:
    source = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    caption = html.escape(title)
    return f'<figure><figcaption>{caption}</figcaption><img alt="{caption}" src="{source}"></figure>\n'


def _miss(miss: Miss) -> str:
    question = miss.question
    about = f"{question.id} · {question.type} · {question.half}"
    problems = "".join(f"<li>{html.escape(problem)}</li>" for problem in miss.problems)
    return (
        f"<article><h3>{html.escape(question.question)}</h3><p class=note>{html.escape(about)}</p>"
        f"<ul>{problems}</ul><p>Expected: {html.escape(question.answer)}</p><p>Given: {html.escape(miss.answer)}</p>"
        f"{_list('Wanted', miss.wanted)}{_list('Retrieved instead', miss.instead)}</article>\n"
    )


def _list(title: str, paragraphs: Sequence[MissedCandidate]) -> str:
    items = "".join(
        f"<li><code>{html.escape(paragraph.key)}</code> {html.escape(paragraph.begins)}</li>"
        for paragraph in paragraphs
    )
    return f"<p>{title}:</p><ol>{items}</ol>" if items else ""
