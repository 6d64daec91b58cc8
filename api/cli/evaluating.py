"""`cables eval`, with `bless` and `check`."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import OWNER_WAIT_SECONDS, Store, audited, settings_for
from rag.errors import BadInput

app = typer.Typer(help="Measure answers against golden questions.")

_BASELINES = Path("evals/baseline_runs")

GoldenFiles = Annotated[
    list[Path] | None,
    typer.Option("--golden", metavar="FILE", help="Golden questions; may be repeated.", show_default=False),
]
Gates = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Your own floors and protected metrics in place of evals/gates.toml."),
]

History = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Keep the run here by version; --report plots all that are here.")
]


@app.callback(invoke_without_command=True)
def evaluate(
    context: typer.Context,
    golden: GoldenFiles = None,
    store: Store = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write each question's answer object and scores here.")
    ] = None,
    report: Annotated[Path | None, typer.Option(metavar="DIR", help="Write an HTML page and a summary here.")] = None,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="RUN",
            help="Compare with an earlier run: a file, REF:FILE as committed at a git ref, or REF for the bundled "
            "baselines there. Exit 1 when a protected metric is shown worse.",
        ),
    ] = None,
    comment: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the comparison in Markdown, for a pull request.")
    ] = None,
    gate: Annotated[bool, typer.Option("--gate", help="Exit 1 when a figure falls below its floor.")] = False,
    gates: Gates = None,
    history: History = None,
    baselines: Annotated[bool, typer.Option("--baselines", help="Run the baselines beside it.")] = False,
) -> None:
    """Measure answers against golden questions."""
    if context.invoked_subcommand is not None:
        return
    from evals.command import Wanted
    from evals.command import evaluate as run
    from evals.gates import GATES
    from rag.archive import Archive

    if not golden:
        raise BadInput("no golden questions are named; give --golden FILE")
    wanted = Wanted(out, report, gate, baselines, against, comment, gates or GATES, history)
    settings = settings_for(store)
    with Archive(settings, wait=OWNER_WAIT_SECONDS) as archive:
        audited(settings, "eval").shown(["*"])
        raise typer.Exit(run(archive, golden, wanted))


@app.command()
def bless(
    runs: Annotated[
        list[Path], typer.Argument(metavar="RUN...", help="Runs that `cables eval --out` wrote, named as the baseline.")
    ],
    into: Annotated[Path, typer.Option(metavar="DIR", help="The folder of the baselines.")] = _BASELINES,
) -> None:
    """Make runs the baselines that later ones are compared with: ids, hashes and scores, no text."""
    from rich.console import Console

    from evals.bless import bless as run

    Console().print(run(runs, into).rich())


@app.command()
def check(
    golden: Annotated[list[Path], typer.Option("--golden", metavar="FILE", help="Golden questions; may be repeated.")],
    store: Store = None,
) -> None:
    """Check golden questions against an archive of their cables: exit 1 when one is wrong."""
    from rich.console import Console

    from evals.golden import load
    from evals.golden_check import check_golden, findings_table
    from rag.archive import Archive

    sets, settings, wrong = load(golden), settings_for(store), False
    with Archive(settings, wait=OWNER_WAIT_SECONDS) as archive:
        audited(settings, "eval check").shown(["*"])
        for each in sets:
            findings = check_golden(archive, each)
            Console().print(findings_table(each, findings).rich())
            wrong |= any(finding.weight == "wrong" for finding in findings)
    raise typer.Exit(int(wrong))
