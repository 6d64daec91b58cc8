"""Clicks: the modal of a paragraph, and verdicts."""

import pytest

from tests.api.slack.bots import Bots
from tests.api.slack.fake_service import CABLE, FakeService
from tests.api.slack.workspace import Json, Workspace, shown

pytestmark = pytest.mark.anyio


async def answered(workspace: Workspace, url: str) -> Json:
    await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
    return (await workspace.until_answered())[0]


async def test_a_source_opens_with_its_neighbours(workspace: Workspace, service: FakeService, bots: Bots) -> None:
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
    elements = [element for block in window["blocks"] for element in block.get("elements", [])]
    links = [element["url"] for element in elements if "url" in element]
    assert links == [f"http://reader/read/{CABLE}#p2"]
    assert len(window["title"]["text"]) <= 24


@pytest.mark.parametrize("key", ["99NOWHERE1#1", f"{CABLE}#99"])
async def test_a_paragraph_hidden_from_the_user_is_not_in_the_archive(
    workspace: Workspace, service: FakeService, bots: Bots, key: str
) -> None:
    async with bots.over_http() as url:
        answer = await answered(workspace, url)
        click = workspace.click(answer, "cables_read")
        click["actions"][0]["value"] = key
        await workspace.deliver_click(url, click)
        await workspace.until(lambda: workspace.called("views.update"))
    assert "not in the archive" in shown(next(iter(workspace.views.values())))


async def test_a_good_verdict_is_sent_and_thanked_for(workspace: Workspace, service: FakeService, bots: Bots) -> None:
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


async def test_a_bad_verdict_is_sent_with_its_reason(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.sentences = ["Words and words " * 500]
    async with bots.over_http() as url:
        answer = await answered(workspace, url)
        await workspace.deliver_click(url, workspace.click(answer, "cables_bad"))
        await workspace.until(lambda: workspace.views)
        form = next(iter(workspace.views.values()))
        assert len(form["private_metadata"]) <= 3000
        values = {"cables_reason": {"cables_reason": {"type": "plain_text_input", "value": "Wrong lamp"}}}
        view = {**form, "id": "V1", "state": {"values": values}}
        sent = {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}, "view": view}
        assert (await workspace.deliver_click(url, sent)).status_code == 200
        await workspace.until(lambda: service.feedback)
    feedback = service.feedback[0][0]
    assert (feedback["verdict"], feedback["reason"], feedback["question"]) == (
        "down",
        "Wrong lamp",
        "Does the lamp burn?",
    )
    assert feedback["citations"] == [f"{CABLE}#2"] and feedback["answer"].startswith("Words and words")
