"""How long commands take from a cold start, and how much memory an idle service uses.

`python -m evals.bench.startup` makes a store of the sample archive and prints one JSON line. For the plain encoder and,
if it is installed, the `[fast]` one it gives the seconds of `cables ask` (the least of three) alone and through a
running service, and the service's resident memory in MB after one question; beside them the seconds of
`import api.app`.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evals.bench.service import CABLES, running_service, sample_environment

_QUESTION = "What reforms did the final ferry report call for?"
_TIMES = 3


def measure() -> dict[str, Any]:
    """The measurements in the module's docstring."""
    result: dict[str, Any] = {"import_app_s": _least([sys.executable, "-c", "import api.app"], os.environ)}
    with tempfile.TemporaryDirectory(prefix="cables-startup-") as name:
        folder = Path(name)
        env = sample_environment(folder, HF_HUB_OFFLINE="1")
        environments = {"default": env | {"CABLES_ENCODER": "torch"}}
        if any((folder / "store").glob("fast/*/encoder.json")):
            environments["[fast]"] = env
        for encoder, own in environments.items():
            result[encoder] = {"ask_cold_s": _least([*CABLES, "ask", _QUESTION], own), **_served(own, folder)}
    return result


def _served(env: Mapping[str, str], folder: Path) -> dict[str, float]:
    with running_service(env, folder) as (_, process_id):
        seconds = _least([*CABLES, "ask", _QUESTION], env)
        return {"ask_through_service_s": seconds, "idle_service_mb": _resident_mb(process_id)}


def _resident_mb(process_id: int) -> float:
    lines = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8").splitlines()
    return round(int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024)


def _least(command: list[str], env: Mapping[str, str]) -> float:
    return round(min(_seconds(command, env) for _ in range(_TIMES)), 1)


def _seconds(command: list[str], env: Mapping[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    return time.perf_counter() - started


if __name__ == "__main__":
    print(json.dumps(measure()))
