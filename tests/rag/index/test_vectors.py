"""The vector index over an embedded Chroma."""

from contextlib import closing
from pathlib import Path

import pytest

from rag.domain.access import Clearance
from rag.domain.cable import Cable
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.errors import StoreUnavailable
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


def test_only_what_differs_is_written_to_chroma(tmp_path: Path) -> None:
    cable, words = make_cable("08QUILL1", "A lantern.", "A bell."), WordEmbeddings()
    changed = make_cable("08QUILL1", "A lantern.", "A ferry.")
    with closing(VectorIndex(tmp_path / "chroma", tmp_path / "flat", words)) as vectors:

        def replaced(cable: Cable, sign: float) -> dict[str, float]:
            windows = vectors.entries.of([cable])
            encoded = words.encode_documents([window.text for window in windows])
            vectors.replace(["08QUILL1"], list(zip(windows, sign * encoded, strict=True)))
            stored = {window.id: vector for window, vector in vectors.stored(["08QUILL1"])}
            assert stored.keys() == vectors.flat.stored(["08QUILL1"]).keys()
            return {each.id: float(stored[each.id] @ vector) for each, vector in zip(windows, encoded, strict=True)}

        assert list(replaced(cable, 1.0).values()) == pytest.approx([1.0, 1.0])
        first, second = replaced(changed, -1.0).values()
        assert (first, second) == pytest.approx((1.0, -1.0))


def test_a_server_that_does_not_answer_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="CABLES_CHROMA_URL"):
        VectorIndex("http://127.0.0.1:1", tmp_path, WordEmbeddings())
