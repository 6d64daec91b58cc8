"""A catalog and an index of words over a few invented cables; no model."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rag.catalog.catalog import Catalog
from rag.domain.cable import Cable, Recipient
from rag.index.lexical import LexicalIndex
from tests.rag.samples import make_cable


def _cables() -> Iterator[Cable]:
    first = make_cable(
        "07QUILL12",
        "Summary: Morales met the harbor master on May 3.",
        ("U", "The bell tower burned in June 2007."),
        subject="THE BELL",
        day=datetime(2007, 5, 9, 12, tzinfo=UTC),
        tags=("PREL", "EFIS"),
        references=("08PORTZEPHYR4", "06NOWHERE1"),
    )
    yield replace(first, signers=("STARKEY",), classified_by=("A. Nelson",), recipients=(Recipient("to", "STATE"),))
    second = make_cable(
        "08PORTZEPHYR4",
        "A moral question was raised by the ferry.",
        ("U", "Nobody spoke of Zephyria."),
        subject="THE FERRY AND THE BELL",
        day=datetime(2008, 2, 1, 12, tzinfo=UTC),
        classification="SECRET",
        tags=("PREL",),
    )
    yield replace(second, signers=("NELSON",))
    yield make_cable(
        "08QUILL5", ("U", "Ferries and bells."), subject="SECRET OF THE FERRIES", day=None, tags=("PREL", "EFIS")
    )


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    for cable in _cables():
        catalog.put(cable)
    return catalog


@pytest.fixture
def lexical() -> LexicalIndex:
    index = LexicalIndex(None)
    index.replace(list(_cables()))
    return index
