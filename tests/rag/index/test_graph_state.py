from rag.index.graph_check import GraphFault
from rag.index.graph_state import GraphState
from tests.rag.index.damaged_graphs import warnings


def test_a_fault_is_logged_once() -> None:
    state = GraphState()
    with warnings() as messages:
        for _ in range(2):
            state.found(GraphFault("it holds 3% of the vectors"))
    assert messages == [
        "Chroma's graph is not whole: it holds 3% of the vectors; the service or `cables rebuild` makes it anew"
    ]
    state.found(None)
    assert state.fault is None


def test_it_is_looked_through_again_after_a_while() -> None:
    state = GraphState()
    assert state.is_due(30)
    state.found(None)
    assert not state.is_due(30) and state.is_due(0)
