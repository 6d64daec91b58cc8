"""Quoted sentences as they are shown: names for pronouns, dates for "last week", comments marked."""

from datetime import UTC, datetime

import pytest

from rag.answers.decontextualize import COMMENT, all_decontextualized, antecedent, decontextualized
from rag.answers.extractive import quoted
from rag.domain.retrieved_paragraph import QuotedSpan, RetrievedParagraph
from rag.llm.prompt import messages
from rag.text.sentences import sentence_spans
from tests.rag.samples import make_retrieved

SENT = datetime(2008, 8, 27, 13, 37, tzinfo=UTC)  # a Wednesday


def retrieved(text: str, heading: str | None = None, sent: datetime | None = SENT) -> RetrievedParagraph:
    return make_retrieved("08OSTERMERE71#4", text, "C", sent, heading)


def shown(text: str, at: int = -1, heading: str | None = None, sent: datetime | None = SENT) -> str:
    """The last sentence, or that at `at`, as it is shown alone."""
    whole = retrieved(text, heading, sent)
    return decontextualized(QuotedSpan(whole, whole.sentences[at]))


@pytest.mark.parametrize(
    ("before", "sentence", "expected"),
    [
        ("Foreign Minister Hask said the reef was theirs.", "He would not yield.", "[Hask] would not yield."),
        ("According to Starkey, the light was ready.", "In private, he doubted it.", "In private, [Starkey] doubted it."),
        ("Krale noted the rain. The roads were shut.", "She left early.", "[Krale] left early."),
        ("Krale noted the rain. She blamed the dam.", "She left early.", "[Krale] left early."),
        ("The Ambassador raised the price of buoys.", "Later, he raised the nets.", "Later, [the Ambassador] raised the nets."),
        ("The Ambassador raised the price of buoys.", "He raised the nets.", "[The Ambassador] raised the nets."),
        ("King Magnus IV said that the crown had no debts.", "He smiled.", "[Magnus IV] smiled."),
    ],
)  # fmt: skip
def test_a_pronoun_has_its_name_where_one_person_can_be_meant(before: str, sentence: str, expected: str) -> None:
    assert shown(f"{before} {sentence}") == expected


@pytest.mark.parametrize(
    "before",
    [
        "Hask told Starkey that the reef was theirs.",  # two persons
        "Hask, with Starkey beside him, said that the reef was theirs.",
        "Hask said so. He met Starkey on the pier.",  # "he" cannot be Starkey, and need not be Hask
        "Hask's adviser said that the reef was theirs.",  # the adviser is not named
        "XXXXXXXXXXXX said that the reef was theirs.",
        "The GOZ said that the reef was theirs.",  # an agency or a person
        "Hask said that she had won.",  # of two persons
        "The Ambassador asked whether the reef was theirs.",  # it is the other who answers
        "The weather was fair.",
    ],
)
def test_where_anybody_else_may_be_meant_the_sentence_before_comes_along(before: str) -> None:
    text = f"{before} He would not yield."
    whole = retrieved(text)
    *_, previous, last = sentence_spans(text)
    assert decontextualized(QuotedSpan(whole, last)) == "He would not yield."
    assert antecedent(QuotedSpan(whole, last)) == QuotedSpan(whole, previous)


def test_a_name_is_not_put_where_the_sentence_before_is_shown() -> None:
    whole = retrieved("Hask said the reef was theirs. He would not yield. He never had.")
    first, second, third = sentence_spans(whole.text)
    assert all_decontextualized([QuotedSpan(whole, first), QuotedSpan(whole, second)])[1] == "He would not yield."
    assert all_decontextualized([QuotedSpan(whole, first), QuotedSpan(whole, third)])[1] == "[Hask] never had."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The fleet sailed last week.", "The fleet sailed last week [week of 18 August 2008]."),
        ("It sails next month or next year.", "It sails next month [September 2008] or next year [2009]."),
        ("Yesterday it came back.", "Yesterday [26 August 2008] it came back."),
        ("It came back earlier today.", "It came back earlier today [27 August 2008]."),
    ],
)
def test_a_relative_date_has_its_date_in_brackets(sentence: str, expected: str) -> None:
    assert shown(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        'He said: "We sailed last week."',  # of the day he said it
        "On Monday he said that the fleet had sailed last week.",
        "Prices rose over the last year.",  # twelve months, not 2007
        "He left on June 30.",  # perhaps years ago
    ],
)
def test_what_is_not_certain_has_no_date(sentence: str) -> None:
    assert shown(sentence) == sentence_spans(sentence)[-1].of(sentence)


@pytest.mark.parametrize(
    ("sent", "sentence", "expected"),
    [
        ("2009-01-07T12:00:00+00:00", "He left last month.", "He left last month [December 2008]."),
        ("2008-08-31T12:00:00+00:00", "He left last week.", "He left last week."),  # a Sunday
        ("2008-08-31T12:00:00+00:00", "He left last month.", "He left last month."),  # elsewhere it is September
        ("2008-08-27T23:10:00+00:00", "He left yesterday.", "He left yesterday."),  # east of here it is the 28th
        (None, "He left last week.", "He left last week."),
    ],
)
def test_dates_keep_to_what_the_cables_own_date_says(sent: str | None, sentence: str, expected: str) -> None:
    assert shown(sentence, sent=datetime.fromisoformat(sent) if sent else None) == expected


@pytest.mark.parametrize("heading", ["COMMENT", "Comment: The Nets Tighten", "THE FLEET / EMBASSY COMMENT"])
def test_a_paragraph_under_a_comment_heading_is_the_embassys_comment(heading: str) -> None:
    assert shown("The Minister is overdrawn.", heading=heading) == f"{COMMENT}The Minister is overdrawn."


@pytest.mark.parametrize("heading", [None, "THE FLEET", "Hask Comments on the Nets", "NO COMMENTARY"])
def test_other_headings_are_none(heading: str | None) -> None:
    assert shown("The Minister is overdrawn.", heading=heading) == "The Minister is overdrawn."


def test_a_comment_within_a_paragraph_ends_where_it_says() -> None:
    text = (
        "The Minister smiled. (Comment: He is overdrawn. So is his brother. End comment.) The fleet then sailed home."
    )
    spans = sentence_spans(text)
    told = {span.of(text): decontextualized(QuotedSpan(retrieved(text), span)) for span in spans}
    assert told["The Minister smiled."] == "The Minister smiled."
    assert told["So is his brother."] == f"{COMMENT}So is his brother."
    assert told["The fleet then sailed home."] == "The fleet then sailed home."
    bracketed = "The Minister smiled. (Comment: The purse (his own) is empty.) The fleet then sailed home."
    assert shown(bracketed) == "The fleet then sailed home."
    assert shown("Comment: The purse is empty. Nobody lends.", 0).startswith(COMMENT)


def test_the_quote_stays_verbatim() -> None:
    whole = retrieved("Hask said the reef was theirs. He left yesterday.", "COMMENT")
    extract = quoted([QuotedSpan(whole, whole.sentences[1])])
    [sentence], [quote] = extract.sentences, extract.quotes
    assert sentence.text == f"{COMMENT}[Hask] left yesterday [26 August 2008]."
    assert whole.text[quote.start : quote.end] == quote.quote == "He left yesterday."


def test_a_model_is_told_which_sources_are_comments() -> None:
    comment, report = retrieved("The purse is empty.", "COMMENT"), retrieved("The fleet sailed home.")
    prompt = str(messages("Who pays?", [comment, report])[1].content)
    assert prompt.count('kind="embassy comment">\nThe purse is empty.') == 1
    assert prompt.count('kind="report">\nThe fleet sailed home.') == 1
