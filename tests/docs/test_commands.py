"""The documented commands run, and everything that the pages name exists."""

import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.exceptions import TyperException
from typer.main import get_command
from typer.testing import CliRunner

from api.cli.main import app
from tests.conftest import SAMPLE
from tests.docs.pages import PAGES, ROOT, blocks, commands, written

README = ROOT / "README.md"
_ENDLESS = {"serve", "slack", "mcp"}  # until they are stopped; the tests of api/ run them
_PLACEHOLDERS = {"PATH...": str(SAMPLE / "08OSTERMERE71.txt")}


@pytest.fixture
def quick_start(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like the checkout after `make demo`: the sample in `.demo`, which `CABLES_STORE` names."""
    shutil.copytree(sample_store, tmp_path / ".demo")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CABLES_STORE", ".demo")
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def test_the_commands_of_the_quick_start_run(quick_start: Path) -> None:
    for words in commands(README):
        if words[0] not in _ENDLESS:
            ran = CliRunner().invoke(app, [_PLACEHOLDERS.get(word, word) for word in words])
            assert ran.exit_code == 0, (words, ran.output)
    assert (quick_start / "my-archive").is_dir()


def test_the_answer_in_the_readme_is_the_answer_given(quick_start: Path) -> None:
    [shown] = blocks(README, "console")
    command, _, answer = shown.partition("\n")
    question = command.split('"')[1]
    ran = CliRunner().invoke(app, ["ask", question])
    assert " ".join(ran.output.split()).startswith(" ".join(answer.split()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_documented_commands_have_the_arguments_and_options_that_exist(page: Path) -> None:
    refused: list[str] = []
    for typed in commands(page):
        command: Any = get_command(app)
        name, words = "cables", [word for word in typed if word != ">"]
        while hasattr(command, "commands") and not (
            command.invoke_without_command and words[:1] and words[0][0] == "-"
        ):
            name = words.pop(0)
            command = command.commands[name]
        try:
            command.make_context(name, words)
        except TyperException as error:  # an unknown option, a missing argument
            refused.append(f"{' '.join(typed)}: {error}")
    assert refused == []


def test_documented_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^|&& )make ([a-z-]+)", written(), re.MULTILINE)) <= targets


def test_documented_modules_exist() -> None:
    named = set(re.findall(r"python -m ((?:evals|docs)[\w.]*)", written()))
    assert named
    assert [name for name in named if find_spec(name) is None] == []


def test_documented_extras_exist() -> None:
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for extras in re.findall(r"'\.\[([a-z,]+)\]'", written()):
        assert all(f"\n{extra} = [" in declared for extra in extras.split(",")), extras


def test_files_that_the_pages_link_to_exist() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
            if target != "reference/http.md":  # written when the site is built
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_documented_files_exist() -> None:
    named = set(re.findall(r"`((?:api|docs|evals|ingest|rag|tests)/[\w./]+\.\w+)`", written()))
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_examples_in_yaml_are_yaml() -> None:
    for page in PAGES:
        for block in blocks(page, "yaml"):
            assert yaml.safe_load(block)


def test_the_templates_of_issues_are_yaml() -> None:
    for template in (ROOT / ".github").rglob("*.yml"):
        assert yaml.safe_load(template.read_text(encoding="utf-8")), template.name
