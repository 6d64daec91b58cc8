"""An ingest killed (-9) at random moments, over and over: the next goes on, and in the end everything agrees.

`KILLS` says how often; `make kill-test` kills fifty times.
"""

import os
import random
import shutil
import time
from pathlib import Path

import pytest

from tests.cables_command import run_cables
from tests.conftest import SAMPLE
from tests.processes import kill, running, until

KILLS = int(os.environ.get("KILLS", "4"))
_LONGEST_SECONDS = 15.0
_ROUND_SECONDS = 120


@pytest.mark.timeout(KILLS * _ROUND_SECONDS + 4 * _ROUND_SECONDS)
def test_killed_at_any_moment_nothing_is_lost_and_nothing_is_left_over(tmp_path: Path) -> None:
    inbox, store, seed = tmp_path / "inbox", tmp_path / "store", random.randrange(10**6)  # noqa: S311
    chance = random.Random(seed)  # noqa: S311
    shutil.copytree(SAMPLE, inbox)
    files = sorted(inbox.glob("*.txt"))
    for turn in range(KILLS):
        for file in chance.sample(files, 6):  # corrected copies: there is always something to replace
            file.write_text(f"{file.read_text(encoding='utf-8')}\n\nCorrected copy {turn}.\n", encoding="utf-8")
        with running(["cables", "ingest", str(inbox), "--store", str(store)], tmp_path / "log") as ingesting:
            until((store / "catalog.sqlite3").is_file, _ROUND_SECONDS, "the first ingest starting")
            deadline = time.monotonic() + chance.uniform(0.0, _LONGEST_SECONDS)
            while ingesting.poll() is None and time.monotonic() < deadline:
                time.sleep(0.02)
            kill(ingesting)
    last = run_cables("ingest", str(inbox), "--store", str(store))
    assert last.returncode == 0, f"seed {seed}: {last.stderr}"
    verified = run_cables("verify", "--store", str(store))
    assert verified.returncode == 0, f"seed {seed}: {verified.stdout}{verified.stderr}"
    assert "16 cables" in verified.stdout
    again = run_cables("ingest", str(inbox), "--store", str(store))
    assert "unchanged  16" in again.stdout, f"seed {seed}: {again.stdout}"
