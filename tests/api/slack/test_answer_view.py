"""What a message shows of an answer."""

import pytest

from api.slack.answer_view import Source, cited_keys, view_of
from tests.api.slack.bots import Bots
from tests.api.slack.fake_service import CABLE, FakeService, answer_to, cable
from tests.api.slack.hostile import HOSTILE, assert_inert
from tests.api.slack.workspace import Workspace, shown


def test_sentences_carry_their_citations_and_sources_their_details() -> None:
    view = view_of(answer_to("Lamp?"), {CABLE: cable()})
    assert view.statements == ("The lamp burns again. [PORT ZEPHYR 112 ¶2]",)
    assert view.sources == (Source(f"{CABLE}#2", "PORT ZEPHYR 112 ¶2", "2007-03-04", "THE LAMP", "C"),)
    assert view.sources[0].line == "PORT ZEPHYR 112 ¶2 · 2007-03-04 · THE LAMP · (C)"
    assert view.notes == ()


def test_a_source_that_is_not_described_is_still_named() -> None:
    view = view_of(answer_to("Lamp?"), {})
    assert [source.line for source in view.sources] == ["PORT ZEPHYR 112 ¶2"]


def test_notes_say_what_was_withheld_filtered_and_left_out() -> None:
    answer = answer_to("Lamp?") | {"filters": [{"field": "post", "value": "CAIRO", "soft": False}], "reason": "Partly."}
    answer["sentences"].append({"text": "An invention.", "citations": [], "supported": False})
    notes = view_of(answer, {}, narrowed=True).notes
    assert [note.split(":")[0] for note in notes] == [
        "1 sentence withheld", "Searched under", "Partly.", "UNCLASSIFIED paragraphs only",
    ]  # fmt: skip


def test_an_abstention_points_to_the_three_closest_paragraphs() -> None:
    closest = [f"{CABLE}#{number}" for number in range(1, 6)]
    assert cited_keys({"citations": [], "abstained": True, "closest": closest}) == closest[:3]
    assert cited_keys({"citations": [], "abstained": False, "closest": closest}) == []


@pytest.mark.anyio
async def test_nothing_sent_to_slack_is_markup(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.answer = answer_to(HOSTILE, [HOSTILE]) | {"filters": [{"field": "post", "value": HOSTILE, "soft": False}]}
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        (answer,) = await workspace.until_answered()
    assert "&lt;!channel&gt;" in shown(answer)
    for method, arguments, _ in workspace.calls:
        if method.startswith("chat."):
            assert_inert(arguments.get("blocks", []))
            assert "<" not in arguments.get("text", "")
            assert arguments.get("link_names") in {None, False, "0", "false"}
    posted = workspace.called("chat.postMessage")[0]
    assert not any(posted[name] in {True, "1", "true"} for name in ("unfurl_links", "unfurl_media"))


@pytest.mark.anyio
async def test_an_abstention_shows_its_reason_and_the_closest_paragraphs(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    service.answer = answer_to("Lamp?") | {
        "answer": "", "abstained": True, "reason": "0 of 41 cables mention it.", "citations": [], "closest": [f"{CABLE}#3"],
        "sentences": [{"text": "An invention.", "citations": [], "supported": False}],
    }  # fmt: skip
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Lamp?"))
        (answer,) = await workspace.until_answered()
    texts = shown(answer)
    assert "0 of 41 cables mention it." in texts and "An invention." not in texts
    assert "Closest paragraphs:" in texts and "PORT ZEPHYR 112 ¶3 · 2007-03-04" in texts
    assert "1 sentence withheld" in texts


def test_a_table_is_a_short_list_with_a_way_to_the_rest() -> None:
    table = {
        "columns": ["cable"],
        "rows": [[f"08QUILL{each}"] for each in range(12)],
        "complete": True,
        "rule": "cables",
    }
    view = view_of(answer_to("Lamp?") | {"table": table}, {}, page="https://cables.example")
    assert view.statements[-1].splitlines()[-1] == "and 2 more"
    assert view.page == "https://cables.example" and "Counted: cables." in view.notes
    assert view_of(answer_to("Lamp?"), {}, page="https://cables.example").page is None
