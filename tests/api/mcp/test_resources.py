import pytest
from mcp import Client, MCPError
from mcp_types import TextResourceContents

from tests.api.mcp.talking import call, talk, text


def read(service: str, uri: str) -> str:
    async def run(client: Client) -> str:
        (content,) = (await client.read_resource(uri)).contents
        assert isinstance(content, TextResourceContents) and content.mime_type == "text/plain"
        return content.text

    return talk(f"{service}/mcp", run)


def test_the_templates_are_listed(service: str) -> None:
    async def templates(client: Client) -> set[str]:
        return {each.uri_template for each in (await client.list_resource_templates()).resource_templates}

    assert talk(f"{service}/mcp", templates) == {"cable://{cable_id}", "cable://{cable_id}/{number}"}


@pytest.mark.parametrize(
    ("uri", "citation"),
    [
        ("cable://07QUILLHAVEN2340", "07QUILLHAVEN2340"),
        ("cable://07quillhaven2340", "07QUILLHAVEN2340"),
        ("cable://07QUILLHAVEN2340/5", "07QUILLHAVEN2340#5"),
        ("cable://08LANTERNBAY12/5~2", "08LANTERNBAY12#5~2"),
    ],
)
def test_a_resource_says_what_read_cable_says(service: str, uri: str, citation: str) -> None:
    assert read(service, uri) == text(call(service, "read_cable", citation=citation))


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("cable://08NOWHERE1", "no cable 08NOWHERE1"),
        ("cable://07QUILLHAVEN2340/99", "there is no QUILLHAVEN 2340 ¶99"),
        ("cable://nonsense", "nonsense"),
    ],
)
def test_what_is_not_there_is_said(service: str, uri: str, words: str) -> None:
    async def refused(client: Client) -> str:
        with pytest.raises(MCPError) as error:
            await client.read_resource(uri)
        return str(error.value)

    assert words in talk(f"{service}/mcp", refused)
