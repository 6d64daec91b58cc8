"""Saved searches from Slack."""

import pytest

from api.slack.question import SlackQuestion
from api.slack.watching import is_watch_command
from tests.api.slack.bots import Bots
from tests.api.slack.fake_service import FakeService
from tests.api.slack.workspace import Workspace, shown

pytestmark = pytest.mark.anyio


async def test_a_command_saves_a_search_and_another_tells_what_is_new(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    async with bots.over_http() as url:
        for number, command in enumerate(('watch "lamp oil"', "watch a*", "watches"), 1):
            if command == "watches":
                service.watches[0]["new"] = 1200
                service.watches.append({"id": "x", "name": "broken", "new": None, "problem": "too many words"})
            await workspace.deliver_form(url, workspace.command(command))
            answers = [shown(answer) for answer in await workspace.until_answered(number)]
    saved, refused, news = answers
    assert 'Saved: "lamp oil"' in saved
    assert "a * stands for the rest of a word" in refused
    assert '"lamp oil": 1,200 new' in news and news.count("PORT ZEPHYR 112 ¶2: The lamp burns again.") == 3
    assert "broken: too many words" in news
    assert service.questions == []


async def test_without_a_saved_search_it_is_said_how_to_save_one(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    async with bots.over_http() as url:
        await workspace.deliver_form(url, workspace.command("watches"))
        (answer,) = await workspace.until_answered()
    assert "/cables watch QUERY" in shown(answer)


@pytest.mark.parametrize(
    ("text", "by_command", "expected"),
    [
        ("watch lamp", True, True),
        ("Watches ", True, True),
        ("watch", True, False),
        ("watches of the harbour?", True, False),
        ("watch lamp", False, False),
    ],
)
def test_only_a_slash_command_is_about_saved_searches(text: str, by_command: bool, expected: bool) -> None:
    question = SlackQuestion("1", "T1", "C1", "U1", "1", None, text, response_url="http://x" if by_command else None)
    assert is_watch_command(question) is expected
