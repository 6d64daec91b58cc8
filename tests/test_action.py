"""The GitHub Action: its scripts, run with commands that write down how they were called."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from api.cli.main import app

ROOT = Path(__file__).resolve().parents[1]
MARKER = "<!-- cables eval: mine -->"


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def step(action: dict[str, Any], name: str) -> dict[str, Any]:
    [found] = [each for each in action["runs"]["steps"] if each.get("name") == name]
    assert isinstance(found, dict)
    return found


def fake(folder: Path, name: str, script: str = "") -> None:
    """A command that adds its words, one a line, to a file, then does what the script says."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/bash\nprintf "%s\\n" "$@" >> "{folder}/called"\n{script}\n')
    path.chmod(0o755)


def run(script: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    files = {"GITHUB_OUTPUT": str(folder / "output"), "GITHUB_STEP_SUMMARY": str(folder / "summary")}
    known = {"PATH": f"{folder}:{os.environ['PATH']}", "RUNNER_TEMP": str(folder), **files}
    words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]  # as GitHub runs `shell: bash`
    return subprocess.run(words, env=known | env, capture_output=True, text=True, check=False)


def called(folder: Path) -> list[str]:
    return (folder / "called").read_text().splitlines()


def given(**env: str) -> dict[str, str]:
    names = ("CABLES_PATHS", "STORE", "GOLDEN", "AGAINST", "GATES", "HOLD_FLOORS")
    return dict.fromkeys(names, "") | env


def test_the_cables_are_ingested_and_the_questions_asked(action: dict[str, Any], tmp_path: Path) -> None:
    fake(tmp_path / "cables-venv" / "bin", "cables")
    env = given(
        CABLES_PATHS="one.zip two",
        GOLDEN="a.jsonl b.jsonl",
        AGAINST="main:mine.jsonl",
        GATES="g.toml",
        HOLD_FLOORS="true",
    )
    assert run(step(action, "eval")["run"], tmp_path, **env).returncode == 0
    words = called(tmp_path / "cables-venv" / "bin")
    assert words[:3] == ["ingest", "one.zip", "two"]
    evaluated = words[3:]
    assert evaluated[0] == "eval"
    assert evaluated[1:3] == ["--against", "main:mine.jsonl"]
    command = get_command(app).commands["eval"]  # type: ignore[attr-defined]
    context = command.make_context("eval", evaluated[1:])
    assert context.params["gate"] is True
    assert [str(path) for path in context.params["golden"]] == ["a.jsonl", "b.jsonl"]
    assert (tmp_path / "output").read_text() == f"run={tmp_path}/cables-eval/run.jsonl\n"


def test_a_failing_evaluation_fails_the_step(action: dict[str, Any], tmp_path: Path) -> None:
    fake(tmp_path / "cables-venv" / "bin", "cables", "exit 1")
    assert run(step(action, "eval")["run"], tmp_path, **given(GOLDEN="a.jsonl", AGAINST="main")).returncode == 1
    assert called(tmp_path / "cables-venv" / "bin")[0] == "eval"  # nothing was to be ingested


@pytest.mark.parametrize(("known", "method", "where"), [("", "POST", "issues/7/comments"), ("12\n34", "PATCH", "issues/comments/12")])  # fmt: skip
def test_one_comment_is_kept_up_to_date(
    action: dict[str, Any], tmp_path: Path, known: str, method: str, where: str
) -> None:
    body = tmp_path / "cables-eval" / "comment.md"
    body.parent.mkdir()
    body.write_text(f"{MARKER}\n## Evaluation\n")
    fake(tmp_path, "gh", f'[ "$2" != --paginate ] || printf "{known}"')
    env = {"ISSUE": "repos/me/mine/issues/7", "COMMENTS": "repos/me/mine/issues/comments"}
    ran = run(step(action, "comment")["run"], tmp_path, **env)
    assert ran.returncode == 0, ran.stderr
    words = called(tmp_path)
    assert words[:3] == ["api", "--paginate", "repos/me/mine/issues/7/comments"]
    at = words.index("--method")
    assert words[at + 1 :] == [method, f"repos/me/mine/{where}", "--field", f"body=@{body}"]
    assert (tmp_path / "summary").read_text() == body.read_text()


def test_without_a_comparison_there_is_no_comment(action: dict[str, Any], tmp_path: Path) -> None:
    fake(tmp_path, "gh")
    assert run(step(action, "comment")["run"], tmp_path).returncode == 0
    assert not (tmp_path / "called").exists()


def test_what_is_given_is_never_part_of_a_script(action: dict[str, Any]) -> None:
    assert all("${{" not in each.get("run", "") for each in action["runs"]["steps"])


def test_the_workflow_and_the_documentation_give_inputs_that_exist(action: dict[str, Any]) -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    [used] = [each for each in workflow["jobs"]["eval"]["steps"] if each.get("uses") == "./"]
    page = (ROOT / "docs" / "evaluate.md").read_text(encoding="utf-8")
    [example] = [block for block in page.split("```yaml\n")[1:] if "golden:" in block]
    documented = yaml.safe_load(example.split("```")[0])["jobs"]["eval"]["steps"][-1]
    for each in (used, documented):
        assert set(each["with"]) <= set(action["inputs"])
        assert {name for name, about in action["inputs"].items() if about.get("required")} <= set(each["with"])
