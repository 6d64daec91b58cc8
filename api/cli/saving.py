"""Saving an answer as one HTML file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.citing import holding_of
from api.cli.options import audited
from rag.atomic_files import create_file
from rag.errors import BadInput, CablesError
from rag.settings import Settings

SaveTo = Annotated[
    Path | None,
    typer.Option(
        "--save", metavar="FILE.html", help="Write it with its sources to this file, which needs nothing else."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file of --save if it is there.")]


def check_free(file: Path | None, force: bool) -> None:
    """Refuse, before there is an answer, a file that would be overwritten or cannot be written.

    Raises:
        BadInput: it is there and `force` is off, or its folder is not there.
    """
    if file is None:
        return
    try:
        is_place = file.absolute().parent.is_dir() and not file.is_dir()
        is_taken = file.exists() and not force
    except OSError as error:
        raise BadInput(f"{file} cannot be written: {error.strerror}") from error
    if not is_place:
        raise BadInput(f"{file} cannot be written: name a file in a folder that exists")
    if is_taken:
        raise BadInput(f"{file} is there already; name another file, or give --force to replace it")


def save_answer(settings: Settings, answer: dict[str, Any], file: Path, force: bool, command: str) -> None:
    """Write an `ask` object, or the object of a kept answer, to a file, completely or not at all.

    Raises:
        BadInput: the file is there and `force` is off.
        CablesError: it cannot be written.
    """
    from api.http.saved_page import saved_page
    from rag.catalog.catalog import open_catalog
    from rag.citing.source_excerpt import source_excerpts

    check_free(file, force)
    with open_catalog(settings) as catalog:
        sources = source_excerpts(catalog, answer["citations"], holding_of(settings))
    audited(settings, command).shown((each.key for each in sources if each.pieces),
                                     (each.key for each in sources if not each.pieces))  # fmt: skip
    page = saved_page(answer, sources, datetime.now(UTC)).encode(errors="replace")
    try:
        create_file(file, lambda draft: draft.write_bytes(page), replace=force)
    except FileExistsError as error:
        raise BadInput(f"{file} is there already; name another file, or give --force to replace it") from error
    except OSError as error:
        raise CablesError(f"{file} cannot be written: {error.strerror}") from error
    typer.echo(f"Saved in {file}.", err=True)
