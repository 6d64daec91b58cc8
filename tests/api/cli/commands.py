"""Running the `cables` command in a process of its own."""

import subprocess
from pathlib import Path

from tests.cables_command import run_cables


def run(*arguments: str, store: Path | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """The ended command with its output as text."""
    options = ("--store", str(store)) if store else ()
    return run_cables(*arguments, *options, stdin=stdin)


def assert_one_line(result: subprocess.CompletedProcess[str], code: int, words: str) -> None:
    """Assert that a command failed with this exit code and one line on stderr that holds the words."""
    assert result.returncode == code, result
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.stderr


def counts(table: str) -> dict[str, int]:
    """The closing table of `cables ingest`."""
    rows = (line.split() for line in table.splitlines())
    return {row[0]: int(row[1]) for row in rows if len(row) == 2 and row[1].isdigit()}
