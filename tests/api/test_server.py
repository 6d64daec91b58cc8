"""`cables serve` as a process: what it does when it is told to stop, and with requests no client library sends."""

import shutil
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.processes import Process, answers, free_port, kill, running, until

QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"


@pytest.fixture
def service(tmp_path: Path, sample_store: Path) -> Iterator[tuple[int, Process]]:
    shutil.copytree(sample_store, tmp_path / "store")
    with _serving(tmp_path) as started:
        yield started


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[int, Process]]:
    port = free_port()
    command = ["cables", "serve", "--store", str(folder / "store"), "--port", str(port)]
    with running(command, folder / "log") as process:
        until(lambda: answers(f"http://127.0.0.1:{port}/readyz"), 120, "the service starting")
        yield port, process


def test_told_to_stop_it_finishes_its_streams(service: tuple[int, Process], tmp_path: Path) -> None:
    port, process = service
    body = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}
    with httpx.stream("POST", f"http://127.0.0.1:{port}/chat", json=body, timeout=60) as response:
        lines = response.iter_lines()
        assert next(lines) == "event: status"
        process.send_signal(signal.SIGTERM)
        rest = list(lines)
    assert "event: answer" in rest
    assert process.wait(30) in (0, -signal.SIGTERM)  # uvicorn ends by the signal once all is closed
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_killed_under_load_it_is_ready_again_with_everything(service: tuple[int, Process], tmp_path: Path) -> None:
    port, process = service
    held = httpx.get(f"http://127.0.0.1:{port}/readyz").json()
    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(_ask, port) for _ in range(32)]
        until(lambda: any(each.done() for each in asked), 60, "the first answer")
        kill(process)
    assert any(each.exception() is not None for each in asked)  # it was killed at work
    with _serving(tmp_path) as (again, _):
        assert httpx.get(f"http://127.0.0.1:{again}/readyz").json() == held
        assert not _ask(again)["abstained"]


def _ask(port: int) -> Any:
    body = {"messages": [{"role": "user", "content": QUESTION}]}
    return httpx.post(f"http://127.0.0.1:{port}/chat", json=body, timeout=60).json()


def test_what_no_client_library_sends(service: tuple[int, Process], tmp_path: Path) -> None:
    port, _ = service
    assert b" 431 " in _sent(port, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n")
    assert b" 400 " in _sent(port, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 300_000)
    assert b" 400 " in _sent(port, b"\x16\x03\x01\x02\x00\x01")
    assert b" 413 " in _sent(
        port, b"POST /chat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n"
    )
    chunked = b"POST /chat HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"
    assert b" 400 " in _sent(port, chunked)
    started = time.monotonic()
    stalled = b"POST /chat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50\r\nConnection: close\r\n\r\n{"
    assert b" 408 " in _sent(port, stalled)
    assert 9 < time.monotonic() - started < 20
    assert answers(f"http://127.0.0.1:{port}/readyz")
    assert "Traceback" not in (tmp_path / "log").read_text()


def _sent(port: int, request: bytes) -> bytes:
    """The first line of what comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        return connection.recv(4096).partition(b"\r\n")[0]
