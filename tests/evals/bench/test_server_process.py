"""Processes of a benchmark; test_run of the soak runs the servers themselves."""

import sys
import time
from pathlib import Path

import pytest

from evals.bench.server_process import ServerProcess, answers, chroma_server, free_port, running

STUBBORN = """
import signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
open(sys.argv[1], "w").close()
time.sleep(60)
"""


def sleeper(folder: Path, code: str = STUBBORN) -> ServerProcess:
    """A process with a child, ready once there is a file."""
    command = [sys.executable, "-c", code, str(folder / "ready")]
    return ServerProcess("the sleeper", "", command, (folder / "ready").exists, folder / "log")


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_what_is_killed_is_killed_with_its_children(tmp_path: Path) -> None:
    server = sleeper(tmp_path)
    assert server.pid == 0
    with running(server):
        own, child = server.pid, int((tmp_path / "log").read_text())
        assert is_running(own) and is_running(child)
    assert server.pid == 0
    deadline = time.monotonic() + 10
    while is_running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(child)


def test_it_is_stopped_in_order_and_started_again(tmp_path: Path) -> None:
    server = sleeper(tmp_path, "import sys, time; open(sys.argv[1], 'w').close(); time.sleep(60)")
    assert server.stop()
    for _ in range(2):
        server.start()
        assert is_running(server.pid) and server.stop()


def test_one_that_ends_at_once_is_told(tmp_path: Path) -> None:
    server = sleeper(tmp_path, "print('no port'); raise SystemExit(1)")
    with pytest.raises(SystemExit, match=r"the sleeper is not ready; see .*log"), running(server):
        pass
    assert "no port" in (tmp_path / "log").read_text()


def test_chroma_comes_back_at_its_address(tmp_path: Path) -> None:
    with running(chroma_server(tmp_path / "chroma")) as chroma:
        for _ in range(2):
            assert answers(f"{chroma.url}/api/v2/heartbeat")
            chroma.kill()
            assert not answers(f"{chroma.url}/api/v2/heartbeat")
            chroma.start()


def test_ports_are_free() -> None:
    assert free_port() > 0
