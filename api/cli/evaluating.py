"""`cables eval`."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import Store, audited, settings_for


def evaluate(
    golden: Annotated[list[Path], typer.Option("--golden", metavar="FILE", help="Golden questions; may be repeated.")],
    store: Store = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write each question's answer object here.")] = None,
    report: Annotated[Path | None, typer.Option(metavar="DIR", help="Write an HTML page and a summary here.")] = None,
    gate: Annotated[bool, typer.Option("--gate", help="Exit 1 when a figure falls below evals/gates.toml.")] = False,
    baselines: Annotated[bool, typer.Option("--baselines", help="Run the baselines beside it.")] = False,
    compare: Annotated[Path | None, typer.Option(metavar="FILE", help="A stored run to compare with.")] = None,
) -> None:
    """Measure answers against golden questions."""
    from evals.command import evaluate as run
    from rag.archive import Archive

    settings = settings_for(store)
    with Archive(settings, wait=20.0) as archive:
        audited(settings, "eval").shown(["*"])
        raise typer.Exit(run(archive, golden, out, report, gate, baselines, compare))
