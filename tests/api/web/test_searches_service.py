"""Saved searches of one reader of the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.datastructures import QueryParams
from starlette.requests import Request

from api.web.browse_query import BrowseQuery
from api.web.searches_service import SearchesService
from rag.errors import BadInput, NotFound
from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.small_archive import small_store
from tests.rag.samples import make_cable


@pytest.fixture
def service(tmp_path: Path) -> Iterator[SearchesService]:
    with client_of(Settings(store=small_store(tmp_path / "store"))) as client:
        assert isinstance(client.app, FastAPI)
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "app": client.app, "scheme": "http"}
        place = {"headers": [(b"host", b"127.0.0.1")], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)}
        yield SearchesService(Request(scope | place))


def asked(query: str) -> BrowseQuery:
    return BrowseQuery.read(QueryParams(query), {})


def test_a_search_is_saved_and_tells_what_is_new_until_it_was_seen(service: SearchesService) -> None:
    watch_id = service.add(asked("query=lamp&date_from=2031-02-03"))["id"]
    assert service.one(watch_id)["filters"]["date_from"] == "2031-02-03"
    watch_id = service.add(asked("query=lamp"))["id"]
    archive = service.connection.app.state.archive
    archive.catalog.put(make_cable("08QUILL9", "A lamp more."))
    archive.index_pending()
    assert {each["query"]: each["new"] for each in service.all() if each["id"] == watch_id} == {"lamp": 1}
    found = service.new(watch_id, None)
    assert [hit.key for hit in found.page.hits] == ["08QUILL9#1"]
    service.see(watch_id, found.mark)
    assert service.one(watch_id)["new"] == 0
    assert service.open_feed(watch_id).startswith(f"http://127.0.0.1/watches/{watch_id}/feed?token=")
    service.remove(watch_id)
    with pytest.raises(NotFound):
        service.new(watch_id, None)


def test_words_that_cannot_be_scanned_for_are_not_saved(service: SearchesService) -> None:
    with pytest.raises(BadInput):
        service.add(asked("query=-lamp"))
    assert service.all() == []
