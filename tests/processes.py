"""Processes of a deployment on loopback: PostgreSQL, a Chroma server, the service."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

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
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    server = shutil.which("postgres") or (str(installed[-1]) if installed else None)
    if server is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    programs = Path(server).resolve().parent
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="cables-postgres-"))
    try:
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        port = free_port()
        init = [str(programs / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "cables", "--no-sync"]
        subprocess.run(init, check=True, capture_output=True, user=user, cwd=folder)
        command = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port), "-k", str(folder)]
        with running([*command, "-c", "listen_addresses=127.0.0.1"], folder / "log", user=user):
            ready = [str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-q"]
            until(lambda: subprocess.run(ready, check=False).returncode == 0, 30, "PostgreSQL starting")
            yield f"postgresql://cables@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
