"""`cables feedback export`."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from api.cli.options import Store, settings_for

app = typer.Typer(help="What readers said of answers.", no_args_is_help=True)


class Verdict(StrEnum):
    """What a reader says of an answer."""

    UP = "up"
    DOWN = "down"


@app.callback()
def group() -> None:
    """What readers said of answers."""


@app.command()
def export(
    verdict: Annotated[Verdict | None, typer.Option(help="Only these; all when left out.")] = None,
    store: Store = None,
) -> None:
    """Print feedback as candidates for a golden file, one JSON object a line."""
    from rag.archive_catalog import open_catalog
    from rag.feedback import Feedback

    with open_catalog(settings_for(store)) as catalog:
        for candidate in Feedback(catalog).candidates(verdict.value if verdict else None):
            print(json.dumps(candidate, ensure_ascii=False))
