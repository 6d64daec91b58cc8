"""The service as a process of its own on loopback, over a store of the sample archive."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from evals.bench.server_process import ServerProcess, answers, free_port, running

CABLES = (str(Path(sys.executable).with_name("cables")),)


def bench_environment(folder: Path, **variables: str) -> dict[str, str]:
    """The environment without what it says of any archive, with the store `folder`/store and these variables."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("CABLES_", "SLACK_"))}
    return env | {"CABLES_STORE": str(folder / "store"), **variables}


def sample_folder() -> str:
    """The folder of the bundled sample cables."""
    return str(resources.files("ingest").joinpath("sample"))


def sample_environment(folder: Path, **variables: str) -> dict[str, str]:
    """Ingest the sample into `folder`/store; returns an environment with that store and these variables."""
    env = bench_environment(folder, **variables)
    subprocess.run([*CABLES, "ingest", sample_folder()], env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return env


def service_process(env: Mapping[str, str], log: Path, workers: int = 1) -> ServerProcess:
    """`cables serve` with this environment and so many workers."""
    port = free_port()
    command = [*CABLES, "serve", "--port", str(port), "--workers", str(workers)]
    url = f"http://127.0.0.1:{port}"
    return ServerProcess("the service", url, command, lambda: answers(f"{url}/readyz"), log, env)


@contextmanager
def running_service(env: Mapping[str, str], folder: Path) -> Iterator[tuple[str, int]]:
    """`cables serve` with this environment, once it is ready; yields its URL and process id."""
    with running(service_process(env, folder / "log")) as service:
        yield service.url, service.pid
        service.stop()
