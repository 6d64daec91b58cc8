"""Text in both directions, and the limits of what is sent."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.slack.blocks import MESSAGE, answer_messages, progress
from api.slack.markup import escaped, fallback, plain, units
from api.slack.modal import paragraph, reader_url, reason_form
from api.slack.packing import packed, shortened
from api.slack.view import Source, View
from tests.api.slack.conftest import Bots
from tests.api.slack.service import CABLE, FakeService, answer_to, cable
from tests.api.slack.workspace import Workspace, shown

HOSTILE = (
    "<!channel> <!here> @here @channel @everyone <@U1> <#C1> <https://evil.example|click> https://evil.example "
    "*bold* _it_ ~no~ `code` ```block``` [a](https://evil.example) > quote :bomb: & &lt;!channel&gt; <script>"
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@UBOT> what of  it?", "what of it?"),
        ("ask <@U9|ann> in <#C1|general> <!here> <!subteam^S1|@team>", "ask ann in #general @team"),
        ("see <https://a.example/x|this> and <https://b.example>", "see this and https://b.example"),
        ("mail <mailto:a@b.example|a@b.example> on <!date^1^{date}|Monday>", "mail a@b.example on Monday"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &amp;lt;", "1 < 2 && 3 > 2 &lt;"),
    ],
)
def test_what_people_type(typed: str, read: str) -> None:
    assert plain(typed, "UBOT") == read


@given(st.text())
def test_escapes_come_back(text: str) -> None:
    assert plain(escaped(text), "UBOT") == " ".join(text.split())


@given(st.lists(st.text(alphabet=st.sampled_from("ab. <&@é漢😀\n")).map(lambda text: text * 9)), st.integers(12, 60))
def test_packing_keeps_every_word_within_the_limit(pieces: list[str], limit: int) -> None:
    texts = packed(pieces, limit)
    assert all(units(text) <= limit for text in texts)
    assert "".join("".join(texts).split()) == "".join("".join(pieces).split())


def test_packing_cuts_between_sentences() -> None:
    assert packed(["The first one. The second one.", "A third."], 20) == [
        "The first one.",
        "The second one.",
        "A third.",
    ]
    assert shortened("The first one. The second one.", 20) == "The first one. …"


def test_hostile_text_is_inert_in_an_answer() -> None:
    source = Source(f"{CABLE}#2", "PORT ZEPHYR 112 ¶2", "2007-03-04", HOSTILE, "C")
    for message in answer_messages(View(HOSTILE, (HOSTILE,), (source,), (HOSTILE,), abstained=False)):
        assert_inert(message.blocks)
        assert not any(sign in message.text for sign in "<>") and "@here" not in message.text
    assert_inert(progress(HOSTILE, [HOSTILE]).blocks)


def test_hostile_text_is_inert_in_the_windows() -> None:
    told = cable()
    told["subject"] = HOSTILE
    for each in told["paragraphs"]:
        each.update(text=HOSTILE, heading=HOSTILE, citation=HOSTILE)
    assert_inert(paragraph(told, f"{CABLE}#2", "http://reader"))


@given(
    st.lists(st.text(max_size=400).map(lambda text: text * 20), max_size=30),
    st.integers(0, 60),
    st.text(max_size=3000),
)
def test_limits_hold_by_construction(statements: list[str], sources: int, question: str) -> None:
    lines = tuple(
        Source(f"{CABLE}#{at}", "PORT ZEPHYR 112 ¶2" * 9, "2007-03-04", "S" * 900, "C") for at in range(sources)
    )
    messages = answer_messages(View(question, tuple(statements), lines, ("note " * 900,), abstained=False))
    for message in [*messages, progress("Working", statements)]:
        texts = list(every_text(message.blocks))
        assert 1 <= len(message.blocks) <= 50
        assert sum(map(len, texts)) + len(message.text) <= MESSAGE
        assert all(1 <= len(text) <= 3000 for text in texts)
        for block in message.blocks:
            buttons = [*block.get("elements", []), block.get("accessory", {})]
            assert all(len(each.get("value", "")) <= 2000 for each in buttons)
            assert all(len(each["text"]["text"]) <= 75 for each in buttons if each.get("type") == "button")


@given(st.text(max_size=4000), st.text(max_size=9000), st.integers(0, 60))
def test_the_form_carries_what_fits(question: str, answer: str, cited: int) -> None:
    keys = [f"{CABLE}#{at}" for at in range(cited)]
    told = {"question": question, "verdict": "down", "reason": None, "citations": keys, "answer": answer}
    carried = reason_form(told, {"channel": "C1", "thread": "1.2"})["private_metadata"]
    assert len(carried) <= 3000
    assert json.loads(carried)["place"] == {"channel": "C1", "thread": "1.2"}


def test_a_long_paragraph_fits_its_window() -> None:
    told = cable()
    for each in told["paragraphs"]:
        each["text"] = "Words of a very long paragraph. " * 20_000
    window = paragraph(told, f"{CABLE}#2", "http://reader")
    assert len(window["blocks"]) <= 100
    assert max(len(text) for text in every_text(window)) <= 3000


def test_the_web_reader_s_address() -> None:
    assert reader_url("https://cables.example/", "07TOKYO2287#5~2") == "https://cables.example/read/07TOKYO2287#p5~2"


def test_broadcasts_are_broken_up() -> None:
    assert fallback("@here and you@here.example") != "@here and you@here.example"
    assert "@here" not in fallback("@here @HERE @everyone")


@pytest.mark.anyio
async def test_nothing_sent_to_slack_is_alive(workspace: Workspace, service: FakeService, bots: Bots) -> None:
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
async def test_an_answer_that_abstains(workspace: Workspace, service: FakeService, bots: Bots) -> None:
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


def every_text(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("type") in {"plain_text", "mrkdwn"}:
            yield value["text"]
        for each in value.values():
            yield from every_text(each)
    elif isinstance(value, list):
        for each in value:
            yield from every_text(each)


def assert_inert(value: Any) -> None:
    """Only plain text, without a control character, without emoji names turned into pictures."""
    if isinstance(value, dict):
        assert value.get("type") != "mrkdwn"
        if value.get("type") == "plain_text":
            assert not any(sign in value["text"] for sign in "<>")
            assert value.get("emoji", False) is False
        for each in value.values():
            assert_inert(each)
    elif isinstance(value, list):
        for each in value:
            assert_inert(each)
