"""The service as a process of its own on loopback, over a store of the sample archive."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import httpx

CABLES = (str(Path(sys.executable).with_name("cables")),)


def sample_environment(folder: Path, **variables: str) -> dict[str, str]:
    """Ingest the sample into `folder`/store; returns an environment with that store and these variables."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("CABLES_")}
    env |= {"CABLES_STORE": str(folder / "store"), **variables}
    sample = str(resources.files("ingest").joinpath("sample"))
    subprocess.run([*CABLES, "ingest", sample], env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return env


@contextmanager
def running_service(env: Mapping[str, str], folder: Path) -> Iterator[tuple[str, int]]:
    """`cables serve` with this environment, once it is ready; yields its URL and process id."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with (folder / "log").open("w") as log:
        service = subprocess.Popen([*CABLES, "serve", "--port", str(port)], env=env, stderr=log)  # noqa: S603
        try:
            _wait_until_ready(f"{url}/readyz", service)
            yield url, service.pid
        finally:
            service.terminate()
            service.wait()


def _wait_until_ready(url: str, service: "subprocess.Popen[bytes]") -> None:
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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
