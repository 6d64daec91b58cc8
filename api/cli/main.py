"""The `cables` command. Commands import what they need when they run, so that `--help` is quick."""

import codecs
import io
import os
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from api.cli import (
    adapting,
    answers,
    citing,
    drilling,
    evaluating,
    feedback,
    ingesting,
    keys,
    maintaining,
    models,
    reading,
    scanning,
    serving,
    slack,
    upgrading,
    watching,
    withdrawing,
)
from api.cli.options import INTERRUPTED
from rag.errors import BadInput, CablesError

app = typer.Typer(
    name="cables",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(ingesting.demo)
app.command()(ingesting.ingest)
app.command()(ingesting.parse)
app.command()(reading.search)
app.command()(reading.ask)
app.command()(reading.show)
app.command()(scanning.scan)
app.command()(scanning.coverage)
app.add_typer(watching.app, name="watch")
app.command()(citing.cite)
app.command()(citing.check)
app.command()(serving.serve)
app.command()(slack.slack)
app.add_typer(keys.app, name="keys")
app.command()(serving.mcp)
app.add_typer(answers.app, name="answers")
app.add_typer(feedback.app, name="feedback")
app.command()(withdrawing.withdraw)
app.command()(withdrawing.redact)
app.command()(withdrawing.withdrawn)
app.command()(withdrawing.restore_cable)
app.command()(maintaining.verify)
app.command()(maintaining.rebuild)
app.command()(adapting.adapt)
app.add_typer(models.app, name="models")
app.command()(maintaining.backup)
app.command()(maintaining.restore)
app.command()(drilling.drill)
app.command()(upgrading.upgrade)
app.add_typer(evaluating.app, name="eval")


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"cables {version('cables')}")
        raise typer.Exit


@app.callback()
def group(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Questions answered from an archive of diplomatic cables, with citations that open the exact paragraph."""


def main() -> None:
    """Run a command; an error is one line on stderr. Exit codes: 0 ok, 1 the work failed, 2 wrong usage."""
    # No telemetry, no downloads; set before any library reads them.
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.umask(0o077)  # what a command writes holds text of cables
    codecs.register_error("escape", _escape)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="escape")
    try:
        app()
    except BadInput as error:
        _fail(str(error), 2)
    except CablesError as error:
        _fail(str(error), 1)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:  # typer turns Ctrl-C into this
            _fail("stopped; what was done is kept, and the same command goes on where it stopped", INTERRUPTED)
        raise
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _escape(error: UnicodeError) -> tuple[str, int]:
    """What an output encoding lacks as `\\u2019`, which JSON reads back."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[index]:02x}{units[index + 1]:02x}" for index in range(0, len(units), 2)), error.end


def _fail(message: str, code: int) -> None:
    print(f"cables: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(code)
