"""Whether a damaged graph is noticed, and a whole one is not."""

from contextlib import closing
from pathlib import Path

import pytest
from chromadb.errors import InternalError

from rag.errors import GraphDamaged, StoreUnavailable
from rag.index.chroma_client import guarded
from rag.index.chroma_collection import COLLECTION, ChromaCollection
from rag.index.flat_vectors import FlatVectors
from rag.index.graph_check import GraphFault, ends_its_reader, graph_fault
from tests.rag.index.damaged_graphs import DAMAGES, WINDOWS, entries, fill, make_lethal, make_no_database


def fault_of(folder: Path, settled: bool = True) -> GraphFault | None:
    with closing(ChromaCollection(folder / "chroma", COLLECTION, None)) as collection:
        return graph_fault(collection, FlatVectors(folder / "flat" / COLLECTION), settled)


def ends(folder: Path) -> bool:
    return ends_its_reader(folder / "chroma", folder / "flat", COLLECTION)


def test_nothing_is_wrong_with_a_whole_or_an_empty_graph(tmp_path: Path) -> None:
    assert fault_of(tmp_path) is None
    fill(tmp_path)
    assert fault_of(tmp_path) is None and not ends(tmp_path)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_noticed(tmp_path: Path, damage: str) -> None:
    fill(tmp_path)
    DAMAGES[damage](tmp_path)
    fault = fault_of(tmp_path, settled=False)
    assert fault is not None and not fault.incomplete
    assert not ends(tmp_path)


@pytest.mark.parametrize(("held", "settled"), [(0, True), (0, False), (WINDOWS // 2, False), (WINDOWS - 1, True)])
def test_a_graph_that_lacks_some_is_incomplete(tmp_path: Path, held: int, settled: bool) -> None:
    fill(tmp_path, held)
    fault = fault_of(tmp_path, settled)
    assert fault is not None and fault.incomplete and fault.reason.startswith("it holds")


def test_what_an_ingest_is_about_to_write_is_no_fault(tmp_path: Path) -> None:
    fill(tmp_path, WINDOWS - 1)
    assert fault_of(tmp_path, settled=False) is None


def test_vectors_of_their_own_are_looked_for(tmp_path: Path) -> None:
    """A process that was killed between the two indexes leaves other vectors in the flat one."""
    fill(tmp_path)
    windows = entries()
    flat = FlatVectors(tmp_path / "flat" / COLLECTION)
    flat.replace(
        [window.metadata["cable_id"] for window, _ in windows], [(window, -vector) for window, vector in windows]
    )
    assert fault_of(tmp_path) is None


@pytest.mark.parametrize("message", ["unable to open (code: 14)", "busy (code: 5)", "denied (os error 13)"])
def test_what_is_no_damage_is_raised(tmp_path: Path, message: str) -> None:
    fill(tmp_path)

    class Busy(ChromaCollection):
        def count(self) -> int:
            raise guarded_error(message)

    with closing(Busy(tmp_path / "chroma", COLLECTION, None)) as collection, pytest.raises(StoreUnavailable) as raised:
        graph_fault(collection, FlatVectors(tmp_path / "flat" / COLLECTION), settled=True)
    assert not isinstance(raised.value, GraphDamaged)


def guarded_error(message: str) -> Exception:
    def fail() -> None:
        raise InternalError(message)

    with pytest.raises(StoreUnavailable) as raised:
        guarded(fail)()
    return raised.value


def test_another_process_tries_a_graph_that_may_end_it(tmp_path: Path) -> None:
    fill(tmp_path)
    make_lethal(tmp_path)
    assert ends(tmp_path)
    make_no_database(tmp_path)
    assert not ends(tmp_path)
    assert not ends_its_reader("http://127.0.0.1:9", tmp_path, COLLECTION)
