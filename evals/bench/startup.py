"""How long commands take from a standing start, and what an idle service holds in memory.

`python -m evals.bench.startup` makes a store of the sample archive and prints one JSON line: for the plain encoder and,
where it is installed, the `[fast]` one, seconds of `cables ask` (the least of three) by itself and through a running
service, and the service's resident memory in MB after one question; beside them seconds of `import api.app`.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from importlib import resources
from pathlib import Path
from typing import Any

from evals.bench.load import free_port, wait_until_ready

_QUESTION = "What reforms did the final ferry report call for?"
_TIMES = 3
_CABLES = [str(Path(sys.executable).with_name("cables"))]


def measure() -> dict[str, Any]:
    """See the module's docstring."""
    found: dict[str, Any] = {"import_app_s": _least([sys.executable, "-c", "import api.app"], os.environ.copy())}
    with tempfile.TemporaryDirectory(prefix="cables-startup-") as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith("CABLES_")}
        env |= {"CABLES_STORE": str(Path(folder) / "store"), "HF_HUB_OFFLINE": "1"}
        _run([*_CABLES, "ingest", str(resources.files("ingest").joinpath("sample"))], env)
        ways = {"default": env | {"CABLES_ENCODER": "torch"}}
        if any((Path(folder) / "store").glob("fast/*/encoder.json")):
            ways["[fast]"] = env
        for name, own in ways.items():
            found[name] = {"ask_cold_s": _least([*_CABLES, "ask", _QUESTION], own), **_served(own, Path(folder))}
    return found


def _served(env: dict[str, str], folder: Path) -> dict[str, float]:
    port = free_port()
    with (folder / "log").open("w") as log:
        service = subprocess.Popen([*_CABLES, "serve", "--port", str(port)], env=env, stderr=log)  # noqa: S603
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/readyz", service)
            asked = _least([*_CABLES, "ask", _QUESTION], env)
            return {"ask_through_service_s": asked, "idle_service_mb": _resident_mb(service.pid)}
        finally:
            service.terminate()
            service.wait()


def _resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return round(int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024)


def _least(command: list[str], env: dict[str, str]) -> float:
    return round(min(_run(command, env) for _ in range(_TIMES)), 1)


def _run(command: list[str], env: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    return time.perf_counter() - started


if __name__ == "__main__":
    print(json.dumps(measure()))
