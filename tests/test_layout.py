"""The layout of the code base: unique class names, packages, test modules, sizes. import-linter holds the directions."""

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("rag", "ingest", "evals", "api")
MODULE_LINES, FUNCTION_LINES = 300, 40

NO_LOGIC = {
    "api/http/browsing_schemas.py",
    "api/http/scanning_schemas.py",
    "api/http/watching_schemas.py",
    "api/http/citing_schemas.py",
    "api/http/keeping_schemas.py",
    "api/mcp/result_schemas.py",
    "api/openai/schemas.py",
    "api/slack/slack_tables.py",
    "ingest/errors.py",
    "ingest/formats/raw_telegram.py",
    "ingest/header/labels.py",
    "ingest/header/tag_names.py",
    "ingest/header/title_words.py",
    "rag/adaptation/training_config.py",
    "rag/answers/evidence_weights.py",
    "rag/catalog/tables.py",
    "rag/citing/citation_style.py",
    "rag/domain/post_names.py",
    "rag/domain/span.py",
    "rag/domain/watch.py",
    "rag/errors.py",
}
"""Tables, plain dataclasses and schemas."""
ENTRY_POINTS = {
    "evals/bench/ingest.py",
    "evals/bench/llm.py",
    "evals/bench/load.py",
    "evals/bench/locustfile.py",
    "evals/bench/report.py",
    "evals/bench/scale.py",
    "evals/bench/scan.py",
    "evals/bench/searches.py",
    "evals/bench/service.py",
    "evals/bench/soak/__main__.py",
    "evals/bench/startup.py",
    "evals/encoders.py",
    "evals/report_all.py",
}
"""Measurements that take minutes, run by hand or by the Makefile."""

TO_BE_WRITTEN = set((ROOT / "tests" / "modules_without_tests.txt").read_text(encoding="utf-8").split())
"""Modules whose test module is still to be written. Take a line off when it is; add none."""

EXCEPTIONS = {
    "tests/api/slack/workspace.py",  # one fake of Slack
}
"""Sizes and names that are fine as they are."""


def sources(*packages: str) -> list[Path]:
    """Paths of all Python files of these packages, relative to the root."""
    return [path.relative_to(ROOT) for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Dotted names of the modules a file imports, and of what it imports from them."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_a_class_name_exists_once() -> None:
    places = defaultdict(list)
    for path in sources(*PACKAGES, "tests"):
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(str(path))
    assert {name: paths for name, paths in places.items() if len(paths) > 1 and name not in EXCEPTIONS} == {}


def test_every_package_is_listed_and_no_other() -> None:
    folders = {str(path.parent).replace("/", ".") for path in sources(*PACKAGES) if path.name == "__init__.py"}
    assert sorted(project()["tool"]["setuptools"]["packages"]) == sorted(folders)
    without = {str(path.parent) for path in sources(*PACKAGES)} - {folder.replace(".", "/") for folder in folders}
    assert without == set(), "folders of modules without __init__.py"


def test_package_files_are_empty() -> None:
    filled = [path for path in sources(*PACKAGES, "tests") if path.name == "__init__.py" and tree(path).body]
    assert filled == []


def test_every_pattern_of_package_data_matches_a_file() -> None:
    data: dict[str, list[str]] = project()["tool"]["setuptools"]["package-data"]
    missing = [
        f"{package}: {pattern}"
        for package, patterns in data.items()
        for pattern in patterns
        if not list((ROOT / package.replace(".", "/")).glob(pattern))
    ]
    assert missing == []


def test_tests_are_a_package_that_is_never_installed() -> None:
    assert (ROOT / "tests" / "__init__.py").exists()
    assert not [name for name in project()["tool"]["setuptools"]["packages"] if name.startswith("tests")]


def test_the_product_does_not_import_its_tests() -> None:
    wrong = [
        f"{path} imports {name}" for path in sources(*PACKAGES) for name in imported(path) if name.startswith("tests")
    ]
    assert wrong == []


def test_no_test_module_is_imported() -> None:
    modules = {
        str(path.with_suffix("")).replace("/", ".") for path in sources("tests") if path.name.startswith("test_")
    }
    found = {f"{path} imports {name}" for path in sources("tests") for name in imported(path) if name in modules}
    assert sorted(found - EXCEPTIONS) == []


def test_every_module_has_its_test_module() -> None:
    exempt = NO_LOGIC | ENTRY_POINTS
    missing = {str(path) for path in sources(*PACKAGES) if path.name != "__init__.py" and not has_test_module(path)}
    assert sorted(missing - exempt - TO_BE_WRITTEN) == []
    assert sorted(exempt - missing) == [], "no longer exceptions: take them off the list"


def has_test_module(path: Path) -> bool:
    return (ROOT / "tests" / path.parent / f"test_{path.name}").exists()


@pytest.mark.parametrize("package", [*PACKAGES, "tests"])
def test_modules_are_short(package: str) -> None:
    lengths = {str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in sources(package)}
    assert {path: lines for path, lines in lengths.items() if lines > MODULE_LINES and path not in EXCEPTIONS} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_functions_are_short(package: str) -> None:
    long = {
        f"{path}: {node.name}": length
        for path in sources(package)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    }
    assert {name: length for name, length in long.items() if name not in EXCEPTIONS} == {}
