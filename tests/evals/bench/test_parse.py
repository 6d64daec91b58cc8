from pathlib import Path

import pytest

from evals.bench.parse import as_dump, measure, replicated
from ingest.parser import read
from tests.evals.bench.pages import write_page


def test_pages_repeat_until_there_are_enough(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        write_page(tmp_path, name)
    names = [document.name for document in replicated(tmp_path, 5)]
    assert names == ["a.html", "b.html", "a.html", "b.html", "a.html"]


def test_a_folder_without_pages_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no HTML pages in"):
        replicated(tmp_path, 1)


def test_pages_are_counted_and_timed(tmp_path: Path) -> None:
    write_page(tmp_path)
    figures = measure((result for document in replicated(tmp_path, 3) for result in read(document)), 3)
    assert (figures["cables"], figures["rejected"]) == (3, 0)
    assert figures["peak_mb"] > 0


def test_the_same_pages_as_a_dump(tmp_path: Path) -> None:
    write_page(tmp_path)
    dump = as_dump(replicated(tmp_path, 2), tmp_path / "cables.csv")
    assert measure(read(dump), 2)["cables"] == 2
