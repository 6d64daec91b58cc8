from pathlib import Path

import pytest

from rag.catalog.manifest import (
    INDEX_VERSIONS,
    SCHEMA_VERSION,
    check_manifest,
    check_schema,
    current_manifest,
    older_indexes,
)
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
    assert accepted({"schema": SCHEMA_VERSION})
    assert not accepted(current_manifest("other"))


@pytest.mark.parametrize(
    ("entry", "remedy"),
    [
        ({"model": "other"}, r"built with model other, this is model m; set CABLES_EMBEDDING_MODEL to other"),
        ({"lexical": "0"}, rf"lexical 0, this is lexical {INDEX_VERSIONS['lexical']}; .*cables upgrade"),
        ({"schema": "0"}, rf"schema 0, this is schema {SCHEMA_VERSION}; ingest the cables into a new store"),
        ({"schema": "0", "model": "other"}, "schema 0"),
        ({"schema": "99"}, "schema 99, .*; install the version that made it"),
    ],
)
def test_a_mismatch_names_the_remedy_and_the_schema_comes_first(entry: dict[str, str], remedy: str) -> None:
    with pytest.raises(StoreMismatch, match=remedy):
        check_manifest(current_manifest("m") | entry, "m", STORE)


def test_the_schema_alone_is_checked_where_no_model_is_used() -> None:
    check_schema({"schema": SCHEMA_VERSION, "model": "other"}, STORE)
    with pytest.raises(StoreMismatch, match="schema 0"):
        check_schema({"schema": "0"}, STORE)


@pytest.mark.parametrize(
    ("stored", "older"),
    [
        ({}, []),
        ({"index": "5"}, []),
        ({"index": "4"}, ["lexical"]),
        ({"index": "2"}, ["chroma", "flat", "lexical"]),
        ({"flat": "4"}, ["flat"]),
        ({"chroma": "4"}, ["chroma", "flat"]),
    ],
)
def test_only_what_changed_is_older(stored: dict[str, str], older: list[str]) -> None:
    assert older_indexes(stored) == older


def test_a_catalog_of_before_that_names_no_schema_is_brought_up() -> None:
    with pytest.raises(StoreMismatch, match="cables upgrade"):
        check_schema({}, STORE)
