"""`cables watch add`, `list`, `show`, `seen`, `feed`, `remove`."""

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console

from api.cli.options import (
    Classifications,
    DateFrom,
    DateTo,
    Json,
    Posts,
    Store,
    Tags,
    audited,
    by_service_or_archive,
    filters_of,
    settings_for,
)
from api.cli.rendering import plain
from api.cli.scan_view import print_hits, table
from rag.domain.access import OWNER
from rag.errors import BadInput, NotFound
from rag.query.scan_reader import read_scan
from rag.settings import Settings

if TYPE_CHECKING:
    from api.client import ServiceClient
    from api.http.watching_service import WatchService

T = TypeVar("T")
_SERVED_AT = "http://127.0.0.1:8000"

app = typer.Typer(help="Saved searches: what is new to each since it was last seen.", no_args_is_help=True)

WatchArgument = Annotated[str, typer.Argument(metavar="WATCH", help="Its name or its id.")]


@app.command()
def add(
    query: Annotated[str, typer.Argument(help="What to look for, as `cables scan` reads it.")],
    name: Annotated[str | None, typer.Option(help="A name for it; the query where none is given.")] = None,
    posts: Posts = None,
    tags: Tags = None,
    classifications: Classifications = None,
    date_from: DateFrom = None,
    date_to: DateTo = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Save a search. What the archive holds by now is not new to it."""
    read_scan(query)  # a query that cannot be read opens nothing
    filters = filters_of(posts, tags, classifications, date_from, date_to)
    saved = _on(
        settings_for(store),
        lambda service: service.add_watch(query, filters, name),
        lambda watching: watching.add(query, filters, name),
    )
    if as_json:
        print(json.dumps(saved, ensure_ascii=False))
    else:
        print(f"Saved as {saved['id']}. `cables watch list` tells what is new after each ingest.")


@app.command(name="list")
def list_watches(store: Store = None, as_json: Json = False) -> None:
    """List the saved searches, each with the number of its new hits."""
    watches = _watches(settings_for(store))
    if as_json:
        print(json.dumps(watches, ensure_ascii=False))
    elif not watches:
        print("No search is saved. `cables watch add QUERY` saves one.")
    else:
        print_watches(Console(), watches)


@app.command()
def show(
    watch: WatchArgument,
    most: Annotated[int, typer.Option("-n", min=1, max=200, help="How many hits to show.")] = 20,
    seen: Annotated[bool, typer.Option("--seen", help="Note all that is new as seen as well.")] = False,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Show what is new to a saved search."""
    settings = settings_for(store)
    watch_id = _id_of(settings, watch)

    def by_watching(watching: "WatchService") -> dict[str, Any]:
        found = watching.new(watch_id, most)
        audited(settings, "watch show").shown(hit.key for hit in found.page.hits)
        return found.json()

    page = _on(settings, lambda service: service.new_hits(watch_id, most), by_watching)
    if seen:
        _see(settings, watch_id, page["mark"])
    if as_json:
        print(json.dumps(page, ensure_ascii=False))
        return
    console = Console()
    if not page["total"]:
        console.print("Nothing is new.")
        return
    print_hits(console, page)
    console.print(
        f"\nNew: {page['total']:,}." + ("" if seen else f" `cables watch seen {watch_id}` notes them as seen.")
    )
    if page["next"] is not None:
        console.print(f"These are the first {len(page['hits']):,}. -n shows more.")


@app.command()
def seen(watch: WatchArgument, store: Store = None) -> None:
    """Note that all that is new to a saved search was seen."""
    settings = settings_for(store)
    _see(settings, _id_of(settings, watch), None)
    print("Seen. What comes from now on is new.")


@app.command()
def feed(watch: WatchArgument, store: Store = None) -> None:
    """Make an address at which feed readers follow a saved search without a key; the one before is void."""
    from api.client import ClientSettings
    from api.http.watching_service import feed_url

    settings = settings_for(store)
    watch_id = _id_of(settings, watch)
    address = ClientSettings().public_url or _SERVED_AT
    url = _on(
        settings,
        lambda service: service.open_feed(watch_id),
        lambda watching: feed_url(address, watch_id, watching.open_feed(watch_id)),
    )
    print(url)
    typer.echo("Keep it secret: whoever has it sees what is new. It is shown this once.", err=True)


@app.command()
def remove(watch: WatchArgument, store: Store = None) -> None:
    """Remove a saved search and the address of its feed."""
    settings = settings_for(store)
    watch_id = _id_of(settings, watch)
    _on(settings, lambda service: service.remove_watch(watch_id), lambda watching: watching.remove(watch_id))
    print("Removed.")


def print_watches(console: Console, watches: list[dict[str, Any]]) -> None:
    """A line for each saved search."""
    drawn = table("id", "new", "name", "looks for")
    for watch in watches:
        new = "?" if watch["new"] is None else f"{watch['new']:,}"
        drawn.add_row(watch["id"], new, plain(watch["name"]), plain(watch["problem"] or _sought(watch)))
    console.print(drawn)


def _sought(watch: dict[str, Any]) -> str:
    filters = watch["filters"]
    dates = [f"{word} {filters[name]}" for word, name in (("from", "date_from"), ("to", "date_to")) if filters[name]]
    values = [value for name in ("post", "tag", "classification") for value in filters[name]]
    query = [watch["query"]] if watch["query"] != watch["name"] else []
    return ", ".join([*query, *values, *dates])


def _watches(settings: Settings) -> list[dict[str, Any]]:
    def by_watching(watching: "WatchService") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = watching.all()["watches"]
        return found

    return _on(settings, lambda service: service.watches(), by_watching)


def _id_of(settings: Settings, typed: str) -> str:
    found = [watch["id"] for watch in _watches(settings) if typed in (watch["id"], watch["name"])]
    if not found:
        raise NotFound(f"no saved search is named {typed[:60]!r}; `cables watch list` shows them")
    if len(found) > 1:
        raise BadInput(f"several saved searches are named {typed[:60]!r}; give the id of one: {', '.join(found)}")
    return str(found[0])


def _see(settings: Settings, watch_id: str, mark: int | None) -> None:
    _on(settings, lambda service: service.see_watch(watch_id, mark), lambda watching: watching.see(watch_id, mark))


def _on(
    settings: Settings,
    by_service: "Callable[[ServiceClient], Awaitable[T]]",
    by_watching: "Callable[[WatchService], T]",
) -> T:
    from api.http.watching_service import WatchService

    return by_service_or_archive(
        settings, by_service, lambda archive: by_watching(WatchService(archive.as_reader(OWNER), ""))
    )
