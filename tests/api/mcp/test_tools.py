"""The MCP server, by the SDK's own client, over HTTP and over stdio."""

import asyncio
import shutil
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import uvicorn
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import CallToolResult, TextContent

from api.app import create_app
from rag.archive import Archive
from rag.index.lock import service_url
from rag.settings import Settings
from tests.processes import answers, free_port, until

QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"
TOOLS = {"ask", "search_cables", "scan", "read_cable", "follow_references", "cite", "check"}
T = TypeVar("T")
CABLES = str(Path(sys.executable).with_name("cables"))


@pytest.fixture(scope="module")
def service(sample_store: Path) -> Iterator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    def announce(archive: Archive) -> None:
        archive.announce(url)

    app = create_app(Settings(store=sample_store), opened=announce)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: answers(f"{url}/readyz"), 60, "the service starting")
    yield url
    server.should_exit = True
    thread.join()


def talk(server: Any, work: Callable[[Client], Awaitable[T]]) -> T:
    async def run() -> T:
        async with Client(server) as client:
            return await work(client)

    return asyncio.run(run())


def text(result: CallToolResult) -> str:
    (block,) = result.content
    assert isinstance(block, TextContent)
    return block.text


async def use_every_tool(client: Client) -> set[str]:
    """The names of the server's tools, each of which was called and gave what it is for."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert all(tool.annotations is not None and tool.annotations.read_only_hint for tool in tools.values())

    asked = await client.call_tool("ask", {"question": QUESTION})
    assert not asked.is_error, text(asked)
    answer = asked.structured_content
    assert answer["citations"] and answer["citations"][0]["quote"] in text(asked) and "¶" in text(asked)

    found = await client.call_tool("search_cables", {"query": "Gannet Rock light", "k": 3})
    hits = found.structured_content["results"]
    assert len(hits) == 3 and hits[0]["key"] in text(found)

    scanned = await client.call_tool("scan", {"query": '"gannet rock"', "limit": 2})
    assert not scanned.is_error, text(scanned)
    page = scanned.structured_content
    assert page["total"] > len(page["hits"]) == 2 and page["hits"][1]["key"] in text(scanned)
    behind = await client.call_tool("scan", {"query": '"gannet rock"', "limit": 2, "cursor": page["next"]})
    assert behind.structured_content["hits"] and behind.structured_content["hits"] != page["hits"]

    key, printed = hits[0]["key"], hits[0]["citation"]
    for citation in (key, printed, printed.replace("¶", "para ").lower()):
        paragraph = await client.call_tool("read_cable", {"citation": citation})
        assert not paragraph.is_error, text(paragraph)
        assert paragraph.structured_content["key"] == key and printed in text(paragraph)
    cable = await client.call_tool("read_cable", {"citation": hits[0]["cable_id"]})
    assert key in [each["key"] for each in cable.structured_content["paragraphs"]]

    graph = await client.call_tool("follow_references", {"citation": hits[0]["cable_id"]})
    assert graph.structured_content["cable_id"] == hits[0]["cable_id"] and "refers to" in text(graph)

    cited = await client.call_tool("cite", {"citation": printed, "style": "mla"})
    assert cited.structured_content["key"] == key and cited.structured_content["text"] in text(cited)
    draft = f"As {printed} has it, “{hits[0]['text'][:60].rpartition(' ')[0]}”; but not NOWHERE 99 ¶1."
    checked = await client.call_tool("check", {"text": draft})
    assert [each["status"] for each in checked.structured_content["citations"]] == ["ok", "unknown"], text(checked)
    assert checked.structured_content["citations"][0]["quotation"]["status"] == "exact" and key in text(checked)
    return set(tools)


async def make_mistakes(client: Client) -> list[tuple[CallToolResult, str]]:
    """The results of wrong calls, each with words that its message must hold."""
    mistakes = (
        ("ask", {"question": "  "}, "empty"),
        ("search_cables", {"query": "light", "k": 1000}, "less than or equal to 100"),
        ("scan", {"query": "a OR"}, "OR stands between"),
        ("read_cable", {"citation": "nonsense"}, "TOKYO 2367 ¶3"),
        ("read_cable", {"citation": "NOWHERE 99"}, "NOWHERE 99"),
        ("follow_references", {"citation": "08NOWHERE99"}, "08NOWHERE99"),
        ("cite", {"citation": "NOWHERE 99 ¶1"}, "NOWHERE 99 ¶1"),
    )
    return [(await client.call_tool(tool, arguments), words) for tool, arguments, words in mistakes]


def test_over_http(service: str) -> None:
    assert talk(f"{service}/mcp", use_every_tool) == TOOLS


def test_mistakes_are_explained(service: str) -> None:
    for result, words in talk(f"{service}/mcp", make_mistakes):
        assert result.is_error and words in text(result), text(result)


def test_over_stdio_through_the_running_service(service: str, sample_store: Path) -> None:
    assert service_url(sample_store) == service
    assert talk(stdio_client(_stdio(sample_store)), use_every_tool) == TOOLS


def test_over_stdio_without_a_service(tmp_path: Path, sample_store: Path) -> None:
    copied = shutil.copytree(sample_store, tmp_path / "store")
    assert service_url(copied) is None
    assert talk(stdio_client(_stdio(copied)), use_every_tool) == TOOLS


def _stdio(store: Path) -> StdioServerParameters:
    return StdioServerParameters(command=CABLES, args=["mcp", "--store", str(store)])
