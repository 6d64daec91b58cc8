"""What the pages need of one reader's archive."""

from datetime import date

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request

from api.web.page_service import PageService
from rag.catalog.listing import ListingFilters
from rag.domain.filters import Filters
from rag.errors import NotFound
from tests.api.web.small_service import client

__all__ = ["client"]


@pytest.fixture
def service(client: TestClient) -> PageService:
    host = [(b"host", b"127.0.0.1")]
    scope = {"type": "http", "method": "GET", "path": "/", "headers": host, "client": ("127.0.0.1", 1)}
    more = {"app": client.app, "server": ("127.0.0.1", 80), "query_string": b""}
    return PageService(Request(scope | more))


def test_filters_are_counted(service: PageService) -> None:
    total = service.holdings().cables
    assert service.matching(Filters()) == total > service.matching(Filters.of(date_from=date(2030, 1, 1))) == 0


def test_cables_are_listed_between_two_days(service: PageService) -> None:
    listed = service.list_cables(ListingFilters(), None)["cables"]
    day = date.fromisoformat(listed[0]["date"][:10])
    between = ListingFilters(date_from=day, date_to=day)
    assert {cable["date"][:10] for cable in service.list_cables(between, None)["cables"]} == {day.isoformat()}
    assert service.search("lamp oil", ListingFilters(date_from=date(2030, 1, 1))).passages == []


def test_similar_paragraphs_have_a_citation_to_be_like(service: PageService) -> None:
    citation, passages = service.similar_to("08QUILL3", "1")
    assert citation == "QUILL 3 ¶1" and passages
    with pytest.raises(NotFound):
        service.similar_to("08QUILL3", "99")
