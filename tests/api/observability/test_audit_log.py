"""Whatever shows a reader the archive's text or fields leaves a line in the audit log, over every way in."""

import asyncio
import inspect
import json
import stat
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.requests import Request
from typer.testing import CliRunner

from api.auth.gate import OWNER_NAME
from api.cli.main import app as command_line
from api.observability.audit_log import CLI, HTTP, AuditLog
from api.web.page_service import PageService
from rag.catalog.catalog import open_catalog
from rag.catalog.keys import Keys
from rag.catalog.listing import ListingFilters, ListingOrder
from rag.domain.access import Clearance
from rag.domain.answer import Answer, Quote, Sentence
from rag.domain.answer_table import AnswerTable
from rag.domain.events import Answered, Event, Stated
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.errors import StoreUnavailable
from rag.settings import Settings
from tests.api.clients import client_of, routes_of
from tests.api.observability.audited_requests import COUNTS, PAGES, REQUESTS
from tests.api.observability.client_requests import (
    MCP_REQUESTS,
    OPENAI_REQUESTS,
    QUESTION,
    SHOWS_NOTHING,
    TOOLS,
    mcp,
)
from tests.api.small_archive import small_store, subjects, texts


@dataclass(frozen=True)
class AuditedService:
    """A service with an audit log, and its application."""

    client: TestClient
    app: FastAPI
    log: Path

    def entries(self) -> list[dict[str, Any]]:
        """What was logged since the last call."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AuditedService]:
    folder = tmp_path_factory.mktemp("audited")
    settings = Settings(store=small_store(folder / "store"), audit_log=folder / "audit.jsonl")
    with open_catalog(settings) as catalog:
        key = Keys(catalog).add("A. Reader", Clearance(Level.TS))
    with client_of(settings, headers={"authorization": f"Bearer {key}"}) as client:
        assert isinstance(client.app, FastAPI)
        yield AuditedService(client, client.app, folder / "audit.jsonl")


def shown_in(body: str) -> tuple[set[str], set[str]]:
    """Keys of the paragraphs of which a body holds words, ids of the cables whose subject it holds."""
    keys = {key for key, text in texts().items() if text[4:40] in body}
    return keys, {each for each, cable in subjects().items() if cable.subject and cable.subject in body}


def assert_logged(entries: list[dict[str, Any]], body: str, way: str) -> None:
    keys, ids = shown_in(body)
    logged = {key for entry in entries for key in entry["paragraphs"]}
    assert keys <= logged, "shown, and not in the audit log"
    assert ids <= {each for entry in entries for each in entry["cables"]} | {key.partition("#")[0] for key in logged}
    assert {entry["way"] for entry in entries} <= {way}
    assert {entry["who"] for entry in entries} <= {"A. Reader"}


def test_every_route_is_accounted_for(service: AuditedService) -> None:
    routes = {f"{method} {route.path}" for route in routes_of(service.app) for method in route.methods or ()}
    assert routes == (set(REQUESTS) - set(MCP_REQUESTS)) | SHOWS_NOTHING
    tools = mcp("tools/list")(service.client).json()["result"]["tools"]
    assert {each["name"] for each in tools} == TOOLS


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name in REQUESTS for number in range(len(REQUESTS[name]))]
)
def test_what_a_route_shows_is_in_the_log(service: AuditedService, name: str, number: int) -> None:
    service.entries()
    response = REQUESTS[name][number](service.client)
    assert response.status_code == 200, response.text
    entries, body = service.entries(), response.text.encode().decode("unicode_escape", "replace")
    assert '"isError":true' not in response.text and '"error":{' not in response.text
    assert_logged(entries, body + response.text, _way(name))
    if name not in COUNTS:
        assert entries and set(entries[0]) == {"time", "who", "way", "what", "paragraphs", "cables", "request_id"}


def _way(name: str) -> str:
    return (
        "page" if name in PAGES else "openai" if name in OPENAI_REQUESTS else "mcp" if name in MCP_REQUESTS else "http"
    )


PAGE: dict[str, Callable[[PageService], Any]] = {
    "open": lambda page: page.open("08QUILL1"),
    "cite": lambda page: page.cite("08QUILL1", "2"),
    "notes": lambda page: page.notes(["08QUILL1#2"]),
    "passages": lambda page: page.passages(["08QUILL1#2"]),
    "holdings": lambda page: page.holdings(),
    "suggested": lambda page: page.suggested(),
    "facets": lambda page: page.facets(),
    "list_cables": lambda page: page.list_cables(ListingFilters(), None),
    "beside": lambda page: page.beside(ListingFilters(), "08QUILL2", ListingOrder()),
    "search": lambda page: page.search("lamp oil", ListingFilters()),
    "scan": lambda page: page.scan("lamp oil", ListingFilters(), None),
    "scan_batches": lambda page: list(page.scan_batches("lamp oil", ListingFilters())),
    "check": lambda page: page.check("“Newspapers of the town wrote that lamp oil is short” (QUILL 1 ¶2)."),
    "references": lambda page: page.references("08QUILL2"),
    "coverage": lambda page: page.coverage("QUILL"),
    "matching": lambda page: page.matching(Filters()),
    "similar_to": lambda page: page.similar_to("08QUILL3", "1"),
    "similar": lambda page: page.similar("08QUILL3#1"),
    "near_duplicates": lambda page: page.near_duplicates(subjects()["08QUILL3"]),
    "ask": lambda page: asyncio.run(asked(page)),
}
UNSEEN = {"add_verdict", "citable"}
"""`citable` says only what `open` has entered."""


async def asked(page: PageService) -> list[Event]:
    async with aclosing(page.ask(QUESTION, Filters(), frozenset(), ())) as events:
        return [event async for event in events]


def test_what_the_page_shows_is_in_the_log(service: AuditedService) -> None:
    methods = {name for name, _ in inspect.getmembers(PageService, inspect.isfunction) if not name.startswith("_")}
    assert methods == set(PAGE) | UNSEEN
    headers = [(name.encode(), value.encode()) for name, value in service.client.headers.items()]
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/browse",
        "headers": headers,
        "app": service.app,
        "client": ("10.0.0.1", 1),
    }
    for name, call in PAGE.items():
        service.entries()
        result = call(PageService(Request(scope | {"server": ("archive", 80), "query_string": b""})))
        entries = service.entries()
        assert_logged(entries, str(result), "page")
        assert bool(entries) == (name not in ("holdings", "facets", "matching", "coverage")), name


@pytest.mark.parametrize(
    "words",
    [["show", "QUILL 1"], ["show", "QUILL 1 ¶2"], ["search", "lamp oil"], ["scan", "lamp oil"], ["ask", QUESTION]],
)
def test_what_a_command_shows_is_in_the_log(
    service: AuditedService, tmp_path: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = small_store(tmp_path / "store") if words[0] != "show" else service.app.state.archive.settings.store
    monkeypatch.setenv("CABLES_AUDIT_LOG", str(service.log))
    service.entries()
    done = CliRunner().invoke(command_line, [*words, "--store", str(store), "--json"])
    assert done.exit_code == 0, done.output
    keys, _ = shown_in(done.output)
    (entry,) = service.entries()
    assert keys and keys <= set(entry["paragraphs"])
    assert (entry["who"], entry["way"], entry["what"]) == (OWNER_NAME, CLI, words[0])


def test_only_the_owner_of_the_file_can_read_it_and_lines_are_added(tmp_path: Path) -> None:
    reader = AuditLog(tmp_path / "audit.jsonl").reader("Bo", HTTP, "GET /search")
    reader.shown(["08QUILL1#1", "08QUILL1#1"])
    reader.shown()
    reader.shown(cables=["08QUILL2"])
    lines = [json.loads(line) for line in (tmp_path / "audit.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(each["paragraphs"], each["cables"]) for each in lines] == [(["08QUILL1#1"], []), ([], ["08QUILL2"])]
    assert stat.S_IMODE((tmp_path / "audit.jsonl").stat().st_mode) == 0o600
    AuditLog(None).reader("Bo", HTTP, "").shown(["08QUILL1#1"])


def test_where_the_log_cannot_be_written_nothing_is_shown(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="so nothing is shown"):
        AuditLog(tmp_path / "none" / "audit.jsonl").reader("Bo", HTTP, "").shown(["08QUILL1#1"])


def test_each_paragraph_of_a_streamed_answer_is_entered_once_and_before_it_is_shown(tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    answer = Answer("q", "extractive", quotes=(Quote("08QUILL1#1", "", "", 0, 0), Quote("08QUILL1#2", "", "", 0, 0)))

    async def events() -> AsyncGenerator[Event, None]:
        yield Stated(Sentence("s", ("08QUILL1#1",)))
        yield Answered(answer)

    async def run() -> list[int]:
        reader = AuditLog(log).reader("Bo", HTTP, "POST /chat")
        async with aclosing(reader.events(events())) as audited:
            return [len(log.read_text(encoding="utf-8").splitlines()) async for _ in audited]

    assert asyncio.run(run()) == [1, 2]
    assert [json.loads(line)["paragraphs"] for line in log.read_text().splitlines()] == [["08QUILL1#1"], ["08QUILL1#2"]]


def test_cables_that_an_answer_counts_or_cites_whole_are_entered(tmp_path: Path) -> None:
    table = AnswerTable(("cable", "subject"), (("08QUILL1", "OIL"), ("08QUILL2", None)), True, "cables")
    answer = Answer("Which?", "extractive", (Sentence("Two.", ("08QUILL3", "08QUILL4#1")),), table=table)
    AuditLog(tmp_path / "audit.jsonl").reader("A. Reader", "http", "POST /chat").answered(answer)
    [entry] = map(json.loads, (tmp_path / "audit.jsonl").read_text().splitlines())
    assert entry["paragraphs"] == ["08QUILL4#1"]
    assert entry["cables"] == ["08QUILL3", "08QUILL1", "08QUILL2"]
