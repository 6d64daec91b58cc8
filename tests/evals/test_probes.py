from dataclasses import replace
from pathlib import Path

import pytest

from evals.probes import PROBES
from rag.archive import Archive
from rag.settings import Settings
from tests.evals.invented import HARBOUR, cable, question

QUESTIONS = (question("cranes", (("07OSTERMERE10#1",),)), question("lamps", (("07OSTERMERE10#3",),)))


@pytest.fixture(scope="module")
def own_archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A cable whose third paragraph is secret, of which no other test looks at the indexes."""
    store: Path = tmp_path_factory.mktemp("store")
    telegram = cable("07OSTERMERE10", "HARBOUR WORKS", HARBOUR)
    *rest, last = telegram.paragraphs
    secret = replace(telegram, paragraphs=(*rest, replace(last, marking="S", effective_marking="S")))
    archive = Archive(Settings(store=store, catalog_url=None, chroma_url=None, llm=None), create=True)
    archive.catalog.put(secret)
    archive.index_pending()
    return archive


@pytest.mark.parametrize("name", ["clearance", "index agreement", "fabrications withheld", "years as written"])
def test_a_sound_archive_holds_in_every_case(own_archive: Archive, name: str) -> None:
    assert PROBES[name](own_archive, QUESTIONS) == 1.0


def test_a_probe_without_a_case_measures_nothing(own_archive: Archive) -> None:
    assert PROBES["tails found"](own_archive, QUESTIONS) is None
    assert PROBES["hints do not exclude"](own_archive, ()) is None


def test_an_index_that_lags_behind_is_seen(own_archive: Archive) -> None:
    [telegram] = own_archive.catalog.cables(["07OSTERMERE10"])
    own_archive.catalog.put(replace(telegram, paragraphs=telegram.paragraphs[:1]))
    own_archive.catalog.mark_indexed(["07OSTERMERE10"])
    assert PROBES["index agreement"](own_archive, QUESTIONS) == 0.0
