"""`cables adapt`."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from api.cli.options import Store, settings_for
from rag.settings import Settings

_STAGES = {"mining": "looking for pairs", "learning": "learning", "indexing": "indexing anew"}
_STOPPED = 130


def adapt(
    store: Store = None,
    back: Annotated[bool, typer.Option("--back", help="Search with the original encoder again.")] = False,
) -> None:
    """Adapt the encoder to the archive: learn from its own summaries, headings and references which texts belong
    together. The original is kept, and searches on if nothing was gained."""
    settings = settings_for(store)
    console = Console()
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            said = _back(settings, progress) if back else _adapt(settings, progress)
    except KeyboardInterrupt:
        Console(stderr=True).print("cables: stopped; the archive is searched with the encoder it had", highlight=False)
        raise typer.Exit(_STOPPED) from None
    for line in said:
        console.print(line, highlight=False, soft_wrap=True)


def _adapt(settings: Settings, progress: Progress) -> list[str]:
    from rag.adaptation.adapt import adapt as run
    from rag.adaptation.recipe import Recipe
    from rag.archive import Archive, open_catalog
    from rag.keys import Keys, least_clearance

    open_catalog(settings).close()  # an archive opened to be written would be made where there is none
    tasks = {stage: progress.add_task(text, total=None, visible=False) for stage, text in _STAGES.items()}

    def show(stage: str, done: int, total: int) -> None:
        progress.update(tasks[stage], completed=done, total=total, visible=True)

    with Archive(settings, create=True) as archive:
        result = run(archive, Recipe(), show, least_clearance(Keys(archive.catalog).all()))
    learned = f"{result.learned} pairs learned from, {result.held_out} held out; on those, before and after:"
    figures = (
        f"MRR {result.before.mrr:.3f} -> {result.after.mrr:.3f}, "
        f"among the first five {result.before.recall:.3f} -> {result.after.recall:.3f}"
    )
    if result.encoder is None:
        return [learned, figures, "Not enough was gained: the original encoder is kept."]
    return [
        learned,
        figures,
        f"The archive is searched with {result.encoder}. `cables adapt --back` goes back to the original.",
        *(["Restart the services that read this archive."] if settings.chroma_url else []),
    ]


def _back(settings: Settings, progress: Progress) -> list[str]:
    from rag.adaptation.switching import searching, switch_back
    from rag.archive import Archive, open_catalog

    open_catalog(settings).close()
    task = progress.add_task(_STAGES["indexing"], total=None, visible=False)

    def show(done: int, total: int) -> None:
        progress.update(task, completed=done, total=total, visible=True)

    with Archive(settings, create=True, original=True) as archive:
        if searching(archive) is None:
            return ["The archive is searched with the original encoder already."]
        switch_back(archive, show)
    return ["The archive is searched with the original encoder again."]
