"""What an ingest stores of several copies of a cable, and how often it updates the indexes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from ingest.parser import PARSER_VERSION
from ingest.pipeline import ingest, store
from ingest.sources.document import Document, Rejection
from rag.catalog.catalog import Catalog
from rag.catalog.tables import ledger
from rag.catalog.tombstones import Tombstones
from rag.catalog.upgrade import read_by_older
from rag.catalog.withdrawals import Withdrawals
from rag.domain.outgoing import Outgoing
from rag.domain.withdrawal import WithdrawalOrder
from rag.errors import StoreMismatch
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


class _Store:
    """A catalog whose indexes only count their updates."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.updates = 0

    def outgoing(self) -> Outgoing | None:
        return Outgoing("openai:x", self.updates + 1, 100)

    def index_pending(self, progress: Callable[[int], None]) -> int:
        self.updates += 1
        progress(1)
        return 0

    def precision(self) -> str | None:
        return "float32"


def _inputs() -> list[Document | Rejection]:
    whole = Document("whole.txt", f"{HEAD}{_BODY}".encode())
    return [Rejection("gone.txt", "no such file or folder"), Document("list.txt", b"bread, milk\n"), whole]


def test_each_step_is_told(catalog: Catalog) -> None:
    read, encoded = list[str](), list[int]()
    report = ingest(
        _Store(catalog), _inputs(), lambda outcome: read.append(outcome.outcome), index_every=3, encoded=encoded.append
    )
    assert (read, encoded, report.paragraphs) == (["rejected", "rejected", "added"], [1, 1], 3)


def test_a_rejected_input_does_not_stop_the_others(catalog: Catalog) -> None:
    report = ingest(_Store(catalog), _inputs())
    assert [(each.source, each.outcome) for each in report.outcomes] == [
        ("gone.txt", "rejected"), ("list.txt", "rejected"), ("whole.txt", "added"),
    ]  # fmt: skip
    assert (report.count("rejected"), report.precision) == (2, "float32")


def test_indexes_are_updated_when_enough_paragraphs_wait_and_at_the_end(catalog: Catalog) -> None:
    archive = _Store(catalog)
    ingest(archive, _inputs(), index_every=3)
    assert archive.updates == 2
    ingest(archive, _inputs(), index_every=3)
    assert archive.updates == 3


def test_what_will_be_sent_is_announced_before_each_update(catalog: Catalog) -> None:
    announced: list[Outgoing] = []
    ingest(_Store(catalog), _inputs(), index_every=None, announce=announced.append)
    assert announced == [Outgoing("openai:x", 1, 100)]


def test_a_store_of_a_newer_parser_is_refused(catalog: Catalog) -> None:
    catalog.set_manifest({"parser": "99"})
    with pytest.raises(StoreMismatch, match="parser version 99"):
        ingest(_Store(catalog), _inputs())


def test_what_an_older_parser_read_is_read_anew_file_by_file(catalog: Catalog) -> None:
    _stored(catalog, "whole.txt")
    other = cable(_BODY, HEAD.replace("2340", "2341"), "other.txt")
    store(catalog, other)
    with catalog.begin() as connection:
        connection.execute(update(ledger).values(parser=PARSER_VERSION - 1))
    catalog.set_manifest({"parser": str(PARSER_VERSION - 1)})
    assert ingest(_Store(catalog), _inputs()).count("unchanged") == 1
    older = read_by_older(catalog, PARSER_VERSION)
    assert (older.cables, older.sources) == (1, ("other.txt",))
    assert catalog.manifest()["parser"] == str(PARSER_VERSION - 1)
    ingest(_Store(catalog), [Document("other.txt", f"{HEAD.replace('2340', '2341')}{_BODY}".encode())])
    assert catalog.manifest()["parser"] == str(PARSER_VERSION)


def test_what_an_older_parser_read_is_replaced_even_by_less_text(catalog: Catalog) -> None:
    store(
        catalog,
        cable(f"{_BODY}\n4. (C) And the text of another telegram, which was read as this one's.\n", HEAD, "a.txt"),
    )
    with catalog.begin() as connection:
        connection.execute(update(ledger).values(parser=PARSER_VERSION - 1))
    outcome = store(catalog, cable(_BODY, HEAD, "a.txt:1"))
    assert (outcome.outcome, outcome.reason) == ("updated", "replaces what an older parser read")
    held = catalog.cable("08QUILLHAVEN2340")
    assert held is not None and "another telegram" not in held.paragraphs[-1].text


def test_what_was_withdrawn_is_kept_out_and_the_outcome_says_so(catalog: Catalog) -> None:
    _stored(catalog, "whole.txt")
    withdrawals = Withdrawals(catalog)
    withdrawals.carry_out(WithdrawalOrder("08QUILLHAVEN2340", ("2",), "a source"))
    outcomes = [store(catalog, cable(*_COPIES[name], name)) for name in ("whole.txt", "corrected.txt", "corrected.txt")]
    assert [each.outcome for each in outcomes] == ["unchanged", "updated", "unchanged"]
    assert all("08QUILLHAVEN2340#2 was withdrawn on" in (each.reason or "") for each in outcomes)
    held = catalog.cable("08QUILLHAVEN2340")
    assert held is not None and [each.number for each in held.paragraphs] == [1, 3]
    withdrawals.carry_out(WithdrawalOrder("08QUILLHAVEN2340", (), "all of it"))
    outcome = store(catalog, cable(*_COPIES["whole.txt"], "whole.txt"))
    assert (outcome.outcome, catalog.ids()) == ("rejected", [])
    assert (outcome.reason or "").endswith("all of it")
    Tombstones(catalog).lift("08QUILLHAVEN2340")
    assert store(catalog, cable(*_COPIES["whole.txt"], "whole.txt")).outcome == "added"
