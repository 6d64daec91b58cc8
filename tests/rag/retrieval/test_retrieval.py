from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.archive import Archive
from rag.domain.access import OWNER, Clearance
from rag.domain.answer import Condition
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.query.parsed_query import QueryParser
from rag.query.query import Query
from rag.retrieval.features import Features
from rag.retrieval.late_interaction import LateInteraction
from rag.retrieval.retrieval import RetrievalWeights, Retrieved, Retriever, in_turns
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


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True), max_size=4))
def test_in_turns_every_ranking_has_its_first_before_any_second(rankings: list[list[str]]) -> None:
    merged = in_turns(rankings)
    assert sorted(merged) == sorted({item for ranking in rankings for item in ranking})
    firsts = {ranking[0] for ranking in rankings if ranking}
    assert set(merged[: len(firsts)]) == firsts


def retrieved(archive: Archive, question: str, chosen: Filters | None = None) -> Retrieved:
    parser = QueryParser(archive.catalog, archive.indexes.lexical)
    return archive.retriever.retrieve(parser.parse(Query(question, chosen or Filters())))


def test_a_stated_condition_narrows_where_it_finds_something_close(archive: Archive) -> None:
    found = retrieved(archive, "In cables from Quill, when is the tariff on lantern oil set?")
    assert {paragraph.cable.id.post for paragraph in found.paragraphs} == {"QUILL"}
    assert Condition("post", "QUILL") in found.query.conditions()


def test_a_stated_condition_is_a_hint_where_something_far_better_is_found_without_it(archive: Archive) -> None:
    question = "In cables from Quill, which harpoonist was arrested at the fish market?"
    found = retrieved(archive, question)
    assert found.paragraphs[0].key == "08GANNET4#1"
    assert list(found.query.conditions()) == [Condition("post", "QUILL", soft=True)]
    chosen = retrieved(archive, "Which harpoonist was arrested at the fish market?", Filters.of(["Quill"]))
    assert {paragraph.cable.id.post for paragraph in chosen.paragraphs} == {"QUILL"}


def test_a_condition_of_one_part_does_not_narrow_the_other(archive: Archive) -> None:
    asked = "In cables from Quill, when is the tariff on lantern oil set, and who was arrested at the fish market?"
    keys = [paragraph.key for paragraph in retrieved(archive, asked).paragraphs]
    assert keys[:2] == ["08QUILL1#1", "08GANNET4#1"]


def test_what_an_index_ranks_first_is_compared_whatever_the_rest_says(archive: Archive) -> None:
    weights = RetrievalWeights(reranked=2, kept=1, first=Features(dense=1e-9, words=1e-9, cable=1.0))
    reader = archive.as_reader(OWNER)
    late = LateInteraction(archive.embeddings, reader.lexical.word_idf)
    retriever = Retriever(reader.catalog, archive.indexes.vectors, reader.lexical, archive.embeddings, late, weights)
    assert retriever.search("Which harpoonist was arrested?")[0].key == "08GANNET4#1"
