"""The service as a process of its own on loopback, over a store of the sample archive."""

import os
import signal
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
_START_SECONDS, _STOP_SECONDS = 180, 90


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


class ServiceProcess:
    """`cables serve` on a port that stays the same when it is started again."""

    def __init__(self, env: Mapping[str, str], log: Path) -> None:
        """`log` is added to."""
        self._env, self._log, self._port = env, log, free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int:
        """The process id; 0 while there is none."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Start it and wait until it is ready.

        Raises:
            SystemExit: it ended, or is not ready in time.
        """
        with self._log.open("ab") as log:
            command = [*CABLES, "serve", "--port", str(self._port)]
            self._process = subprocess.Popen(command, env=self._env, stderr=log)  # noqa: S603
        wait_until_ready(f"{self.url}/readyz", self._process, "the service")

    def stop(self) -> bool:
        """Tell it to stop, and wait; False where it had to be killed in the end."""
        if self._process is None:
            return True
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        self._process = None
        return True

    def kill(self) -> None:
        """End it with SIGKILL."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def running_service(env: Mapping[str, str], folder: Path) -> Iterator[tuple[str, int]]:
    """`cables serve` with this environment, once it is ready; yields its URL and process id."""
    service = ServiceProcess(env, folder / "log")
    try:
        service.start()
        yield service.url, service.pid
    finally:
        service.stop()


@contextmanager
def running_chroma(folder: Path, ended_by: signal.Signals = signal.SIGTERM) -> Iterator[str]:
    """A Chroma server with its files in `folder` and its log beside that, once it is ready; yields its URL."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-c", "from chromadb.cli.cli import app; app()", "run"]
    command += ["--path", str(folder), "--port", str(port)]
    with folder.with_suffix(".log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603
    try:
        wait_until_ready(f"{url}/api/v2/heartbeat", server, "the Chroma server")
        yield url
    finally:
        server.send_signal(ended_by)
        server.wait()


def wait_until_ready(url: str, process: "subprocess.Popen[bytes]", name: str) -> None:
    """Wait until `url` answers; `name` is what this process is called.

    Raises:
        SystemExit: the process ended, or does not answer in time.
    """
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(url, trust_env=False).is_success:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise SystemExit(f"{name} did not start")


def free_port() -> int:
    """A port of this machine that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
