"""A question with its answer, as it is drawn."""

from dataclasses import replace

from nicegui.element import Element

from api.web.turn_panel import TurnActions, TurnPanel
from rag.domain.answer import Answer, Condition, Sentence
from tests.api.web.answers import ANSWER, KEY, PASSAGE
from tests.api.web.elements import drawn, of_class, of_tag, texts


async def judge(turn: TurnPanel, verdict: str, reason: str | None) -> None:
    """Accept any verdict."""


def ignore(*arguments: object) -> None:
    """Accept any action."""


ACTIONS = TurnActions(open=ignore, judge=judge, copy=ignore, widen=ignore, again=ignore)


def finished(answer: Answer) -> tuple[TurnPanel, Element]:
    with drawn() as root:
        turn = TurnPanel("What was [gone]?", ACTIONS)
        turn.finish(answer, [PASSAGE])
    return turn, root


def test_sentences_are_shown_as_they_come_with_their_citations() -> None:
    with drawn() as root:
        turn = TurnPanel("What was gone?", ACTIONS)
        assert not turn.settled and turn.keys == []
        turn.status("Reading …")
        turn.say(Sentence("The ledger.", (KEY, "08UNKNOWN1#1")), {KEY: "ODDHARBOR 9 ¶2"})
    assert texts(root) == ["What was gone?", "The ledger.", "ODDHARBOR 9 ¶2", "Reading …"]
    (pill,) = of_class(root, "pill")
    assert pill.props["href"] == "/read/08ODDHARBOR9#p2" and pill.props["data-key"] == KEY


def test_a_finished_turn_has_its_answer_and_its_sources() -> None:
    turn, root = finished(ANSWER)
    assert turn.settled and turn.answer is ANSWER and turn.keys == [KEY]
    (body,) = of_class(root, "answer")
    assert body.props["aria-busy"] == "false" and body.props["data-mode"] == "extractive"
    assert texts(body)[:2] == ["The ledger was *gone*.", "ODDHARBOR 9 ¶2"]
    (withheld,) = of_class(root, "withheld")
    assert texts(withheld) == ["Withheld: the archive does not support it", "So was the clerk."]
    (sources,) = of_class(root, "sources")
    assert texts(sources) == ["Sources", "08ODDHARBOR9", "undated", "ODDHARBOR 9 ¶2"]


def test_the_origin_of_an_answer_is_said() -> None:
    quoted = replace(ANSWER, sentences=ANSWER.sentences[:1], searched={"paragraphs": 12345, "cables": 7})
    assert texts(of_class(finished(quoted)[1], "foot")[0])[-3] == (
        "Quoted word for word · searched 12,345 paragraphs of 7 cables"
    )
    written = replace(ANSWER, mode="llm", trace={"model": "a model"}, reason="one sentence was withheld")
    foot = texts(of_class(finished(written)[1], "foot")[0])
    assert "Written by a model" in foot and "One sentence was withheld" in foot


def test_an_abstention_shows_the_reason_and_the_closest_paragraphs() -> None:
    answer = replace(ANSWER, sentences=(), quotes=(), abstained=True, reason="no cable mentions it")
    (abstained,) = of_class(finished(answer)[1], "abstained")
    assert texts(abstained) == [
        "The archive does not say.",
        "No cable mentions it.",
        "Closest to it:",
        "ODDHARBOR 9 ¶2",
    ]


def test_passages_that_are_no_answer_are_headed_so() -> None:
    _, root = finished(replace(ANSWER, abstained=True, reason="searched 7 cables"))
    (abstained,) = of_class(root, "abstained")
    assert texts(abstained) == ["Closest passages, not an answer", "Searched 7 cables."]
    assert "The ledger was *gone*." in texts(of_class(root, "answer")[0])


def test_conditions_and_another_reading_of_the_question_are_shown() -> None:
    _, root = finished(replace(ANSWER, question="What was gone?", filters=(Condition("post", "CAIRO"),)))
    (chips,) = of_class(root, "chips")
    assert texts(chips) == ["Understood as: What was gone?", "Post: CAIRO"]
    _, root = finished(replace(ANSWER, question="WHAT was [gone]?"))
    assert texts(of_class(root, "chips")[0]) == []


def test_a_failure_is_an_alert_with_a_way_to_ask_again() -> None:
    with drawn() as root:
        turn = TurnPanel("What was gone?", ACTIONS)
        turn.fail("The model does not answer.")
    assert turn.settled and turn.answer is None
    (notice,) = of_class(root, "notice")
    assert notice.props["role"] == "alert" and texts(notice) == ["The model does not answer.", "Ask again"]
    assert len(of_tag(notice, "button")) == 1
