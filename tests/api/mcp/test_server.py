"""The MCP server, by the SDK's own client, over HTTP and over stdio."""

import shutil
import sys
from pathlib import Path

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from rag.index.lock import service_url
from tests.api.mcp.talking import talk, text

CALLS: dict[str, dict[str, object]] = {
    "ask": {"question": "Whose idea was it to switch the Gannet Rock light back on?"},
    "search_cables": {"query": "Gannet Rock light", "k": 3},
    "scan": {"query": '"gannet rock"', "limit": 2},
    "timeline": {"query": "ferry inquiry"},
    "count_cables": {"post": "Port Zephyr"},
    "list_cables": {"year": 2007, "limit": 3},
    "posts_and_tags": {"contains": "fish"},
    "resolve": {"citation": "quillhaven 2340 para 5"},
    "read_cable": {"citation": "QUILLHAVEN 2340"},
    "follow_references": {"citation": "QUILLHAVEN 2398"},
    "cite": {"citation": "QUILLHAVEN 2340 ¶5", "style": "mla"},
    "check": {"text": "As QUILLHAVEN 2340 ¶5 has it."},
}
CABLES = str(Path(sys.executable).with_name("cables"))


async def use_every_tool(client: Client) -> set[str]:
    """The names of the server's tools, each of which was called and gave what its schema promises.

    The client checks each object against the schema.
    """
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    for name, arguments in CALLS.items():
        tool = tools[name]
        assert tool.annotations is not None and tool.annotations.read_only_hint
        assert tool.output_schema is not None and tool.output_schema["type"] == "object", name
        result = await client.call_tool(name, arguments)
        assert not result.is_error and result.structured_content, text(result)
        assert text(result), name
    return set(tools)


def test_over_http(service: str) -> None:
    assert talk(f"{service}/mcp", use_every_tool) == set(CALLS)


def test_agents_are_told_what_each_tool_is_for(service: str) -> None:
    async def told(client: Client) -> tuple[str, dict[str, str]]:
        tools = (await client.list_tools()).tools
        return client.instructions or "", {tool.name: tool.description or "" for tool in tools}

    instructions, descriptions = talk(f"{service}/mcp", told)
    assert all(name in instructions for name in descriptions)
    assert "search_cables" in descriptions["ask"] and "ask" in descriptions["search_cables"]
    assert not any("\n  " in each for each in descriptions.values())


def test_over_stdio_through_the_running_service(service: str, sample_store: Path) -> None:
    assert service_url(sample_store) == service
    assert talk(stdio_client(_stdio(sample_store)), use_every_tool) == set(CALLS)


def test_over_stdio_without_a_service(tmp_path: Path, sample_store: Path) -> None:
    copied = shutil.copytree(sample_store, tmp_path / "store")
    assert service_url(copied) is None
    assert talk(stdio_client(_stdio(copied)), use_every_tool) == set(CALLS)


def _stdio(store: Path) -> StdioServerParameters:
    return StdioServerParameters(command=CABLES, args=["mcp", "--store", str(store)])
