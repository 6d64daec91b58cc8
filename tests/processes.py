"""Processes of a deployment on loopback: PostgreSQL, a Chroma server, the service."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from evals.bench.server_process import postgres_programs, running_postgres
from tests.cables_command import CablesProcess


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


Process = subprocess.Popen[bytes] | CablesProcess


@contextmanager
def running(
    command: Sequence[str], log: Path, env: Mapping[str, str] | None = None, user: str | None = None
) -> Iterator[Process]:
    """A process in its own group, with its output in `log`; the group is stopped at the end of the block."""
    env = dict(env or os.environ)
    process: Process
    if command[0] == "cables":
        process = CablesProcess(command[1:], log, log, env)
    else:
        with log.open("ab") as output:
            process = subprocess.Popen(
                command, stdout=output, stderr=output, env=env, user=user, start_new_session=True
            )
    try:
        yield process
    finally:
        stop(process)


def stop(process: Process, timeout: float = 20) -> None:
    """End a process and its children: SIGTERM, and after `timeout` seconds SIGKILL."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        kill(process)


def kill(process: Process) -> None:
    """Send SIGKILL to the whole group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(check: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until `check` holds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if check():
            return
        time.sleep(0.1)
    raise AssertionError(f"{what} did not happen within {seconds} s")


def answers(url: str) -> bool:
    """Whether a GET of `url` succeeds."""
    try:
        return httpx.get(url, timeout=5).is_success
    except httpx.HTTPError:
        return False


@contextmanager
def chroma_server(folder: Path, port: int) -> Iterator[Process]:
    """A Chroma server that answers, with its files in `folder`."""
    code = "from chromadb.cli.cli import app; app()"  # as its `chroma` command
    command = [sys.executable, "-c", code, "run", "--path", str(folder / "chroma"), "--port", str(port)]
    with running(command, folder / "chroma.log") as process:
        until(lambda: answers(f"http://127.0.0.1:{port}/api/v2/heartbeat"), 60, "Chroma starting")
        yield process


@contextmanager
def postgres() -> Iterator[str]:
    """A new PostgreSQL server; yields the URL of its empty database. Skips the test if it is not installed."""
    if postgres_programs() is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with running_postgres() as server:
        yield server.url
