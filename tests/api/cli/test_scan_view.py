"""What the terminal shows of scans and coverage."""

import io
from typing import Any

from rich.console import Console

from api.cli.scan_view import print_coverage, print_coverage_of_post, print_scan

PAGE: dict[str, Any] = {
    "total": 1200,
    "undated": 1,
    "by_month": [{"value": "2007-12", "count": 9}, {"value": "2008-01", "count": 1190}],
    "by_post": [{"value": "QUILL", "count": 1200}],
    "hits": [
        {
            "key": "08QUILL12#1",
            "citation": "THE LONG NAME OF A POST 12 ¶1",
            "date": "2008-08-28T13:37:00Z",
            "subject": "LIGHTS",
            "snippet": f"{'nothing was said of it there ' * 6}[bold]lantern[/bold] {'and nothing more was said ' * 6}",
            "spans": [[180, 187]],
        },
        {"key": "08QUILL13#1", "citation": "QUILL 13 ¶1", "date": None, "subject": None, "snippet": "A", "spans": []},
    ],
    "next": "abc",
}
YEAR: dict[str, Any] = {
    "post": "QUILL",
    "year": 2008,
    "cables": 3,
    "undated": 1,
    "by_month": [{"value": "2008-08", "count": 2}],
    "lowest": 1003,
    "highest": 2657,
    "missing": 1652,
    "lacking": 41,
    "gaps": [{"first": 1004, "last": 2000, "count": 997}, {"first": 2002, "last": 2656, "count": 655}],
    "lacking_cables": [{"value": f"08QUILL{serial}", "count": 2} for serial in range(1, 42)],
}
NOTHING = {"cables": 0, "undated": 0, "by_month": [], "lowest": None, "highest": None, "missing": 0, "gaps": []}


def printed(show: Any, shown: dict[str, Any], colors: bool = False) -> str:
    output = io.StringIO()
    show(Console(file=output, width=80, force_terminal=True, color_system="standard" if colors else None), shown)
    return output.getvalue()


def test_a_scan_fits_80_columns_with_its_totals() -> None:
    text = printed(print_scan, PAGE)
    assert max(map(len, text.splitlines())) <= 80
    assert "2008-08-28" in text and "undated" in text and "[bold]lantern[/bold]" in text
    assert "1,200 hits, 1 of them undated, from 1 post." in text
    assert "By year: 2007 9 · 2008 1,190." in text and "the first 2. -n shows more, --csv FILE writes all." in text


def test_the_matches_are_marked() -> None:
    assert "\x1b[1;7mlantern\x1b[0m" in printed(print_scan, PAGE, colors=True)


def test_nothing_found_is_said() -> None:
    assert printed(print_scan, PAGE | {"total": 0}) == "Nothing in the archive holds that.\n"


def test_a_scan_that_is_shown_whole_says_nothing_of_more() -> None:
    assert "-n shows more" not in printed(print_scan, PAGE | {"next": None, "by_month": []})


def test_all_posts_have_a_line_each() -> None:
    earlier = YEAR | {"year": 2007}
    text = printed(print_coverage, {"cables": 7, "undated": 2, "years": [YEAR | {"post": "ROOK"}, earlier, YEAR]})
    rows = [line.split() for line in text.splitlines()]
    assert ["ROOK", "2008", "3", "1", "1,652", "41"] in rows
    assert ["QUILL", "2007-2008", "6", "2", "3,304", "82"] in rows
    assert max(map(len, text.splitlines())) <= 80


def test_a_post_has_its_gaps_and_what_others_refer_to() -> None:
    text = " ".join(printed(print_coverage_of_post, {"years": [YEAR]}).split())
    assert "Held 3 of 1,003 to 2,657, 1,652 missing between." in text
    assert "By month: 2008-08 2 · undated 1." in text
    assert "Missing: 1,004 to 2,000 (997); 2,002 to 2,656 (655)." in text
    assert "08QUILL40 2 and 1 more; --json has all." in text


def test_a_year_without_cables_and_a_post_without_years() -> None:
    text = printed(print_coverage_of_post, {"years": [YEAR | NOTHING]})
    assert "None is held." in text and "By month" not in text and "Missing" not in text
    assert "Nothing is held of that year." in printed(print_coverage_of_post, {"years": []})
