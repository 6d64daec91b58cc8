from datetime import UTC, datetime
from pathlib import Path

import pytest

from rag.catalog.backup import write_backup
from rag.catalog.backup_folder import dated_file, newest_backup, remove_older
from rag.catalog.catalog import Catalog
from rag.catalog.withdrawals import Withdrawals
from rag.errors import BadInput
from tests.rag.samples import make_cable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def backed_up(catalog: Catalog, folder: Path, day: int, noted: bool = True) -> Path:
    file = dated_file(folder, datetime(2026, 3, day, 2, 15, tzinfo=UTC))
    write_backup(catalog, file)
    if noted:
        Withdrawals(catalog).note_backup(str(file.absolute()))
    return file


def test_names_tell_when_and_sort_by_it(folder: Path) -> None:
    file = dated_file(folder, datetime(2026, 3, 9, 2, 15, tzinfo=UTC))
    assert file == folder / "cables-2026-03-09T021500Z.backup"
    with pytest.raises(BadInput, match="there is no folder"):
        dated_file(folder / "unmounted", datetime.now(UTC))


def test_the_newest_whole_ones_are_kept(catalog: Catalog, folder: Path) -> None:
    catalog.put(make_cable("08QUILL1", "A lantern."))
    files = [backed_up(catalog, folder, day) for day in range(1, 6)]
    files[3].write_bytes(files[3].read_bytes()[:-200])
    assert remove_older(catalog, folder, 2) == ([files[1], files[0]], [files[3]])
    assert sorted(folder.iterdir()) == files[2:]
    assert _noted(catalog) == {str(each) for each in files[2:]}
    assert remove_older(catalog, folder, 2) == ([], [files[3]])


def test_what_is_not_a_backup_by_this_store_with_a_dated_name_stays(catalog: Catalog, folder: Path) -> None:
    backed_up(catalog, folder, 1, noted=False)  # of another store
    before_upgrade = folder / "before-upgrade.backup"
    write_backup(catalog, before_upgrade)
    Withdrawals(catalog).note_backup(str(before_upgrade))
    replaced = backed_up(catalog, folder, 2)
    replaced.write_text("a reader's notes")
    (folder / "cables-2026-03-03T021500Z.backup.txt").write_text("x")
    there = sorted(folder.iterdir())
    newest = backed_up(catalog, folder, 4)
    assert remove_older(catalog, folder, 1) == ([], [replaced])
    assert sorted(folder.iterdir()) == sorted([*there, newest])


def test_the_newest_of_a_folder(catalog: Catalog, folder: Path) -> None:
    with pytest.raises(BadInput, match="holds no backup"):
        newest_backup(folder)
    _, second = (backed_up(catalog, folder, day) for day in (1, 2))
    (folder / "z.backup").write_text("x")
    assert newest_backup(folder) == second
    assert newest_backup(folder / "z.backup") == folder / "z.backup"


def _noted(catalog: Catalog) -> set[str]:
    with catalog.begin() as connection:
        return set(connection.exec_driver_sql("SELECT path FROM backups").scalars())
