"""An embedded Chroma: what is erased is in none of its files, whatever it had written of it by then."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from chromadb.api.models.Collection import Collection
from numpy.typing import NDArray

from rag.encoders.embedding import SentenceEmbeddings
from rag.errors import StoreUnavailable
from rag.index.chroma_collection import COLLECTION, ChromaCollection, delete_collections
from tests.processes import chroma_server, free_port
from tests.rag.store_files import holding, holding_vector

SIZE = 384


def vectors(count: int) -> NDArray[np.float32]:
    found = np.random.default_rng(0).normal(size=(count, SIZE)).astype(np.float32)
    unit: NDArray[np.float32] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def filled(collection: ChromaCollection, count: int) -> NDArray[np.float32]:
    held = vectors(count)
    metadatas = [{"cable_id": f"C{number}", "digest": f"digest{number}."} for number in range(count)]
    collection.put([f"C{number}#1/0" for number in range(count)], metadatas, list(held))
    return held


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[ChromaCollection]:
    opened = ChromaCollection(tmp_path / "chroma", COLLECTION, SentenceEmbeddings())
    yield opened
    opened.close()


@pytest.mark.parametrize("count", [5, 1200])  # in the log only; in the graph's files too
def test_what_is_erased_is_in_no_file(collection: ChromaCollection, tmp_path: Path, count: int) -> None:
    filled(collection, count)
    collection.delete(sorted(collection.ids()))
    held = filled(collection, count)  # the graph still has what was deleted
    assert holding_vector(tmp_path, held[3]) and holding(tmp_path, "digest3.")
    collection.delete(collection.ids_of(["C3", "C9999"]))
    collection.rewrite()
    assert holding_vector(tmp_path, held[3]) == [] == holding(tmp_path, "digest3.")
    assert collection.count() == count - 1 == len(collection.ids())
    assert collection.nearest(held[2].tolist(), 2)[0][0] == "C2#1/0"
    assert "C3#1/0" not in [name for name, _ in collection.nearest(held[3].tolist(), 4)]
    ids, digests, found = collection.of_cables(["C2", "C3"])
    assert (ids, digests) == (["C2#1/0"], ["digest2."]) and np.abs(found[0] - held[2]).max() < 1e-6


def test_an_empty_collection_is_rewritten(collection: ChromaCollection) -> None:
    collection.rewrite()
    assert collection.ids() == set() and collection.nearest(vectors(1)[0].tolist(), 2) == []


def test_the_collections_of_other_encoders_are_dropped(collection: ChromaCollection, tmp_path: Path) -> None:
    filled(collection, 3)
    other = ChromaCollection(tmp_path / "chroma", f"{COLLECTION}-other", SentenceEmbeddings())
    filled(other, 3)
    other.rewrite()
    assert other.count() == 3
    with pytest.raises(StoreUnavailable):
        collection.count()
    other.close()


def test_an_index_is_erased_with_its_files(tmp_path: Path) -> None:
    (tmp_path / "chroma").mkdir()
    delete_collections(tmp_path / "chroma")
    delete_collections(tmp_path / "chroma")  # nothing is left to delete, which is no error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["delete_collection", "modify"])
def test_a_rewriting_that_was_broken_off_loses_nothing(
    collection: ChromaCollection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    held = filled(collection, 5)
    with monkeypatch.context() as patched:
        patched.setattr(collection._client if step == "delete_collection" else Collection, step, broken_off)
        with pytest.raises(StoreUnavailable, match="broken off"):
            collection.rewrite()
    with closing(ChromaCollection(tmp_path / "chroma", COLLECTION, SentenceEmbeddings())) as opened:
        assert opened.count() == 5
        opened.delete(["C3#1/0"])
        opened.rewrite()
        assert opened.count() == 4 and holding_vector(tmp_path, held[3]) == []


def broken_off(*_: object, **__: object) -> None:
    raise OSError("broken off")


def test_a_collection_rewritten_by_another_process_is_found_again(tmp_path: Path) -> None:
    port = free_port()
    with chroma_server(tmp_path, port):
        first, second = (
            ChromaCollection(f"http://127.0.0.1:{port}", COLLECTION, SentenceEmbeddings()) for _ in range(2)
        )
        with closing(first), closing(second):
            held = filled(first, 3)
            first.delete(["C0#1/0"])
            uses: tuple[Callable[[], object], ...] = (
                lambda: second.nearest(held[0].tolist(), 3),
                second.ids,
                lambda: second.put(["C4#1/0"], [{"cable_id": "C4", "digest": "d"}], [held[0]]),
                lambda: second.delete(["C4#1/0"]),
            )
            for use in uses:
                first.rewrite()
                use()
            assert second.ids() == {"C1#1/0", "C2#1/0"} == first.ids()
