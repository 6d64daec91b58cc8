"""The `cables` command. Commands import what they need when they run, so that `--help` is quick."""

import os
import sys

import typer

from api.cli import adapting, evaluating, feedback, ingesting, keys, maintaining, reading, serving, slack
from rag.errors import BadInput, CablesError

_INTERRUPTED = 130  # as shells have it: 128 and the number of SIGINT
app = typer.Typer(
    name="cables",
    help="Questions answered from an archive of diplomatic cables, with citations that open the exact paragraph.",
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
app.command()(serving.serve)
app.command()(slack.slack)
app.add_typer(keys.app, name="keys")
app.command()(serving.mcp)
app.add_typer(feedback.app, name="feedback")
app.command()(maintaining.verify)
app.command()(maintaining.rebuild)
app.command()(adapting.adapt)
app.command()(maintaining.backup)
app.command()(maintaining.restore)
app.command(name="eval")(evaluating.evaluate)


def main() -> None:
    """Run a command; an error is one line on stderr. Exit codes: 0 ok, 1 the work failed, 2 wrong usage."""
    # Nothing leaves the machine unasked: set before any library reads them.
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        app()
    except BadInput as error:
        _fail(str(error), 2)
    except CablesError as error:
        _fail(str(error), 1)
    except SystemExit as ended:
        if ended.code == _INTERRUPTED:  # typer's way of passing Ctrl-C on
            _fail("stopped; what was done is kept, and the same command goes on where it stopped", _INTERRUPTED)
        raise
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _fail(message: str, code: int) -> None:
    print(f"cables: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(code)
