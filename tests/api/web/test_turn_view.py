"""A question with its answer, as it is drawn."""

from dataclasses import replace

from bs4 import Tag

from api.web.asked import Asked
from api.web.history import RememberedTurn, restored, state_of
from api.web.turn_view import Citing, TurnView, answered_turn, table_view
from rag.domain.answer import Answer, Condition, Sentence
from rag.domain.answer_table import AnswerTable
from tests.api.web.answers import ANSWER, KEY, PASSAGE
from tests.api.web.elements import drawn, of_class, texts
from tests.rag.samples import make_retrieved

ASKED = Asked("What was [gone]?")
HOSTILE = "<script>alert(1)</script>"


def finished(answer: Answer) -> Tag:
    return drawn("turn.html", turn=answered_turn(RememberedTurn(ASKED, answer), [PASSAGE], "https://here"))


def test_an_awaited_answer_says_so() -> None:
    root = drawn("turn.html", turn=TurnView.begun(Asked("What was gone?")))
    assert texts(root.h2) == ["What was gone?"]  # type: ignore[arg-type] # there is one
    (turn,) = of_class(root, "turn")
    assert turn.has_attr("data-awaited") and of_class(root, "answer")[0]["aria-busy"] == "true"
    assert of_class(root, "notice")[0].has_attr("hidden")


def test_sentences_have_their_citations_grouped_by_cable_with_dates() -> None:
    other = make_retrieved("08ODDHARBOR9#3", "More.", "U")
    sentence = Citing([PASSAGE, other]).sentence(Sentence("The ledger.", (KEY, "08UNKNOWN1#1", "08ODDHARBOR9#3")))
    root = drawn("turn_part.html", part="sentence", id="7", sentence=sentence)
    assert texts(of_class(root, "sentence")[0]) == ["The ledger.", "ODDHARBOR 9 ¶2", "¶3", "undated"]
    first, second = of_class(root, "pill")
    assert first["href"] == "/read/08ODDHARBOR9#p2" and first["data-key"] == KEY
    assert second["aria-label"] == "ODDHARBOR 9 ¶3"


def test_a_finished_turn_has_its_answer_and_its_sources() -> None:
    root = finished(ANSWER)
    (body,) = of_class(root, "answer")
    assert body["aria-busy"] == "false" and body["data-mode"] == "extractive"
    assert texts(body)[:2] == ["The ledger was *gone*.", "ODDHARBOR 9 ¶2"]
    (withheld,) = of_class(root, "withheld")
    assert texts(withheld) == ["Withheld: the archive does not support it", "So was the clerk."]
    (sources,) = of_class(root, "sources")
    assert texts(sources) == ["Sources", "08ODDHARBOR9", "ODDHARBOR 9 ¶2", "undated"]
    assert of_class(body, "pill")[0]["href"] == "/read/08ODDHARBOR9?mark=2.21-43#p2", "the quoted words are marked"


def test_the_origin_of_an_answer_is_said() -> None:
    quoted = replace(ANSWER, sentences=ANSWER.sentences[:1], searched={"paragraphs": 12345, "cables": 7})
    assert "Quoted word for word · searched 12,345 paragraphs of 7 cables" in texts(finished(quoted))
    written = replace(ANSWER, mode="llm", trace={"model": "a model"}, reason="one sentence was withheld")
    foot = texts(of_class(finished(written), "foot")[0])
    assert "Written by a model" in foot and "One sentence was withheld" in foot


def test_what_stays_open_is_said_once_below_the_answer() -> None:
    reason = "the model broke off; what was found does not answer “who paid”"
    written = replace(ANSWER, mode="llm", reason=reason, unanswered=("who paid",), trace={"model": "a model"})
    root = finished(written)
    assert texts(of_class(root, "unanswered")[0]) == ["Not answered by what was found: who paid"]
    assert root.text.count("who paid") == 1 and "The model broke off" in texts(root)
    alone = finished(replace(written, reason="what was found does not answer “who paid”"))
    assert alone.text.count("who paid") == 1 and not of_class(finished(ANSWER), "unanswered")


def test_an_abstention_shows_the_reason_and_the_closest_paragraphs() -> None:
    answer = replace(ANSWER, sentences=(), quotes=(), abstained=True, reason="no cable mentions it")
    (abstained,) = of_class(finished(answer), "abstained")
    assert texts(abstained) == [
        "The archive does not say.",
        "No cable mentions it.",
        "Closest to it:",
        "ODDHARBOR 9 ¶2",
        "undated",
    ]


def test_an_answer_that_is_not_shown_again_can_be_asked_for() -> None:
    (lost,) = restored([state_of(ASKED, replace(ANSWER, kind="catalog"))], lambda keys: [])
    root = drawn("turn.html", turn=answered_turn(lost, [], "https://here"))
    reason = "Counts and lists are made anew each time; ask again."
    assert texts(of_class(root, "abstained")[0]) == ["Not shown again.", reason, "Ask again"]
    assert root.select("[data-ask]")[0]["href"] == "/?q=What+was+%5Bgone%5D%3F"


def test_passages_that_are_no_answer_are_headed_so() -> None:
    root = finished(replace(ANSWER, abstained=True, reason="searched 7 cables"))
    (abstained,) = of_class(root, "abstained")
    assert texts(abstained) == ["Closest passages, not an answer", "Searched 7 cables."]
    assert "The ledger was *gone*." in texts(of_class(root, "answer")[0])


def test_conditions_and_another_reading_of_the_question_are_shown() -> None:
    root = finished(replace(ANSWER, question="What was gone?", filters=(Condition("post", "CAIRO"),)))
    (chips,) = of_class(root, "chips")
    assert texts(chips) == ["Understood as: What was gone?", "Post: CAIRO"]
    assert of_class(chips, "chip")[0]["href"] == "/?q=What+was+%5Bgone%5D%3F&without=post"
    assert of_class(finished(replace(ANSWER, question="WHAT was [gone]?")), "chips") == []


def test_a_failure_is_an_alert_with_a_way_to_ask_again() -> None:
    root = drawn("turn.html", turn=TurnView(Asked("What was gone?"), failure="The model does not answer."))
    (notice,) = of_class(root, "notice")
    assert notice["role"] == "alert" and texts(notice) == ["The model does not answer.", "Ask again"]
    assert not notice.has_attr("hidden")


def test_cables_and_paragraphs_of_a_table_are_links_and_the_rule_stands_below() -> None:
    table = AnswerTable(
        ("date", "cable", "paragraph", "citation", "subject", "cables"),
        (("2008-01-02", "08QUILL1", "08QUILL2#3", "QUILL 2 ¶3", HOSTILE, 1234),),
        False,
        "cables from Quill",
    )
    (drawn_table,) = of_class(finished(replace(ANSWER, table=table)), "counted")
    assert [(pill["href"], pill.text) for pill in of_class(drawn_table, "pill")] == [
        ("/read/08QUILL1", "08QUILL1"),
        ("/read/08QUILL2#p3", "QUILL 2 ¶3"),
    ]
    assert texts(drawn_table)[-2:] == ["1,234", "This may not be all of them. Counted: cables from Quill."]
    assert HOSTILE in texts(drawn_table), "shown as text"


def test_a_long_table_is_cut() -> None:
    view = table_view(AnswerTable(("post", "cables"), tuple(("QUILL", each) for each in range(120)), True, "cables"))
    assert len(view.rows) == 100 and view.note == "20 more rows; export them as CSV. Counted: cables."
