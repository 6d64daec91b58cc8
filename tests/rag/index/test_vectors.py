"""The vector index over an embedded Chroma."""

from pathlib import Path

import pytest

from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.errors import StoreUnavailable
from rag.index.chroma_collection import delete_index
from rag.index.indexes import Indexes
from rag.index.vectors import VectorIndex, collection_of
from tests.rag.samples import make_cable
from tests.rag.word_embeddings import WordEmbeddings, index_cables

LONG = "The keeper counted every barrel of oil on the quay before the tide turned. " * 30


@pytest.fixture
def vectors(indexes: Indexes) -> VectorIndex:
    index_cables(
        indexes,
        make_cable("08QUILL1", "A lantern was lit.", LONG, subject=None),
        make_cable("08ROOK2", ("S", "A lantern was lit in secret."), subject=None, classification="SECRET"),
    )
    return indexes.vectors


def keys(vectors: VectorIndex, query: str, k: int = 10, filters: Filters | None = None) -> list[str]:
    vector = WordEmbeddings().encode([query])[0].tolist()
    return [hit.key for hit in vectors.search(vector, k, filters or Filters())]


def test_a_paragraph_is_one_result_however_many_windows_it_has(vectors: VectorIndex) -> None:
    assert vectors.count() == len(vectors.ids()) > 3
    assert sorted(keys(vectors, "the keeper counted barrels of oil")) == ["08QUILL1#1", "08QUILL1#2", "08ROOK2#1"]
    assert keys(vectors, "the keeper counted barrels of oil", k=1) == ["08QUILL1#2"]


def test_scores_are_cosines_best_first(vectors: VectorIndex) -> None:
    (window,) = (window for window, _ in vectors.stored(["08ROOK2"]))
    (_, vector) = vectors.stored(["08ROOK2"])[0]
    hits = vectors.search(list(map(float, vector)), 3, Filters())
    assert hits[0].key == window.key and hits[0].score == pytest.approx(1.0, abs=0.001)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_filters_and_clearances_limit_the_results(vectors: VectorIndex) -> None:
    assert keys(vectors, "lantern", filters=Filters(posts=frozenset({"ROOK"}))) == ["08ROOK2#1"]
    assert "08ROOK2#1" not in keys(vectors.as_reader(Clearance(Level.C)), "lantern lit in secret")


def test_removed_cables_and_dropped_windows_are_gone(vectors: VectorIndex) -> None:
    vectors.remove(["08ROOK2", "08UNKNOWN9"])
    assert vectors.stored(["08ROOK2"]) == [] and "08ROOK2#1" not in keys(vectors, "lantern")
    vectors.drop(["08QUILL1#1/0"])
    assert "08QUILL1#1/0" not in vectors.ids()


def test_another_encoder_has_a_collection_of_its_own(vectors: VectorIndex, tmp_path: Path) -> None:
    adapted = VectorIndex(tmp_path / "chroma", tmp_path / "flat", WordEmbeddings(), "paragraphs-feed")
    assert adapted.count() == 0
    adapted.keep_only({"paragraphs"})
    assert vectors.count() > 0
    vectors.keep_only(())
    assert vectors.count() > 0
    with pytest.raises(StoreUnavailable):
        adapted.count()  # it was not to be kept


def test_the_collection_is_named_after_the_fingerprint_of_the_encoder() -> None:
    assert collection_of(None) == "paragraphs"
    assert collection_of("all-MiniLM-L6-v2-feedbeef") == "paragraphs-feedbeef"


def test_a_deleted_index_leaves_no_files(tmp_path: Path) -> None:
    for name in ("chroma", "flat"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("x")
    delete_index(tmp_path / "chroma", tmp_path / "flat")
    delete_index(tmp_path / "chroma", tmp_path / "flat")  # nothing is left to delete, which is no error
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_answer_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="CABLES_CHROMA_URL"):
        VectorIndex("http://127.0.0.1:1", tmp_path, WordEmbeddings())
