import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag.errors import StoreInUse
from rag.index.lock import StoreLock, service_url

_HOLD = "import sys,time;from pathlib import Path;from rag.index.lock import StoreLock\nlock=StoreLock(Path(sys.argv[1]));lock.announce('http://127.0.0.1:9');print('held',flush=True);time.sleep(60)"


def test_one_owner_at_a_time(tmp_path: Path) -> None:
    with StoreLock(tmp_path), pytest.raises(StoreInUse, match=r"in use by process \d+"):
        StoreLock(tmp_path)
    StoreLock(tmp_path).release()


def test_a_killed_owner_leaves_nothing_behind(tmp_path: Path) -> None:
    owner = subprocess.Popen([sys.executable, "-c", _HOLD, str(tmp_path)], stdout=subprocess.PIPE)
    assert owner.stdout is not None
    assert owner.stdout.readline() == b"held\n"
    assert service_url(tmp_path) == "http://127.0.0.1:9"
    with pytest.raises(StoreInUse, match=r"serves it at http://127.0.0.1:9"):
        StoreLock(tmp_path)
    owner.kill()
    owner.wait()
    assert service_url(tmp_path) is None
    next_owner = StoreLock(tmp_path)
    assert next_owner.left_behind
    next_owner.release()
    after_release = StoreLock(tmp_path)
    assert not after_release.left_behind
    after_release.release()


def test_a_short_owner_is_waited_for(tmp_path: Path) -> None:
    held = StoreLock(tmp_path)
    started = time.monotonic()
    with pytest.raises(StoreInUse):
        StoreLock(tmp_path, wait=0.3)
    assert time.monotonic() - started >= 0.3
    held.release()


def test_no_store_no_service(tmp_path: Path) -> None:
    assert service_url(tmp_path / "none") is None
