from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.settings import Settings
from tests.rag.samples import make_cable

CIRCULAR = "Ministers will meet to set the tariff on lantern oil before the spring fair opens in the capital."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("store")
    with Archive(Settings(store=folder), create=True) as opened:
        filler = "Delegates praised the harbour pilots and asked for nothing else during the long evening."
        opened.catalog.put(make_cable("08QUILL1", CIRCULAR, filler))
        opened.catalog.put(make_cable("08GANNET2", CIRCULAR, filler))
        opened.catalog.put(make_cable("08GANNET3", "Lantern oil was scarce, so the tariff mattered to the islanders."))
        opened.catalog.put(make_cable("08GANNET4", "The harpoonist Oskar Vell was arrested at the fish market."))
        opened.index_pending()
        yield opened


def test_copies_of_one_text_stand_behind_other_evidence(archive: Archive) -> None:
    keys = [passage.key for passage in archive.search("When is the tariff on lantern oil set?")]
    assert {"08QUILL1#1", "08GANNET2#1"} <= set(keys)
    first, second = sorted(map(keys.index, ["08QUILL1#1", "08GANNET2#1"]))
    assert first == 0 and keys.index("08GANNET3#1") < second


def test_the_classification_of_cables_narrows(archive: Archive) -> None:
    assert archive.search("tariff on lantern oil", filters=Filters.of(classifications=["confidential"]))
    assert archive.search("tariff on lantern oil", filters=Filters.of(classifications=["SECRET"])) == []


def test_each_part_of_a_question_brings_its_best_first(archive: Archive) -> None:
    asked = "Why did the tariff on lantern oil matter to islanders, and who was arrested at the fish market?"
    assert {passage.key for passage in archive.search(asked, 2)} == {"08GANNET3#1", "08GANNET4#1"}


def test_a_rare_word_outweighs_common_ones(archive: Archive) -> None:
    rarities = archive.indexes.lexical.word_idf(["the", "tariff", "harpoonist"])
    assert rarities["the"] == 0 < rarities["tariff"] < rarities["harpoonist"]


def test_what_the_flat_index_misses_is_found_in_the_graph_by_who_sees_everything(tmp_path: Path) -> None:
    with Archive(Settings(store=tmp_path), create=True) as archive:
        archive.catalog.put(make_cable("08GANNET4", "The harpoonist Oskar Vell was arrested at the fish market."))
        archive.index_pending()
        vectors, asked = archive.indexes.vectors, archive.embeddings.embed_query("Who was arrested?")
        found = [hit.key for hit in vectors.search(asked, 5, Filters())]
        vectors.flat.replace(["08GANNET4"], [])
        assert [hit.key for hit in vectors.search(asked, 5, Filters())] == found == ["08GANNET4#1"]
        assert vectors.search(asked, 5, Filters.of(["GANNET"])) == []
        assert vectors.as_reader(Clearance(Level.TS)).search(asked, 5, Filters()) == []
