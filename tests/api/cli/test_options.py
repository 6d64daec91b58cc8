from datetime import date, datetime
from pathlib import Path

import pytest

from api.cli.options import filters_of, settings_for
from rag.domain.filters import Filters


def test_the_store_of_the_command_line_takes_precedence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CABLES_STORE", "/archive")
    assert settings_for(None).store == Path("/archive")
    assert settings_for(Path("/other")).store == Path("/other")


def test_the_filters_of_the_command_line() -> None:
    assert filters_of(None, None, None, None, None) == Filters()
    filters = filters_of(["New Delhi"], ["prel"], ["secret"], datetime(2008, 1, 1), datetime(2008, 2, 29))
    assert filters == Filters(
        posts=frozenset({"NEWDELHI"}),
        tags=frozenset({"PREL"}),
        date_from=date(2008, 1, 1),
        date_to=date(2008, 2, 29),
        classifications=frozenset({"SECRET"}),
    )
