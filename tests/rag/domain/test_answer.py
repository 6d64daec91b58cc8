import json
from dataclasses import replace

from rag.domain.answer import Answer, Condition, Quote, Sentence
from rag.domain.answer_table import AnswerTable

QUOTE = Quote("08QUILL12#5~2", "QUILL 12 ¶5 (2nd)", "lamp", 4, 8)
ANSWER = Answer(
    "What burned?",
    "extractive",
    sentences=(
        Sentence("The lamp.", ("08QUILL12#5~2", "08QUILL12#6")),
        Sentence("The house.", ("08QUILL12#5~2",), supported=False),
    ),
    quotes=(QUOTE,),
    filters=(Condition("post", "QUILL", soft=True),),
)


def test_the_text_is_the_supported_sentences_with_the_citations_that_are_quoted() -> None:
    assert ANSWER.text == "The lamp. [QUILL 12 ¶5 (2nd)]"


def test_a_quote_links_to_its_paragraph() -> None:
    assert QUOTE.url == "/cables/08QUILL12/paragraphs/5~2"


def test_a_quote_stands_only_where_it_stood() -> None:
    assert QUOTE.stands_in("The lamp burned.")
    assert not QUOTE.stands_in("A lamp burned.") and not QUOTE.stands_in("The")


def test_the_object_of_an_answer_has_the_objects_of_its_parts() -> None:
    fields = ANSWER.json()
    assert fields["answer"] == ANSWER.text
    assert [sentence["supported"] for sentence in fields["sentences"]] == [True, False]
    assert fields["citations"] == [
        {
            "key": "08QUILL12#5~2",
            "citation": "QUILL 12 ¶5 (2nd)",
            "quote": "lamp",
            "start": 4,
            "end": 8,
            "url": "/cables/08QUILL12/paragraphs/5~2",
        }
    ]
    assert fields["filters"] == [{"field": "post", "value": "QUILL", "soft": True}]


def test_an_answer_comes_back_from_its_object() -> None:
    table = AnswerTable(("cable", "subject"), (("08QUILL12", None),), False, "a rule")
    answer = replace(ANSWER, table=table, id="0123456789abcdef", unanswered=("why",), retrieved=("08QUILL12#6",))
    assert Answer.from_json(json.loads(json.dumps(answer.json()))) == answer
    assert "id" not in ANSWER.json() and Answer.from_json(ANSWER.json()) == ANSWER
    assert answer.cited == ("08QUILL12#5~2", "08QUILL12#6")
