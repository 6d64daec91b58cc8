"""`cables keys add`, `list`, `revoke`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.options import Store, settings_for
from api.cli.rendering import plain
from rag.errors import BadInput

if TYPE_CHECKING:
    from rag.catalog.catalog import Catalog

app = typer.Typer(help="Keys of readers, each with a clearance.", no_args_is_help=True)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Whose key it is.")],
    clearance: Annotated[str, typer.Option(help="UNCLASSIFIED, SBU, CONFIDENTIAL, SECRET or TOP SECRET.")],
    noforn: Annotated[bool, typer.Option("--noforn", help="Opens NOFORN and REL.")] = False,
    nodis: Annotated[bool, typer.Option("--nodis", help="Opens NODIS.")] = False,
    exdis: Annotated[bool, typer.Option("--exdis", help="Opens EXDIS.")] = False,
    store: Store = None,
) -> None:
    """Make a key and print it, this once."""
    from rag.catalog.keys import Keys
    from rag.domain.access import Clearance
    from rag.domain.marking import read_marking

    level = read_marking(clearance)
    if level is None or level.caveats:
        raise BadInput(f"no clearance: {clearance[:40]!r}; it is UNCLASSIFIED, SBU, CONFIDENTIAL, SECRET or TOP SECRET")
    with _catalog(store) as catalog:
        token = Keys(catalog).add(name, Clearance(level.level, noforn, nodis, exdis))
    print(token)
    typer.echo("Keep it: it cannot be shown again. Send it as `Authorization: Bearer KEY`.", err=True)


@app.command(name="list")
def list_keys(store: Store = None) -> None:
    """List the keys, without their secrets."""
    from rag.catalog.keys import Keys

    with _catalog(store) as catalog:
        keys = Keys(catalog).all()
    if not keys:
        print("There are no keys: the service answers programs of this machine only.")
        return
    table = Table("name", "clearance", "made", "revoked", box=None)
    for key in keys:
        revoked = f"{key.revoked:%Y-%m-%d}" if key.revoked else ""
        table.add_row(plain(key.name), str(key.clearance), f"{key.created:%Y-%m-%d}", revoked)
    Console().print(table)


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="Whose key it is.")], store: Store = None) -> None:
    """Make a key useless, from its next request on."""
    from rag.catalog.keys import Keys

    with _catalog(store) as catalog:
        Keys(catalog).revoke(name)
    print(f"The key {name} is revoked.")


def _catalog(store: Path | None) -> "Catalog":
    from rag.catalog.catalog import open_catalog

    return open_catalog(settings_for(store))
