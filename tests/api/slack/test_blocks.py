"""Messages: inert, and within Slack's limits."""

from hypothesis import given
from hypothesis import strategies as st

from api.slack.answer_view import AnswerView, Source
from api.slack.blocks import MESSAGE, answer_messages, progress
from tests.api.slack.fake_service import CABLE
from tests.api.slack.hostile import HOSTILE, assert_inert, every_text


def test_hostile_text_is_inert_in_an_answer() -> None:
    source = Source(f"{CABLE}#2", "PORT ZEPHYR 112 ¶2", "2007-03-04", HOSTILE, "C")
    for message in answer_messages(AnswerView(HOSTILE, (HOSTILE,), (source,), (HOSTILE,), abstained=False)):
        assert_inert(message.blocks)
        assert not any(sign in message.text for sign in "<>") and "@here" not in message.text
    assert_inert(progress(HOSTILE, [HOSTILE]).blocks)


@given(
    st.lists(st.text(max_size=400).map(lambda text: text * 20), max_size=30),
    st.integers(0, 60),
    st.text(max_size=3000),
)
def test_limits_hold_for_any_answer(statements: list[str], sources: int, question: str) -> None:
    lines = tuple(
        Source(f"{CABLE}#{at}", "PORT ZEPHYR 112 ¶2" * 9, "2007-03-04", "S" * 900, "C") for at in range(sources)
    )
    messages = answer_messages(AnswerView(question, tuple(statements), lines, ("note " * 900,), abstained=False))
    for message in [*messages, progress("Working", statements)]:
        texts = list(every_text(message.blocks))
        assert 1 <= len(message.blocks) <= 50
        assert sum(map(len, texts)) + len(message.text) <= MESSAGE
        assert all(1 <= len(text) <= 3000 for text in texts)
        for block in message.blocks:
            elements = [*block.get("elements", []), block.get("accessory", {})]
            assert all(len(element.get("value", "")) <= 2000 for element in elements)
            assert all(len(element["text"]["text"]) <= 75 for element in elements if element.get("type") == "button")
