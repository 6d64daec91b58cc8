from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.domain.access import OWNER, Clearance
from rag.domain.answer import Condition
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.index.window_entries import WindowEntries
from rag.query.parsed_query import ParsedQuery, QueryParser, QuestionPart
from rag.query.phrasing import PhrasingReader
from rag.query.query import Query
from rag.retrieval.features import Features
from rag.retrieval.late_interaction import LateInteraction
from rag.retrieval.rankings import in_turns
from rag.retrieval.reranker import Reranker
from rag.retrieval.retrieval import Retrieved, Retriever
from rag.retrieval.weights import RetrievalWeights
from rag.settings import Settings
from tests.rag.encoders.small_models import small_reranker
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


def retrieved(archive: Archive, question: str, chosen: Filters | None = None) -> Retrieved:
    parser = QueryParser(archive.catalog, archive.indexes.lexical, PhrasingReader(archive.judge))
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
    late = LateInteraction(archive.judge, reader.lexical.word_idf)
    retriever = Retriever(reader.catalog, archive.indexes.vectors, reader.lexical, archive.embeddings, late, weights)
    assert retriever.search("Which harpoonist was arrested?")[0].key == "08GANNET4#1"


@pytest.fixture(scope="module")
def reranker(tmp_path_factory: pytest.TempPathFactory) -> Reranker:
    return Reranker(str(small_reranker(tmp_path_factory.mktemp("reranker"))))


def with_reranker(archive: Archive, reranker: Reranker, most: int = 50) -> Retriever:
    reader = archive.as_reader(OWNER)
    late = LateInteraction(archive.judge, reader.lexical.word_idf)
    vectors, weights = archive.indexes.vectors, RetrievalWeights(by_reranker=most)
    return Retriever(reader.catalog, vectors, reader.lexical, archive.embeddings, late, weights, reranker)


def by_reranker(archive: Archive, reranker: Reranker, question: str, keys: Sequence[str]) -> list[str]:
    """The keys in the order of its scores."""
    found, entries = archive.catalog.paragraphs(keys), WindowEntries(archive.judge.folder)
    return list(reranker.scores(question, {key: entries.texts(*found[key]) for key in keys}))


def test_a_reranker_puts_the_first_fifty_in_the_order_of_its_scores(sample: Archive, reranker: Reranker) -> None:
    asked = "How far will the wheat duty fall?"
    plain = [paragraph.key for paragraph in sample.search(asked, 80)]
    found = with_reranker(sample, reranker).search(asked, 80)
    keys, scores = [paragraph.key for paragraph in found], [paragraph.score for paragraph in found]
    assert len(plain) > 55
    assert keys == by_reranker(sample, reranker, asked, plain[:50]) + plain[50:] != plain
    assert scores == sorted(scores, reverse=True) and scores[0] <= 1
    assert min(scores[:50]) > 0 == max(scores[50:])


def test_each_part_of_a_question_is_reranked_for_itself(archive: Archive, reranker: Reranker) -> None:
    parts = ("Why did the tariff on lantern oil matter to islanders", "who was arrested at the fish market")
    query = ParsedQuery(" and ".join(parts), tuple(map(QuestionPart, parts)))
    keys = ["08GANNET2#1", "08GANNET2#2", "08GANNET3#1", "08GANNET4#1", "08QUILL1#1", "08QUILL1#2"]
    found = with_reranker(archive, reranker).retrieve(query).paragraphs
    scores = [paragraph.score for paragraph in found]
    assert scores == sorted(scores, reverse=True)
    expected = in_turns([by_reranker(archive, reranker, part, keys) for part in parts])
    copies = {"08GANNET2#1", "08GANNET2#2", "08QUILL1#1", "08QUILL1#2"}
    assert [paragraph.key for paragraph in found if paragraph.key not in copies] == [
        key for key in expected if key not in copies
    ]
    one_each = with_reranker(archive, reranker, most=2).retrieve(query).paragraphs
    assert {paragraph.key for paragraph in one_each[:2]} == {"08GANNET3#1", "08GANNET4#1"}


def test_what_a_question_states_or_cites_binds_a_reranker(archive: Archive, reranker: Reranker) -> None:
    def found(question: str) -> list[str]:
        query = QueryParser(archive.catalog, archive.indexes.lexical, PhrasingReader(archive.judge)).parse(
            Query(question)
        )
        return [paragraph.key for paragraph in with_reranker(archive, reranker).retrieve(query).paragraphs]

    assert {key[:8] for key in found("In cables from Quill, when is the tariff on lantern oil set?")} == {"08QUILL1"}
    for cited in ("GANNET 4 ¶1", "QUILL 1 ¶2"):
        assert found(f"What does {cited} say?")[0].endswith(cited.replace(" ¶", "#").replace(" ", ""))
