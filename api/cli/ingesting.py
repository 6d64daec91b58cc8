"""`cables ingest`, `cables parse`, `cables demo`."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer
from rich.console import Console
from rich.table import Table

from api.cli.options import OWNER_WAIT_SECONDS, Store, settings_for
from api.cli.progress import ingest_bar
from api.cli.rendering import plain, print_answer, print_outgoing
from rag.domain.access import OWNER
from rag.encoders.embedding_client import provider_of
from rag.errors import BadInput
from rag.index.lock import service_url
from rag.index.owner_key import owner_key
from rag.settings import Settings

if TYPE_CHECKING:
    from ingest.pipeline import Outcome, Report
    from ingest.sources.document import Document, Rejection
    from rag.archive import Archive

Run: TypeAlias = "Callable[[Iterable[Document | Rejection], Callable[[Outcome], None], Callable[[int], None]], Report]"

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files, folders, archives, mail, dumps in CSV or JSON, or - for stdin."),
]

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
    done = run_ingest(settings_for(store), paths, ray)
    report = done.report
    _print_report(Console(), done)
    if report.outcomes and report.count("rejected") == len(report.outcomes):
        raise typer.Exit(1)
    if not report.outcomes:
        raise BadInput("nothing to ingest was found in " + ", ".join(paths))


def parse(
    paths: Paths,
    as_json: Annotated[bool, typer.Option("--json", help="The default; there is no other form.")] = True,
) -> None:
    """Print each cable as a JSON object a line; index nothing."""
    from ingest.parser import read
    from ingest.sources.document import Rejection
    from ingest.sources.paths import documents
    from rag.domain.cable_json import cable_json

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
    from api.cli.reading import answer_question, cited_paragraphs
    from rag.domain.filters import Filters

    settings = Settings(store=store or Settings().store.with_name("cables-demo"))
    console = Console()
    if service_url(settings.store) is None:
        done = run_ingest(settings, [str(sample_folder())])
        console.print(f"The sample archive: {len(done.report.outcomes)} fictional cables in {settings.store}")
    console.print(f"\n$ cables ask --store {settings.store} {DEMO_QUESTION!r}\n")
    answer = answer_question(settings, DEMO_QUESTION, Filters())
    print_answer(console, answer, cited_paragraphs(settings, answer))
    console.print(
        f"\nNext: cables serve --store {settings.store}   (the web page, at http://127.0.0.1:8000)"
        "\n      cables ingest PATH...   (your own cables)"
    )


def sample_folder() -> Path:
    """Folder of the bundled sample archive."""
    import ingest as package

    return Path(package.__file__).with_name("sample")


@dataclass(frozen=True, slots=True)
class IngestTarget:
    """Where cables go: the ingest function for it, what waits there, and how the owner's saved searches stand."""

    run: Run
    waiting: Callable[[], int]
    watches: Callable[[], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What an ingest did, in how many seconds, and the owner's saved searches after it."""

    report: "Report"
    seconds: float
    watches: Sequence[dict[str, Any]]


def run_ingest(settings: Settings, paths: list[str], ray: str | None = None) -> IngestResult:
    """Ingest with a progress bar on the terminal."""
    from ingest.pipeline import CHANGED
    from ingest.sources.paths import documents
    from rag.index.lock import ingest_turn

    with ingest_turn(settings.store, _print_waiting), _ingest_target(settings, ray) as target:
        started = time.perf_counter()
        with ingest_bar(target.waiting()) as bar:

            def inputs() -> "Iterator[Document | Rejection]":
                yield from documents(paths)
                bar.all_read()

            def advance(outcome: "Outcome") -> None:
                bar.read(outcome.outcome in CHANGED)

            report = target.run(inputs(), advance, bar.encoded)
        return IngestResult(report, time.perf_counter() - started, target.watches())


@contextmanager
def _ingest_target(settings: Settings, ray: str | None) -> Iterator[IngestTarget]:
    """The archive, or the service that owns it; with `ray`, that cluster."""
    from ingest.pipeline import ingest as fill
    from rag.archive import Archive

    url, run = service_url(settings.store), partial(fill, announce=print_outgoing)
    if sending := provider_of(settings.embedding_model):  # the whole cost is said before anything is sent
        run = partial(run, index_every=None)
    if ray is not None:
        from ingest.on_ray import INDEX_EVERY, RayStore, parsed_on_ray, ray_cluster

        if url:
            raise BadInput(f"the service at {url} indexes by itself; stop it to ingest on Ray, or leave out --ray")
        with ray_cluster(ray), Archive(settings, create=True, wait=OWNER_WAIT_SECONDS) as archive:
            on_ray = partial(run, RayStore(archive), parse=parsed_on_ray)
            yield _target(archive, on_ray if sending else partial(on_ray, index_every=INDEX_EVERY))
    elif url:
        from api.client import ServiceClient, call_service
        from api.served_store import served_store

        with served_store(settings, url) as store:
            watches = partial(call_service, url, owner_key(settings.store), ServiceClient.watches)
            yield IngestTarget(_run_of(partial(run, store)), lambda: len(store.catalog.unindexed()), watches)
    else:
        with Archive(settings, create=True, wait=OWNER_WAIT_SECONDS) as archive:
            yield _target(archive, partial(run, archive))


def _target(archive: "Archive", run: "Callable[..., Report]") -> IngestTarget:
    from api.http.watching_service import WatchService

    watching = WatchService(archive.as_reader(OWNER), "")
    return IngestTarget(_run_of(run), lambda: len(archive.catalog.unindexed()), lambda: watching.all()["watches"])


def _run_of(run: "Callable[..., Report]") -> Run:
    return lambda inputs, progress, encoded: run(inputs, progress=progress, encoded=encoded)


def _print_waiting() -> None:
    typer.echo("cables: another ingest of this store is at work; waiting for it to end", err=True)


def _print_report(console: Console, done: IngestResult) -> None:
    from ingest.pipeline import CHANGED, OUTCOMES

    report, table = done.report, Table("", "cables", box=None)
    for outcome in OUTCOMES:
        table.add_row(outcome, str(report.count(outcome)))
    console.print(table)
    for item in report.outcomes:
        if item.reason:
            name = f"{item.cable_id}: " if item.cable_id else ""
            console.print(
                plain(f"{item.outcome}: {name}{item.source}: {item.reason}"), soft_wrap=True
            )  # file names are not broken
    precision = f", encoded with {report.precision}" if report.precision else ""
    console.print(plain(f"{report.paragraphs:,} new or changed paragraphs in {done.seconds:,.1f} s{precision}."))
    if news := [f"{watch['name']} {watch['new']:,}" for watch in done.watches if watch["new"]]:
        console.print(plain(f"New to saved searches: {', '.join(news)}. `cables watch show NAME` lists them."))
    if any(map(report.count, CHANGED)):
        console.print('Next: cables ask "..." asks the archive, cables serve opens it in a browser.')
