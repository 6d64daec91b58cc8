"""Swagger UI, from the service itself."""

from fastapi.testclient import TestClient
from playwright.sync_api import expect

from tests.api.web.conftest import Visit
from tests.api.web.small_service import prefixed, soup

__all__ = ["prefixed"]


def test_the_interface_is_shown_and_tried_without_the_internet(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/docs")
    operation = visit.page.locator("#operations-service-healthz_healthz_get")
    operation.locator(".opblock-summary").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table")).to_contain_text('"status": "ok"')
    visit.save_screenshot("docs")


def test_it_reads_the_document_under_the_prefix(prefixed: TestClient) -> None:
    place = soup(prefixed.get("/docs").text).main
    assert place is not None and place["data-openapi"] == "/archive/openapi.json"
    assert prefixed.get("/archive/openapi.json").json()["servers"] == [{"url": "/archive"}]
