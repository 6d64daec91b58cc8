from pathlib import Path

import pytest

from evals.bench.paragraphs import Copy, as_is, bare, read_pages, score, web_copy, with_pilcrows
from tests.evals.bench.pages import write_page


def test_the_truth_is_each_number_with_the_start_of_its_text(tmp_path: Path) -> None:
    write_page(tmp_path)
    [page] = read_pages(tmp_path)
    assert page.truth == ((1, "Thekeeperoft"), (2, "Theguildsaid"))


@pytest.mark.parametrize("copy", [as_is, with_pilcrows, bare, web_copy])
def test_a_simple_page_is_cut_rightly_in_every_copy(tmp_path: Path, copy: Copy) -> None:
    write_page(tmp_path)
    result = score(read_pages(tmp_path), copy)
    assert (result.hits, result.extra, result.missed) == (2, 0, 0)
    assert result.f1 == 1.0


def test_a_start_that_is_not_found_is_missed(tmp_path: Path) -> None:
    write_page(tmp_path)
    result = score(read_pages(tmp_path), lambda page, choices: b"nothing")
    assert (result.hits, result.missed) == (0, 2)
    assert result.wrong[0].startswith("08QUILLHAVEN2340.html: extra [], missed ")
