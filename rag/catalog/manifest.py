"""The manifest: what a store was built with, and whether that is what this process builds with."""

from collections.abc import Mapping
from pathlib import Path

from rag.errors import StoreMismatch

SCHEMA_VERSION = "5"  # of the catalog's tables
INDEX_VERSION = "5"  # of what the indexes hold of a paragraph
UPGRADABLE = ("3", "4")
"""Older schema versions that `cables upgrade` brings up."""
SAME_VECTORS = ("3", "4")
"""Older index versions that differ in the word index alone."""
PARSER = "parser"
"""Name of the entry for the oldest version of the parser that read any of the cables."""
ADAPTED = "adapted"
"""Name of the entry for the encoder, adapted or fetched, used for searching; empty while the original is used."""
REINDEX = "renew"
"""Name of the entry that says which indexes are to be dropped and rebuilt: `REINDEX_ALL` or `REINDEX_WORDS`."""
REINDEX_ALL, REINDEX_WORDS = "yes", "words"
ERASE = "erase"
"""Name of the entry that says files still hold what was withdrawn."""
CONTENT = "content"
"""Name of the entry whose value changes with every cable written."""

_REMEDIES = {
    "model": "set CABLES_EMBEDDING_MODEL to {stored}, or rebuild the indexes with `cables rebuild --all`",
    "index": "rebuild the indexes with `cables rebuild --all`",
    "schema": "ingest the cables into a new store",
}


def current_manifest(model: str) -> dict[str, str]:
    """What this process builds with."""
    return {"schema": SCHEMA_VERSION, "model": model, "index": INDEX_VERSION}


def index_trace(manifest: Mapping[str, str]) -> dict[str, str | None]:
    """What an answer tells of the index that it was made from."""
    return {name: manifest.get(name) for name in ("model", "adapted", "parser", "schema")}


def check_schema(stored: Mapping[str, str], store: Path) -> None:
    """Check that the catalog's tables are of this version.

    Raises:
        StoreMismatch: they are not.
    """
    _check(stored, {"schema": SCHEMA_VERSION}, store)


def check_manifest(stored: Mapping[str, str], model: str, store: Path) -> None:
    """Check that this process can use a store with this model.

    Raises:
        StoreMismatch: it cannot; the message names the remedy.
    """
    _check(stored, current_manifest(model), store)


def _check(stored: Mapping[str, str], expected: Mapping[str, str], store: Path) -> None:
    for name, value in expected.items():
        if stored.get(name, value) != value:
            raise StoreMismatch(
                f"the store {store} was built with {name} {stored[name]}, this is {name} {value}; "
                + _remedy(name, stored[name])
            )


def _remedy(name: str, stored: str) -> str:
    if name == "schema" and stored in UPGRADABLE:
        return "bring it up with `cables upgrade`"
    if name == "index" and stored in SAME_VECTORS:
        return "make the word index anew with `cables rebuild`"
    return _REMEDIES[name].format(stored=stored)
