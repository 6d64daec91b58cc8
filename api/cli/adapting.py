"""`cables adapt`."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer
from rich.console import Console

from api.cli.options import INTERRUPTED, Store, settings_for
from api.cli.progress import stages
from rag.settings import Settings

_STAGES = {"mining": "mining pairs", "learning": "training", "indexing": "indexing"}


def adapt(
    store: Store = None,
    back: Annotated[bool, typer.Option("--back", help="Search with the original encoder again.")] = False,
) -> None:
    """Adapt the encoder to the archive: train it on pairs of the archive's own summaries, headings and references with
    the paragraphs they refer to. If the encoder does not improve, the original one remains in use."""
    settings = settings_for(store)
    console = Console()
    try:
        with stages() as show:
            lines = _switch_back(settings, show) if back else _adapt(settings, show)
    except KeyboardInterrupt:
        Console(stderr=True).print("cables: stopped; the archive keeps its previous encoder", highlight=False)
        raise typer.Exit(INTERRUPTED) from None
    for line in lines:
        console.print(line, highlight=False, soft_wrap=True)


def _adapt(settings: Settings, show: Callable[[str, int, int], None]) -> list[str]:
    from rag.adaptation.adapt import adapt as run
    from rag.adaptation.training_config import TrainingConfig
    from rag.archive import Archive
    from rag.catalog.catalog import open_catalog
    from rag.catalog.keys import Keys, least_clearance

    open_catalog(settings).close()  # raises where there is no store; opened for writing, an archive would be created
    with Archive(settings, create=True) as archive:
        result = run(
            archive,
            TrainingConfig(),
            lambda stage, *of: show(_STAGES[stage], *of),
            least_clearance(Keys(archive.catalog).all()),
        )
    pairs = f"Trained on {result.learned} pairs. On {result.held_out} held-out pairs, before and after:"
    figures = (
        f"MRR {result.before.mrr:.3f} -> {result.after.mrr:.3f}, "
        f"among the first five {result.before.recall:.3f} -> {result.after.recall:.3f}"
    )
    if result.encoder is None:
        return [pairs, figures, "The gain is too small: the original encoder is kept."]
    return [
        pairs,
        figures,
        f"The archive is searched with {result.encoder}. `cables adapt --back` returns to the original.",
        *(["Restart the services that read this archive."] if settings.chroma_url else []),
    ]


def _switch_back(settings: Settings, show: Callable[[str, int, int], None]) -> list[str]:
    from rag.adaptation.switching import active_encoder, switch_back
    from rag.archive import Archive
    from rag.catalog.catalog import open_catalog

    open_catalog(settings).close()
    with Archive(settings, create=True, original=True) as archive:
        if active_encoder(archive) is None:
            return ["The archive is searched with the original encoder already."]
        switch_back(archive, partial(show, _STAGES["indexing"]))
    return ["The archive is searched with the original encoder again."]
