"""Servers on loopback that are started, stopped and killed: Chroma, PostgreSQL, the service itself."""

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

_START_SECONDS, _STOP_SECONDS = 180, 90


class ServerProcess:
    """A process group on a port that stays the same when it is started again."""

    def __init__(
        self,
        name: str,
        url: str,
        command: Sequence[str],
        is_ready: Callable[[], bool],
        log: Path,
        env: Mapping[str, str] | None = None,
        user: str | None = None,
    ) -> None:
        """`name` is what messages call it, `url` where it is reached; `log` is added to; `user` owns the process."""
        self.name, self.url = name, url
        self._command, self._is_ready, self._log, self._env, self._user = command, is_ready, log, env, user
        self._process: subprocess.Popen[bytes] | None = None

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
            self._process = subprocess.Popen(  # noqa: S603
                self._command, env=self._env, stdout=log, stderr=log, user=self._user, start_new_session=True
            )
        self.await_ready()

    def await_ready(self) -> None:
        """Wait until it is ready; raises as `start`."""
        deadline = time.monotonic() + _START_SECONDS
        while self._process is not None and self._process.poll() is None and time.monotonic() < deadline:
            if self._is_ready():
                return
            time.sleep(0.2)
        raise SystemExit(f"{self.name} is not ready; see {self._log}")

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
        """End it and its children with SIGKILL."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


@contextmanager
def running(server: ServerProcess) -> Iterator[ServerProcess]:
    """The server, started; killed at the end of the block if it then still runs."""
    try:
        server.start()
        yield server
    finally:
        server.kill()


def chroma_server(folder: Path) -> ServerProcess:
    """A Chroma server with its files in `folder` and its log beside that."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-c", "from chromadb.cli.cli import app; app()", "run"]
    command += ["--path", str(folder), "--port", str(port)]
    return ServerProcess("Chroma", url, command, lambda: answers(f"{url}/api/v2/heartbeat"), folder.with_suffix(".log"))


def postgres_programs() -> Path | None:
    """The folder of PostgreSQL's programs; None where it is not installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    server = shutil.which("postgres") or (str(installed[-1]) if installed else None)
    return Path(server).resolve().parent if server else None


@contextmanager
def running_postgres() -> Iterator[ServerProcess]:
    """A new PostgreSQL server with an empty database, which is deleted at the end of the block.

    Raises:
        SystemExit: PostgreSQL is not installed.
    """
    if (programs := postgres_programs()) is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="cables-postgres-"))
    try:
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        init = [str(programs / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "cables", "--no-sync"]
        subprocess.run(init, check=True, capture_output=True, user=user, cwd=folder)  # noqa: S603
        port = str(free_port())
        command = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", port, "-k", str(folder)]
        asked = [str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", port, "-q"]
        server = ServerProcess(
            "PostgreSQL",
            f"postgresql://cables@127.0.0.1:{port}/postgres",
            [*command, "-c", "listen_addresses=127.0.0.1"],
            lambda: subprocess.run(asked, check=False).returncode == 0,  # noqa: S603
            folder / "log",
            user=user,
        )
        with running(server):
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def answers(url: str) -> bool:
    """Whether a GET of `url` succeeds."""
    try:
        return httpx.get(url, trust_env=False, timeout=5).is_success
    except httpx.HTTPError:
        return False


def free_port() -> int:
    """A port of this machine that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
