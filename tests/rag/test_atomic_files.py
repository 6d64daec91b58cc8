import stat
from pathlib import Path

import pytest

from rag.atomic_files import Generations, create_file, write_folder


def test_a_created_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    assert create_file(tmp_path / "key", lambda draft: draft.write_text("secret")) == 6
    assert (tmp_path / "key").read_text() == "secret"
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_an_existing_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("first")
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "key", lambda draft: draft.write_text("second"))
    assert (tmp_path / "key").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_an_existing_file_is_replaced_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("first")
    create_file(tmp_path / "key", lambda draft: draft.write_text("second"), replace=True)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("key", "second")]


def test_nothing_is_left_of_a_file_whose_writing_failed(tmp_path: Path) -> None:
    def fail(draft: Path) -> None:
        draft.write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_file(tmp_path / "key", fail)
    assert not list(tmp_path.iterdir())


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "one"
    write_folder(folder, lambda path: (path / "old").touch())
    write_folder(folder, lambda path: (path / "new").touch())
    assert [path.name for path in folder.iterdir()] == ["new"]
    assert [path.name for path in folder.parent.iterdir()] == ["one"]


def test_a_folder_stays_as_it_is_when_its_replacement_fails(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "new").touch()
        raise OSError("the disk is full")

    write_folder(tmp_path / "one", lambda path: (path / "old").touch())
    with pytest.raises(OSError, match="full"):
        write_folder(tmp_path / "one", fail)
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["old"]
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_generations_are_numbered_and_in_use_once_published(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "index")
    assert (generations.current(), generations.stamp(), generations.numbers()) == (None, None, [])
    assert [generations.add(lambda folder: (folder / "file").touch()) for _ in range(11)][-1] == "11"
    assert generations.current() is None
    generations.publish("11")
    first = generations.stamp()
    assert generations.current() == "11" and first is not None
    generations.publish("10")
    assert generations.current() == "10" and generations.stamp() != first
    assert generations.numbers() == list(range(1, 12))


def test_generations_not_kept_and_unfinished_ones_are_removed(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    for _ in range(3):
        generations.add(lambda folder: (folder / "file").touch())
    generations.publish("3")
    (tmp_path / "unfinished-9").mkdir()
    generations.keep_only(["2", "3"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2", "3", "CURRENT"]


def test_a_generation_starts_empty_where_a_killed_writer_left_files(tmp_path: Path) -> None:
    (tmp_path / "unfinished-1").mkdir()
    (tmp_path / "unfinished-1" / "half").touch()
    name = Generations(tmp_path).add(lambda folder: (folder / "file").touch())
    assert [path.name for path in (tmp_path / name).iterdir()] == ["file"]


def test_folders_of_others_beside_the_generations_stay(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    (tmp_path / "flat").mkdir()
    first = generations.add(lambda folder: None)
    second = generations.add(lambda folder: None)
    generations.keep_only([second])
    assert not (tmp_path / first).exists()
    assert (tmp_path / second).is_dir() and (tmp_path / "flat").is_dir()
