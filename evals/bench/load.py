"""`make load`: a minute of 32 clients against the service on loopback, over the sample archive, quoting."""

import csv
import os
import socket
import subprocess
import sys
import tempfile
import time
from importlib import resources
from pathlib import Path

import httpx

_CLIENTS = 32
_SECONDS = 60
_COLUMNS = ("Request Count", "Failure Count", "Requests/s", "50%", "95%", "99%", "Max Response Time")


def main() -> int:
    """Print requests, failures, throughput (1/s) and latencies (ms) by route; 1 if anything failed."""
    with tempfile.TemporaryDirectory(prefix="cables-load-") as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith("CABLES_")}
        env |= {"CABLES_STORE": str(Path(folder) / "store"), "CABLES_RATE_LIMIT": "off"}
        env.setdefault("OMP_NUM_THREADS", "1")  # many small encodings at once: threads would wait for each other
        cables = [str(Path(sys.executable).with_name("cables"))]
        sample = str(resources.files("ingest").joinpath("sample"))
        subprocess.run([*cables, "ingest", sample], env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        with (Path(folder) / "log").open("w") as log:
            service = subprocess.Popen([*cables, "serve", "--port", str(port)], env=env, stderr=log)  # noqa: S603
            try:
                wait_until_ready(f"{url}/readyz", service)
                failed = _locust(url, Path(folder) / "load")
            finally:
                service.terminate()
                service.wait()
        _print(Path(folder) / "load_stats.csv")
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
            told = ", ".join(f"{name} {float(row[name]):.1f}".removesuffix(".0") for name in _COLUMNS)
            print(f"{row['Name']}: {told}")


def wait_until_ready(url: str, service: "subprocess.Popen[bytes]") -> None:
    """Wait until `url` answers; ends the program where the service has ended."""
    for _ in range(600):
        if service.poll() is not None:
            break
        try:
            if httpx.get(url).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise SystemExit("the service did not start")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
