"""The manifest: what a store was built with, and whether that is what this process builds with."""

from collections.abc import Mapping
from pathlib import Path

from rag.errors import StoreMismatch

SCHEMA_VERSION = "6"  # of the catalog's tables: the last of `rag.catalog.migrations`
UPGRADABLE = ("3", "4", "5")
"""Older schema versions that `cables upgrade` brings up."""
INDEX_VERSIONS = {"chroma": "5", "flat": "5", "lexical": "5"}
"""By name, the versions of what each index holds of a paragraph. The flat index is made from Chroma's vectors."""
PARSER = "parser"
"""Name of the entry for the oldest version of the parser that read any of the cables."""
ADAPTED = "adapted"
"""Name of the entry for the encoder, adapted or fetched, used for searching; empty while the original is used."""
REINDEX = "renew"
"""Name of the entry with the names of the indexes that are to be dropped and rebuilt, separated by spaces."""
ERASE = "erase"
"""Name of the entry that says files still hold what was withdrawn."""
CONTENT = "content"
"""Name of the entry whose value changes with every cable written."""


def current_manifest(model: str) -> dict[str, str]:
    """What this process builds with."""
    return {"schema": SCHEMA_VERSION, "model": model, **INDEX_VERSIONS}


def schema_of(stored: Mapping[str, str]) -> str:
    """The version of a catalog's tables. Before schema 6 a catalog without cables did not name it."""
    return stored.get("schema", UPGRADABLE[0])


def older_indexes(stored: Mapping[str, str]) -> list[str]:
    """Names of the indexes that are of another version than this one's; `stored` may be of an older schema."""
    held = {**stored, **versions_before_6(stored)}
    older = {name for name, version in INDEX_VERSIONS.items() if held.get(name, version) != version}
    return sorted(older | {"flat"} if "chroma" in older else older)


def versions_before_6(stored: Mapping[str, str]) -> dict[str, str]:
    """The versions of the indexes where schema 5 or an older one had one for all; empty where it had none."""
    if (together := stored.get("index")) is None:
        return {}
    vectors = "5" if together in ("3", "4") else together  # then the word index alone changed
    return {"chroma": vectors, "flat": vectors, "lexical": together}


def index_trace(manifest: Mapping[str, str]) -> dict[str, str | None]:
    """What an answer tells of the index that it was made from."""
    return {name: manifest.get(name) for name in ("model", "adapted", "parser", "schema")}


def check_schema(stored: Mapping[str, str], store: Path) -> None:
    """Check that the catalog's tables are of this version.

    Raises:
        StoreMismatch: they are not.
    """
    if (schema := schema_of(stored)) != SCHEMA_VERSION:
        raise _mismatch(store, "schema", schema, SCHEMA_VERSION, _remedy(schema))


def check_manifest(stored: Mapping[str, str], model: str, store: Path) -> None:
    """Check that this process can use a store with this model.

    Raises:
        StoreMismatch: it cannot; the message names the remedy.
    """
    check_schema(stored, store)
    if (held := stored.get("model", model)) != model:
        remedy = f"set CABLES_EMBEDDING_MODEL to {held}, or rebuild the indexes with `cables rebuild --all`"
        raise _mismatch(store, "model", held, model, remedy)
    for name in older_indexes(stored):
        raise _mismatch(store, name, stored[name], INDEX_VERSIONS[name], "rebuild it with `cables upgrade`")


def _remedy(schema: str) -> str:
    if schema in UPGRADABLE:
        return "bring it up with `cables upgrade`"
    if schema.isdecimal() and int(schema) > int(SCHEMA_VERSION):
        return "install the version that made it, or a later one"
    return "ingest the cables into a new store"


def _mismatch(store: Path, name: str, held: str, own: str, remedy: str) -> StoreMismatch:
    return StoreMismatch(f"the store {store} was built with {name} {held}, this is {name} {own}; {remedy}")
