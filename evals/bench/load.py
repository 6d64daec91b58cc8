"""`make load`: 32 clients for a minute against the service on loopback, over the sample archive, extractive answers."""

import csv
import os
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path

from evals.bench.service import running_service, sample_environment

_CLIENTS = 32
_SECONDS = 60
_COLUMNS = ("Request Count", "Failure Count", "Requests/s", "50%", "95%", "99%", "Max Response Time")


def main() -> int:
    """Print requests, failures, throughput (1/s) and latencies (ms) by route; 1 if anything failed."""
    with tempfile.TemporaryDirectory(prefix="cables-load-") as name:
        folder = Path(name)
        # Many small encodings run at once: more threads each would only compete.
        threads = os.environ.get("OMP_NUM_THREADS", "1")
        env = sample_environment(folder, CABLES_RATE_LIMIT="off", OMP_NUM_THREADS=threads)
        with running_service(env, folder) as (url, _):
            failed = _locust(url, folder / "load")
        _print(folder / "load_stats.csv")
        return failed


def _locust(url: str, prefix: Path) -> int:
    file = resources.files("evals").joinpath("bench", "locustfile.py")
    command = [sys.executable, "-m", "locust", "--locustfile", str(file), "--host", url, "--headless"]
    command += ["--users", str(_CLIENTS), "--spawn-rate", str(_CLIENTS), "--run-time", f"{_SECONDS}s"]
    command += ["--csv", str(prefix), "--only-summary", "--stop-timeout", "60", "--loglevel", "ERROR"]
    return int(subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode != 0)  # noqa: S603


def _print(stats: Path) -> None:
    with stats.open(newline="") as file:
        for row in csv.DictReader(file):
            figures = ", ".join(f"{name} {float(row[name]):.1f}".removesuffix(".0") for name in _COLUMNS)
            print(f"{row['Name']}: {figures}")


if __name__ == "__main__":
    sys.exit(main())
