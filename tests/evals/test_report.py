import re
from dataclasses import replace
from pathlib import Path

import pytest

from evals.against import compare_runs
from evals.baselines import Baseline
from evals.evaluation import Evaluation
from evals.golden import GoldenQuestion, GoldenSet
from evals.report import PAGE, RUN, SUMMARY, page, summary, write_report
from evals.run import Run, run_golden_set
from evals.stored_run import StoredRun, load_run
from evals.table import Table
from rag.archive import Archive
from rag.catalog.catalog import Catalog
from tests.evals.invented import ORCHARD

ATTACK = "<script>alert('Who ordered the cranes?')</script>"


@pytest.fixture(scope="module")
def evaluated(archive: Archive) -> Evaluation:
    questions = (
        GoldenQuestion(
            "taxed", "fact", ATTACK, (("07OSTERMERE10#1",), ("07QUILLHAVEN20#9",)), (("forty",),), "</p><img>"
        ),
        GoldenQuestion(
            "hives", "why", "Why did beekeepers object to the pear tax?", (("07QUILLHAVEN20#2",),), (), "Hives."
        ),
        GoldenQuestion("nowhere", "unanswerable", "Why did beekeepers object to the tax on pears?"),
    )
    return Evaluation(run_golden_set(archive, GoldenSet("orchard", questions)))


def test_nothing_in_the_page_is_unescaped(evaluated: Evaluation, archive: Archive) -> None:
    written = page([evaluated], archive.catalog)
    assert "<script" not in written
    assert "&lt;script&gt;alert(&#39;Who ordered" in written
    assert "&lt;/p&gt;&lt;img&gt;" in written
    assert "<b>" not in written
    assert "&lt;b&gt;objected&lt;/b&gt;" in written  # the cable's own text, in a list of what was retrieved
    assert "default-src 'none'" in written


def test_the_page_needs_nothing_else(evaluated: Evaluation, archive: Archive) -> None:
    written = page([evaluated], archive.catalog)
    assert len(re.findall(r'src="data:image/png;base64,[A-Za-z0-9+/=]+"', written)) == 3
    assert not re.findall(r'(?:src|href)="(?!data:|#)', written)


def test_a_miss_shows_what_was_wanted_and_what_came_instead(evaluated: Evaluation, archive: Archive) -> None:
    written = page([evaluated], archive.catalog)
    assert "07QUILLHAVEN20#9: not retrieved" in written
    assert "answered although the archive does not say" in written
    assert "<summary>Retrieved instead</summary>" in written
    assert "Gold keys the archive has no paragraph for: 07QUILLHAVEN20#9" in written


def test_the_summary_holds_no_word_of_a_question_or_a_cable(evaluated: Evaluation) -> None:
    other = Baseline("yesterday", evaluated.run.scored)
    base = StoredRun("main", evaluated.run.scored)
    written = summary([replace(evaluated, baselines=(other,), against=compare_runs(evaluated.run, base))])
    assert "### orchard: figures" in written
    assert "### orchard against main" in written
    assert "recall@5" in written
    assert "cranes" not in written
    assert not any(text[:20] in written for text in ORCHARD)


def test_files_of_a_report(evaluated: Evaluation, archive: Archive, tmp_path: Path) -> None:
    gates = Table("gates", ["set", "verdict"], [["orchard", "ok"]])
    write_report(tmp_path / "new" / "folder", [evaluated], archive.catalog, gates)
    folder = tmp_path / "new" / "folder"
    assert "<figcaption>gates</figcaption>" in (folder / PAGE).read_text()
    assert "| orchard | ok |" in (folder / SUMMARY).read_text()
    stored = (folder / RUN).read_text()
    assert "beekeepers" not in stored.lower()
    assert [each.id for each in load_run(folder / RUN).scored] == ["taxed", "hives", "nowhere"]


def test_a_set_that_was_skipped_whole_still_has_a_page(tmp_path: Path) -> None:
    catalog = Catalog(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert "0 questions asked." in page([Evaluation(Run("orchard", (), (), ()))], catalog)
    catalog.close()
