"""Clicks: the paragraph's window, and verdicts."""

import pytest

from tests.api.slack.conftest import Bots
from tests.api.slack.service import CABLE, FakeService
from tests.api.slack.workspace import Json, Workspace, shown

pytestmark = pytest.mark.anyio


async def answered(workspace: Workspace, url: str) -> Json:
    await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
    return (await workspace.until_answered())[0]


async def test_a_source_opens_between_its_neighbours(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    async with bots.over_http() as url:
        answer = await answered(workspace, url)
        response = await workspace.deliver_click(url, workspace.click(answer, "cables_read"))
        assert (response.status_code, response.text) == (200, "")
        await workspace.until(lambda: workspace.called("views.update"))
    opened = workspace.called("views.open")[0]["view"]
    assert "Opening" in shown(opened)
    (window,) = workspace.views.values()
    texts = shown(window)
    assert "PORT ZEPHYR 112 · 2007-03-04 · THE LAMP" in texts
    assert texts.index("Before.") < texts.index("The lamp burns again.") < texts.index("After.")
    assert "PORT ZEPHYR 112 ¶3 (C)" in texts and "Far off." not in texts
    links = [each["url"] for block in window["blocks"] for each in block.get("elements", []) if "url" in each]
    assert links == [f"http://reader/read/{CABLE}#p2"]
    assert len(window["title"]["text"]) <= 24


@pytest.mark.parametrize("key", ["99NOWHERE1#1", f"{CABLE}#99"])
async def test_a_paragraph_that_is_not_for_the_clicker(
    workspace: Workspace, service: FakeService, bots: Bots, key: str
) -> None:
    async with bots.over_http() as url:
        answer = await answered(workspace, url)
        click = workspace.click(answer, "cables_read")
        click["actions"][0]["value"] = key
        await workspace.deliver_click(url, click)
        await workspace.until(lambda: workspace.called("views.update"))
    assert "not in the archive" in shown(next(iter(workspace.views.values())))


async def test_a_good_answer(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    async with bots.over_http() as url:
        answer = await answered(workspace, url)
        assert (await workspace.deliver_click(url, workspace.click(answer, "cables_good"))).status_code == 200
        await workspace.until(lambda: workspace.called("chat.postEphemeral"))
    assert service.feedback[0][0] == {
        "question": "Does the lamp burn?",
        "verdict": "up",
        "reason": None,
        "citations": [f"{CABLE}#2"],
        "answer": "The lamp burns again. [PORT ZEPHYR 112 ¶2]",
    }
    thanks = workspace.called("chat.postEphemeral")[0]
    assert (thanks["user"], thanks["channel"], thanks["thread_ts"]) == ("U1", "C1", answer["thread_ts"])


async def test_a_bad_answer_and_why(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.sentences = ["Words and words " * 500]
    async with bots.over_http() as url:
        answer = await answered(workspace, url)
        await workspace.deliver_click(url, workspace.click(answer, "cables_bad"))
        await workspace.until(lambda: workspace.views)
        form = next(iter(workspace.views.values()))
        assert len(form["private_metadata"]) <= 3000
        given = {"cables_reason": {"cables_reason": {"type": "plain_text_input", "value": "Wrong lamp"}}}
        view = {**form, "id": "V1", "state": {"values": given}}
        sent = {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}, "view": view}
        assert (await workspace.deliver_click(url, sent)).status_code == 200
        await workspace.until(lambda: service.feedback)
    told = service.feedback[0][0]
    assert (told["verdict"], told["reason"], told["question"]) == ("down", "Wrong lamp", "Does the lamp burn?")
    assert told["citations"] == [f"{CABLE}#2"] and told["answer"].startswith("Words and words")
