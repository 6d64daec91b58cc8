"""What is said where a library is missing."""

import builtins
import sys
from types import ModuleType
from typing import Any

import pytest

from ingest.formats.optional import needs_documents_extra
from tests.ingest.documents import pdf, reason, telegram


def test_the_extra_is_named() -> None:
    assert "pip install 'cables[documents]'" in str(needs_documents_extra("a PDF file"))


@pytest.mark.parametrize(("library", "data"), [("pypdf", pdf(telegram())), ("striprtf", b"{\\rtf1 x}")])
def test_without_the_library_one_line_says_what_to_install(
    library: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def missing(name: str, *arguments: Any, **options: Any) -> ModuleType:
        if name.partition(".")[0] == library:
            raise ImportError(name)
        return real(name, *arguments, **options)

    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", missing)
    assert "cables[documents]" in reason(data)
