"""The table "Where is what" names files that exist."""

import re

from tests.docs.pages import ROOT

_ROW = re.compile(r"^\| (?P<behaviour>.+) \| `(?P<file>[\w/.]+)` \|$", re.MULTILINE)


def test_the_table_names_at_least_forty_behaviours_with_files_that_exist() -> None:
    rows = _ROW.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Where is what")[2])
    assert len(rows) >= 40
    assert [file for _, file in rows if not (ROOT / file).is_file()] == []


def test_the_table_names_each_behaviour_once() -> None:
    behaviours = [behaviour for behaviour, _ in _ROW.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))]
    assert len(set(behaviours)) == len(behaviours)
