import subprocess
from pathlib import Path

import pytest

from evals.base_run import base_run
from rag.errors import BadInput

LINE = '{"id": "ID", "hash": "0", "metrics": {"mrr": 1.0}, "answer": "Forty."}\n'


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two baselines committed, and one of them changed since."""
    folder = tmp_path / "evals" / "baseline_runs"
    folder.mkdir(parents=True)
    for name in ("harbour", "orchard"):
        (folder / f"{name}.jsonl").write_text(LINE.replace("ID", name))
    monkeypatch.chdir(tmp_path)
    who = ("-c", "user.name=tester", "-c", "user.email=tester@example.invalid")
    for words in (("init", "--quiet"), ("add", "."), (*who, "commit", "--quiet", "--message", "first")):
        subprocess.run(["git", *words], check=True)
    (folder / "harbour.jsonl").write_text(LINE.replace("ID", "changed"))
    return folder


def test_a_file(repository: Path) -> None:
    run = base_run(str(repository / "harbour.jsonl"), ["harbour"])
    assert (run.name, [question.id for question in run.scored]) == ("harbour", ["changed"])


def test_a_ref_holds_the_baselines_of_the_bundled_sets_as_committed(repository: Path) -> None:
    run = base_run("HEAD", ["harbour", "orchard"])
    assert (run.name, [question.id for question in run.scored]) == ("HEAD", ["harbour", "orchard"])
    assert run.answers == {"harbour": "Forty.", "orchard": "Forty."}


def test_a_file_at_a_ref(repository: Path) -> None:
    run = base_run("HEAD:evals/baseline_runs/harbour.jsonl", ["mine"])
    assert [question.id for question in run.scored] == ["harbour"]


@pytest.mark.parametrize("against", ["nowhere", "nowhere:run.jsonl", "HEAD", "HEAD:nowhere.jsonl", "--help", ""])
def test_what_names_no_run_is_refused(repository: Path, against: str) -> None:
    with pytest.raises(BadInput, match="no run file and nothing committed is named"):
        base_run(against, ["mine"])


def test_a_line_at_a_ref_is_named(repository: Path) -> None:
    subprocess.run(["git", "rm", "--quiet", "--force", "evals/baseline_runs/orchard.jsonl"], check=True)
    (repository / "orchard.jsonl").write_text('{"id": "a", "metrics": {}}')
    subprocess.run(["git", "add", "."], check=True)
    tree = subprocess.run(["git", "stash", "create"], check=True, capture_output=True, text=True, env=_who())
    with pytest.raises(BadInput, match=r":evals/baseline_runs/orchard.jsonl:1: no hash"):
        base_run(tree.stdout.strip(), ["orchard"])


def _who() -> dict[str, str]:
    names = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")
    return {"PATH": "/usr/bin:/bin", **dict.fromkeys(names, "tester@example.invalid")}
