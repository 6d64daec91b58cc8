import pytest

from rag.encoders.embedding import PACKAGED_MODEL, model_folder
from rag.index.windows import WindowCutter


@pytest.fixture(scope="module")
def cutter() -> WindowCutter:
    return WindowCutter(model_folder(PACKAGED_MODEL))


def test_a_short_text_is_one_window_with_its_context(cutter: WindowCutter) -> None:
    assert cutter.cut("QUILL. 1 May 2008", "The port closed.") == ["QUILL. 1 May 2008\nThe port closed."]


def test_no_word_of_a_long_text_is_lost(cutter: WindowCutter) -> None:
    words = [f"item{number}" for number in range(900)]
    windows = cutter.cut("QUILL", " ".join(words))
    assert len(windows) > 3
    assert all(any(word in window.split() for window in windows) for word in words)
    assert all(window.startswith("QUILL\n") for window in windows)
    assert all(cutter._count(window) <= cutter.tokens == 256 for window in windows)


def test_a_long_context_leaves_room_for_text(cutter: WindowCutter) -> None:
    (window,) = cutter.cut("SUBJECT " * 500, "The port closed.")
    assert window.endswith("\nThe port closed.")


def test_an_empty_text_is_one_window(cutter: WindowCutter) -> None:
    assert cutter.cut("QUILL", "") == ["QUILL\n"]
