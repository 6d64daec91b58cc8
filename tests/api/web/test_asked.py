"""A question in an address."""

from api.web.asked import Asked

QUERY = "before=First%3F&q=And+then%3F&post=QUILL&date_from=2008-01-01&without=tag"


def test_an_address_says_all_of_a_question() -> None:
    asked = Asked.parse(QUERY)
    assert asked.question == "And then?" and asked.before == ("First?",)
    assert asked.filters.posts == {"QUILL"} and asked.without == {"tag"} and not asked.wrong
    assert asked.address("/") == f"/?{QUERY}"
    assert Asked.parse(asked.address("")[1:]) == asked
    assert Asked().address("/") == "/"


def test_a_wider_question_reads_no_such_condition() -> None:
    wider = Asked.parse(QUERY).widened({"post", "date_from", "date_to"})
    assert not wider.filters and wider.without == {"post", "date_from", "date_to", "tag"}


def test_unknown_fields_are_not_dismissed_and_the_oldest_questions_do_not_fit() -> None:
    assert Asked.parse("q=a&without=nonsense").without == frozenset()
    long = Asked("now?", before=("x" * 1500, "y" * 1500, "z" * 100))
    assert [value[:1] for name, value in long.pairs() if name == "before"] == ["y", "z"]
