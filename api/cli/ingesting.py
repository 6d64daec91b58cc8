"""`cables ingest`, `cables parse`, `cables demo`."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from api.cli.options import Store, settings_for
from api.cli.rendering import plain, print_answer
from rag.errors import BadInput
from rag.lock import service_url
from rag.settings import Settings

if TYPE_CHECKING:
    from ingest.document import Document, Rejection
    from ingest.pipeline import Outcome, Report

Run: TypeAlias = "Callable[[Iterable[Document | Rejection], Callable[[Outcome], None]], Report]"

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders, archives, a CSV dump, or - for stdin.")
]

_OWNER_WAIT_SECONDS = 20.0  # an `ask` is over by then
DEMO_QUESTION = "How far will the wheat duty fall, and by when?"


def ingest(
    paths: Paths,
    store: Store = None,
    ray: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Parse and encode on a Ray cluster: HOST:PORT, or local."),
    ] = None,
) -> None:
    """Bring cables into the archive."""
    report = ingested(settings_for(store), paths, ray)
    _print_report(Console(), report)
    if report.outcomes and report.count("rejected") == len(report.outcomes):
        raise typer.Exit(1)
    if not report.outcomes:
        raise BadInput("nothing to ingest was found in " + ", ".join(paths))


def parse(
    paths: Paths,
    as_json: Annotated[bool, typer.Option("--json", help="The default; there is no other form.")] = True,
) -> None:
    """Print each cable as a JSON object a line; index nothing."""
    from ingest.document import Rejection
    from ingest.parser import read
    from ingest.sources import documents
    from rag.cable_json import cable_json

    accepted = rejected = 0
    for document in documents(paths):
        for cable in [document] if isinstance(document, Rejection) else read(document):
            if isinstance(cable, Rejection):
                rejected += 1
                print(f"cables: {cable.name}: {cable.reason}", file=sys.stderr)
            else:
                accepted += 1
                print(json.dumps(cable_json(cable), ensure_ascii=False))
    if rejected and not accepted:
        raise typer.Exit(1)


def demo(store: Store = None) -> None:
    """Ingest the bundled sample archive if need be, and answer one question from it."""
    from api.cli.reading import answered
    from rag.filters import Filters

    settings = Settings(store=store or Settings().store.with_name("cables-demo"))
    console = Console()
    if service_url(settings.store) is None:
        report = ingested(settings, [str(sample_folder())])
        console.print(f"The sample archive: {len(report.outcomes)} fictional cables in {settings.store}")
    console.print(f"\n$ cables ask --store {settings.store} {DEMO_QUESTION!r}\n")
    print_answer(console, answered(settings, DEMO_QUESTION, Filters()))
    console.print(
        f"\nNext: cables serve --store {settings.store}   (the web page, at http://127.0.0.1:8000)"
        "\n      cables ingest PATH...   (your own cables)"
    )


def sample_folder() -> Path:
    """Folder of the bundled sample archive."""
    import ingest as package

    return Path(package.__file__).with_name("sample")


def ingested(settings: Settings, paths: list[str], ray: str | None = None) -> "Report":
    """Ingest with a progress bar on the terminal."""
    from ingest.sources import documents
    from rag.lock import ingest_turn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with (
        ingest_turn(settings.store, _say_waiting),
        _opened(settings, ray) as run,
        Progress(*columns, console=Console(stderr=True), transient=True) as progress,
    ):
        task = progress.add_task("ingesting", total=None)
        done = 0

        def advance(outcome: "Outcome") -> None:
            nonlocal done
            done += 1
            progress.update(task, description=f"{done} cables; {outcome.cable_id or 'rejected'}")

        return run(documents(paths), advance)


@contextmanager
def _opened(settings: Settings, ray: str | None) -> Iterator[Run]:
    """An ingest into the archive, or the store of the service that owns it, on this machine or a Ray cluster."""
    from ingest.pipeline import ingest as run
    from rag.archive import Archive

    url = service_url(settings.store)
    if ray is not None:
        from ingest.on_ray import PARAGRAPHS_BETWEEN_SYNCS, RayStore, parsed_on_ray, ray_cluster

        if url:
            raise BadInput(f"the service at {url} indexes by itself; stop it to ingest on Ray, or leave out --ray")
        with ray_cluster(ray), Archive(settings, create=True, wait=_OWNER_WAIT_SECONDS) as archive:
            on_ray = partial(run, RayStore(archive), parse=parsed_on_ray, between_syncs=PARAGRAPHS_BETWEEN_SYNCS)
            yield on_ray
    elif url:
        from api.served_store import served_store

        with served_store(settings, url) as served:
            yield partial(run, served)
    else:
        with Archive(settings, create=True, wait=_OWNER_WAIT_SECONDS) as archive:
            yield partial(run, archive)


def _say_waiting() -> None:
    typer.echo("cables: another ingest of this store is at work; waiting for it to end", err=True)


def _print_report(console: Console, report: "Report") -> None:
    from ingest.pipeline import OUTCOMES

    table = Table("", "cables", box=None)
    for outcome in OUTCOMES:
        table.add_row(outcome, str(report.count(outcome)))
    console.print(table)
    if report.numerics:
        console.print(plain(f"encoded with {report.numerics}"))
    for each in report.outcomes:
        if each.outcome in ("rejected", "updated", "duplicate"):
            name = f"{each.cable_id}: " if each.cable_id else ""
            console.print(
                plain(f"{each.outcome}: {name}{each.source}: {each.reason}"), soft_wrap=True
            )  # names stay whole
