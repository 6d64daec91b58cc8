"""Several files of one cable: which one is kept, and what is said of the others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import store
from rag.catalog import Catalog
from tests.ingest.invented import HEAD, cable

_BODY = """
1. (C) The keeper of the lamp told us that he would strike on Monday unless the oil came.

2. (C) The minister of lamps said that he had ordered the oil, and that the boat had sunk.

3. (C) Comment: We have heard this before.
"""
_CORRECTED = HEAD.replace("SIPDIS\n", "SIPDIS\n\nC O R R E C T E D  C O P Y (DATE OF THE STRIKE)\n")
_COPIES = {
    "whole.txt": (_BODY, HEAD),
    "part.txt": (_BODY[: _BODY.index("2. (C)")], HEAD),
    "corrected.txt": (_BODY.replace("on Monday", "on Friday"), _CORRECTED),
    # Without a date-time group the year is in the file's name only.
    "08QUILLHAVEN2340.txt": (_BODY, HEAD[HEAD.index("C O N F") :]),
}


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    catalog = Catalog(f"sqlite:///{tmp_path / 'catalog.sqlite3'}")
    yield catalog
    catalog.close()


def _stored(catalog: Catalog, *names: str) -> list[str]:
    outcomes = []
    for name in names:
        body, head = _COPIES[name]
        outcomes.append(store(catalog, cable(body, head, name)).outcome)
    return outcomes


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (("whole.txt", "part.txt"), "whole.txt"),
        (("part.txt", "whole.txt"), "whole.txt"),
        (("whole.txt", "corrected.txt", "part.txt"), "corrected.txt"),
        (("corrected.txt", "whole.txt"), "corrected.txt"),
        (("part.txt", "corrected.txt", "whole.txt"), "corrected.txt"),
        (("whole.txt", "08QUILLHAVEN2340.txt"), "whole.txt"),
    ],
)
def test_one_cable_the_best_copy_the_others_variants(catalog: Catalog, names: tuple[str, ...], kept: str) -> None:
    _stored(catalog, *names)
    assert catalog.ids() == ["08QUILLHAVEN2340"]
    held = catalog.cable("08QUILLHAVEN2340")
    assert held is not None
    assert held.source == kept
    assert len(held.variants) == len(names) - 1


def test_what_becomes_of_each_copy(catalog: Catalog) -> None:
    assert _stored(catalog, "part.txt", "whole.txt", "part.txt", "corrected.txt", "whole.txt") == [
        "added",
        "updated",
        "unchanged",
        "updated",
        "unchanged",
    ]
    held = catalog.cable("08QUILLHAVEN2340")
    assert held is not None
    assert held.problems == ("a corrected copy",)


def test_a_file_that_changed_replaces_what_it_gave_before(catalog: Catalog) -> None:
    _stored(catalog, "whole.txt")
    shorter = cable(_COPIES["part.txt"][0], HEAD, "whole.txt")
    assert store(catalog, shorter).outcome == "updated"


@pytest.mark.parametrize("declared", ["08TOKOY2367", "08AMEMBTOKYO2367", "TOKYO 2367 (2)", "08SECTION01OF02TOKYO2367"])
def test_a_malformed_id_is_read_from_the_message_line(declared: str) -> None:
    head = HEAD.replace("QUILLHAVEN 002340", "TOKYO 002367")
    page = f"Identifier\nCreated\nClassification\nOrigin\n{declared}\n2008-08-26 09:04:00\nSECRET\nEmbassy\n\n"
    found = cable(_BODY, page + head)
    assert str(found.id) == "08TOKYO2367"
    assert any("malformed id" in problem for problem in found.problems)
