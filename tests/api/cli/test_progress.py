"""Progress bars."""

import pytest

from api.cli.progress import stages, steps


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
