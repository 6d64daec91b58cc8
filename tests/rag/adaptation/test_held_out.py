from dataclasses import replace

import numpy as np
import pytest

from rag.adaptation.held_out import HeldOut, is_held_out, split
from rag.adaptation.pairs import Pair


@pytest.mark.parametrize(("share", "held_out"), [(0.0, False), (1.0, True)])
def test_the_share_decides_how_many_cables_are_held_out(share: float, held_out: bool) -> None:
    assert is_held_out("08OSTERMERE1", share) is held_out


def test_pairs_of_held_out_cables_are_not_trained_on() -> None:
    cables = [f"08OSTERMERE{number}" for number in range(200)]
    pairs = [Pair("summary", "text", cable_id, f"{cable_id}#2", (f"{cable_id}#2",)) for cable_id in cables]
    across = Pair("reference", "text", pairs[0].cable_id, "x", ("x",))
    training, held_out = split(pairs, 0.2)
    assert 20 <= len(held_out) <= 60
    assert len(training) + len(held_out) == 200
    crossing = [replace(across, cable_id=training[0].cable_id, key=held_out[0].key)]
    assert split(crossing, 0.2) == ([], [])


def test_every_paragraph_in_the_place_of_the_answer_is_relevant() -> None:
    directions = {"a": (1.0, 0.0), "b": (0.0, 1.0), "far": (-1.0, 0.0), "query a": (0.9, 0.1), "query b": (0.6, 0.5)}
    pairs = [
        Pair("summary", "query a", "A", "A#2", ("A#1", "A#2")),  # the nearest of its own, which is not the one it names
        Pair("summary", "query b", "B", "B#1", ("B#1",)),
    ]
    ranks = HeldOut(pairs, {"A#1": "a", "A#2": "far", "B#1": "b"}).ranks(
        lambda texts: np.array([directions[text] for text in texts], dtype=np.float32)
    )
    assert ranks.mrr == 0.75
    assert ranks.recall == 1.0
