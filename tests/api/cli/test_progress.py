"""Progress bars."""

import re

import pytest

from api.cli.progress import ingest_bar, stages, steps


def test_each_stage_has_a_bar_and_nothing_is_left_of_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with stages() as show:
        show("mining", 1, 2)
        show("mining", 2, 2)
        show("training", 3, 9)
    written = capsys.readouterr()
    assert written.out == ""
    assert "mining" in written.err and "2/2" in written.err and "3/9" in written.err


def test_steps_add_up(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with steps("verifying", 10) as advance:
        advance(3)
        advance(4)
    assert "7/10" in capsys.readouterr().err


def test_an_ingest_says_how_much_is_left_only_when_that_is_known(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLUMNS", "80")
    with ingest_bar(1) as bar:
        bar.read(True)
        bar.read(False)
        bar.encoded(1)
    before = capsys.readouterr().err
    assert "2 cables" in before and "1 of 2 cables" in before and "left" not in before
    with ingest_bar(0) as bar:
        bar.read(True)
        bar.all_read()
        bar.read(True)
        bar.encoded(1)
    after = capsys.readouterr().err
    assert "1 of 2 cables" in after and re.search(r"/s, 0:00:0\d left", after)
