"""`cables feedback export`."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from api.cli.options import Store, audited, settings_for

app = typer.Typer(help="What readers said of answers.", no_args_is_help=True)


class VerdictChoice(StrEnum):
    """What a reader says of an answer."""

    UP = "up"
    DOWN = "down"


@app.callback()
def group() -> None:
    """What readers said of answers."""


@app.command()
def export(
    verdict: Annotated[VerdictChoice | None, typer.Option(help="Only these; all when left out.")] = None,
    store: Store = None,
) -> None:
    """Print feedback as candidates for a golden file, one JSON object a line."""
    from rag.catalog.catalog import open_catalog
    from rag.catalog.feedback import Feedback

    settings = settings_for(store)
    with open_catalog(settings) as catalog:
        candidates = Feedback(catalog).candidates(verdict.value if verdict else None)
        audited(settings, "feedback export").shown(key for each in candidates for key in each["cited"])
        for candidate in candidates:
            print(json.dumps(candidate, ensure_ascii=False))
