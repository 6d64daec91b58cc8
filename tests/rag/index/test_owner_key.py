import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rag.index.owner_key import make_owner_key, owner_key


def test_a_store_without_a_key_has_none(tmp_path: Path) -> None:
    assert owner_key(tmp_path) is None


def test_the_key_is_made_once_and_readable_by_the_owner_of_the_store_only(tmp_path: Path) -> None:
    key = make_owner_key(tmp_path)
    assert key.startswith("owner_") and len(key) == 70
    assert make_owner_key(tmp_path) == owner_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "owner.key").stat().st_mode) == 0o600


def test_workers_that_start_together_use_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(make_owner_key, [tmp_path] * 12))) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["owner.key"]
