from pathlib import Path

import pytest

from rag.catalog.manifest import INDEX_VERSION, SCHEMA_VERSION, check_manifest, check_schema, current_manifest
from rag.errors import StoreMismatch

STORE = Path("archive")


def accepted(stored: dict[str, str]) -> bool:
    try:
        check_manifest(stored, "m", STORE)
    except StoreMismatch:
        return False
    return True


def test_a_store_of_this_version_and_an_empty_one_are_accepted() -> None:
    assert accepted(current_manifest("m"))
    assert accepted({})
    assert not accepted(current_manifest("other"))


@pytest.mark.parametrize(
    ("entry", "remedy"),
    [
        ({"model": "other"}, r"built with model other, this is model m; set CABLES_EMBEDDING_MODEL to other"),
        ({"index": "0"}, rf"index 0, this is index {INDEX_VERSION}; .*cables rebuild --all"),
        ({"schema": "0"}, rf"schema 0, this is schema {SCHEMA_VERSION}; ingest the cables into a new store"),
        ({"schema": "0", "model": "other"}, "schema 0"),
    ],
)
def test_a_mismatch_names_the_remedy_and_the_schema_comes_first(entry: dict[str, str], remedy: str) -> None:
    with pytest.raises(StoreMismatch, match=remedy):
        check_manifest(current_manifest("m") | entry, "m", STORE)


def test_the_schema_alone_is_checked_where_no_model_is_used() -> None:
    check_schema({"schema": SCHEMA_VERSION, "model": "other"}, STORE)
    with pytest.raises(StoreMismatch, match="schema 0"):
        check_schema({"schema": "0"}, STORE)
