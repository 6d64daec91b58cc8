from evals.archives import BENCHMARKS
from evals.datasheet import PAGE, counts, with_counts


def test_the_counts_on_the_page_are_those_of_the_sets() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_counts(page), "run python -m evals.datasheet --write"


def test_a_line_for_every_set() -> None:
    written = counts()
    assert all(f"| `{benchmark.name}` |" in written for benchmark in BENCHMARKS)
    assert "| questions | 45 | " in written


def test_other_counts_are_replaced() -> None:
    page = "Before.\n<!-- counts -->\n| `sample` | 1 |\n<!-- /counts -->\nBehind.\n"
    assert with_counts(page).startswith("Before.\n<!-- counts -->\n\n| set | `sample` |")
    assert with_counts(page).endswith("<!-- /counts -->\nBehind.\n")
    assert "| `sample` | 1 |" not in with_counts(page)
