"""The manifest: what a store was built with, and whether that is what this process builds with."""

from collections.abc import Mapping
from pathlib import Path

from rag.errors import StoreMismatch

SCHEMA_VERSION = "3"  # of the catalog's tables
INDEX_VERSION = "3"  # of what the indexes hold of a paragraph
ADAPTED = "adapted"
"""Name of the entry for the adapted encoder that searches; empty or absent while the original does."""
RENEW = "renew"
"""Name of the entry that says both indexes are to be dropped and made anew."""

_REMEDIES = {
    "model": "set CABLES_EMBEDDING_MODEL to {held}, or make the indexes anew with `cables rebuild --all`",
    "index": "make the indexes anew with `cables rebuild --all`",
    "schema": "ingest the cables into a new store",
}


def current_manifest(model: str) -> dict[str, str]:
    """What this process builds with."""
    return {"model": model, "schema": SCHEMA_VERSION, "index": INDEX_VERSION}


def check_schema(held: Mapping[str, str], store: Path) -> None:
    """See that the catalog's tables are of this version.

    Raises:
        StoreMismatch: they are not.
    """
    _check(held, {"schema": SCHEMA_VERSION}, store)


def check_manifest(held: Mapping[str, str], model: str, store: Path) -> None:
    """See that a store can be used by this process with this model.

    Raises:
        StoreMismatch: it cannot; the message names the remedy.
    """
    check_schema(held, store)
    _check(held, current_manifest(model), store)


def _check(held: Mapping[str, str], ours: Mapping[str, str], store: Path) -> None:
    for name, value in ours.items():
        if held.get(name, value) != value:
            raise StoreMismatch(
                f"the store {store} was built with {name} {held[name]}, this is {name} {value}; "
                + _REMEDIES[name].format(held=held[name])
            )
