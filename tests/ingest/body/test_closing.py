"""The closing lines are no part of the last paragraph."""

import pytest

from ingest.body.closing import closing_start, without_signer
from tests.ingest.invented import texts


@pytest.mark.parametrize(
    "closing", ["AVERSTRAND", "Averstrand", "AVERSTRAND\nCONFIDENTIAL", "AVERSTRAND\n\nNNNN\n", "\nTIMKEN JR"]
)
def test_the_closing_is_not_text(closing: str) -> None:
    assert texts(f"1. (C) First words.\n\n2. (C) Last words of all.\n{closing}")["2"] == "Last words of all."


@pytest.mark.parametrize(
    ("below", "end"),
    [
        (["AVERSTRAND", "", "NNNN"], 1),
        (["", "[...]", "-----"], 1),
        (["End comment."], 2),
        (["of the lamp"], 2),
    ],
)
def test_where_the_text_ends(below: list[str], end: int) -> None:
    assert closing_start(["2. (C) The lamp is lit.", *below], 0) == end


def test_a_known_signer_closes_the_text_whatever_stands_above() -> None:
    lines = ["2. (C) The keeper who was asked to stay by everyone in the town went to see", "de Pree"]
    assert closing_start(lines, 0) == 2
    assert closing_start(lines, 0, ["DE PREE"]) == 1


def test_only_a_whole_word_at_the_end_is_a_signer() -> None:
    assert without_signer("The lamp is lit. ROE.", ["ROE"]) == "The lamp is lit."
    assert without_signer("The lamp of MONROE", ["ROE"]) == "The lamp of MONROE"
