"""`cables cite`, `cables check` and `cables ask --cite`, each in a process of its own."""

import json
from pathlib import Path

import pytest

from tests.api.cli.commands import assert_one_line, run

QUESTION = "Why did Premier Fenn hide what the dam's engineers had written?"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return tmp_path / "draft.md"


def test_a_paragraph_is_cited(sample_store: Path) -> None:
    done = run("cite", "quillhaven 2340 para 5", store=sample_store)
    assert done.stdout.startswith("U.S. Embassy Quillhaven, “") and "2007, para. 5." in done.stdout
    mla = run("cite", "QUILLHAVEN 2340 ¶5", "--style", "mla", store=sample_store).stdout.splitlines()
    assert len(mla) == 2 and mla[1].startswith("(U.S. Embassy Quillhaven, ")
    cited = json.loads(run("cite", "QUILLHAVEN 2340", "--style", "ris", "--json", store=sample_store).stdout)
    assert cited["key"] == "07QUILLHAVEN2340" and cited["text"].startswith("TY  - RPRT")
    assert_one_line(run("cite", "QUILLHAVEN 999999", store=sample_store), 1, "holds no cable QUILLHAVEN 999999")


def test_an_answer_with_notes(sample_store: Path) -> None:
    done = run("ask", QUESTION, "--cite", "chicago", store=sample_store)
    assert done.returncode == 0, done.stderr
    answer, _, notes = done.stdout.partition("\n\n")
    assert answer.endswith("[1]") and notes.startswith("1. U.S. Embassy Fallowgate, “")
    assert_one_line(run("ask", QUESTION, "--cite", "ris", store=sample_store), 2, "choose chicago")


def test_a_draft_with_mistakes(sample_store: Path, draft: Path) -> None:
    text = "He lit it “by hand” (QUILLHAVEN 2340 ¶5).\nSee Port Zephyr 112 and QUILHAVEN 2340 ¶1.\n"
    draft.write_text(text, encoding="utf-8")
    done = run("check", str(draft), store=sample_store)
    assert done.returncode == 1
    for words in ("absent", "ambiguous", "06 PORT ZEPHYR 112", "unknown", "Citations: 3; to look at: 3."):
        assert words in done.stdout
    found = json.loads(run("check", "-", "--json", store=sample_store, stdin=text.encode()).stdout)
    assert [each["status"] for each in found["citations"]] == ["ok", "ambiguous", "unknown"]


def test_a_draft_without_mistakes(sample_store: Path, draft: Path) -> None:
    draft.write_text("As 07QUILLHAVEN2340#5 says.", encoding="utf-8")
    done = run("check", str(draft), store=sample_store)
    assert done.returncode == 0 and "Citations: 1; to look at: 0." in done.stdout
    draft.write_text("Nothing.", encoding="utf-8")
    assert run("check", str(draft), store=sample_store).stdout == "The draft cites no cable.\n"


def test_a_draft_that_cannot_be_read(sample_store: Path, tmp_path: Path, draft: Path) -> None:
    assert_one_line(run("check", str(tmp_path / "absent.md"), store=sample_store), 2, "absent.md cannot be read")
    draft.write_bytes(b"%PDF-1.7")
    assert_one_line(run("check", str(draft), store=sample_store), 2, "binary data")
    draft.write_text("a" * 1_000_001, encoding="utf-8")
    assert_one_line(run("check", str(draft), store=sample_store), 2, "at most 1,000,000 are checked at once")
