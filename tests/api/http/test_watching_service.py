"""Saved searches as the routes, the command and the page use them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.http.watching_service import WatchService
from rag.archive import Archive
from rag.domain.access import OWNER
from rag.domain.filters import Filters
from rag.errors import BadInput
from rag.settings import Settings
from tests.api.small_archive import small_store
from tests.rag.samples import make_cable


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(Settings(store=small_store(tmp_path / "store"))) as archive:
        yield archive


def test_a_search_that_cannot_be_run_is_not_saved(archive: Archive) -> None:
    service = WatchService(archive.as_reader(OWNER), "")
    for query, filters in (("", Filters()), ("lamp", Filters.of(["nowhere"]))):
        with pytest.raises(BadInput):
            service.add(query, filters)
    assert service.all() == {"watches": []}


def test_a_feed_goes_back_thirty_days(archive: Archive) -> None:
    service = WatchService(archive.as_reader(OWNER), "")
    saved = service.add("bell", Filters())
    archive.catalog.put(make_cable("08QUILL9", "A bell."))
    archive.index_pending()
    assert len(service.feed(saved["id"])[1]) == 1
    later = WatchService(archive.as_reader(OWNER), "", now=lambda: datetime(2200, 1, 1, tzinfo=UTC))
    assert later.feed(saved["id"])[1] == [] and later.new(saved["id"], 9).page.totals.total == 1
