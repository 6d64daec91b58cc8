"""An ingest that the disk, the user or the vector server breaks off says so in one line; the next goes on."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import SAMPLE
from tests.processes import chroma_server, free_port, kill, until

CABLES = str(Path(sys.executable).with_name("cables"))
_PATIENCE = 120
_FILE_BYTES = 400_000  # less than the catalog of the sample takes


def ingest(env: dict[str, str]) -> subprocess.Popen[str]:
    command = [CABLES, "ingest", str(SAMPLE)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, said = process.communicate(timeout=_PATIENCE)
    return process.returncode, said.strip()


def assert_goes_on(env: dict[str, str]) -> None:
    code, said = ended(ingest(env))
    assert code == 0, said
    verified = subprocess.run(
        [CABLES, "verify"], env=env, capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "16 cables" in verified.stdout


@pytest.mark.slow
def test_by_a_full_disk_and_by_the_user(tmp_path: Path) -> None:
    store = tmp_path / "store"
    env = os.environ | {"CABLES_STORE": str(store)}
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, unlimited[1]))  # inherited, and lifted again here
    try:
        full = ingest(env)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    code, said = ended(full)
    assert code == 1 and "check the disk" in said and len(said.splitlines()) == 1, said
    stopped = ingest(env)
    owner = store / "owner.lock"
    until(lambda: f'"pid": {stopped.pid},' in owner.read_text(encoding="utf-8"), _PATIENCE, "the ingest starting")
    time.sleep(1)
    stopped.send_signal(signal.SIGINT)
    code, said = ended(stopped)
    assert code == 130 and "goes on where it stopped" in said and "Traceback" not in said, said
    assert_goes_on(env)


@pytest.mark.slow
def test_by_a_vector_server_that_goes_away(tmp_path: Path) -> None:
    port = free_port()
    env = os.environ | {"CABLES_STORE": str(tmp_path / "store"), "CABLES_CHROMA_URL": f"http://127.0.0.1:{port}"}
    with chroma_server(tmp_path, port) as chroma:
        cut_off = ingest(env)
        lexical = tmp_path / "store" / "lexical"
        until(lambda: lexical.is_dir() or cut_off.poll() is not None, _PATIENCE, "the ingest starting")
        kill(chroma)
        code, said = ended(cut_off)
    assert code == 1 and "CABLES_CHROMA_URL" in said and len(said.splitlines()) == 1, said
    with chroma_server(tmp_path, port):
        assert_goes_on(env)
