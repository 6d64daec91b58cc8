"""Quotations as they are shown: the embassy's comments are marked."""

import pytest

from rag.answers.comment_mark import COMMENT, shown
from rag.answers.extractive import quoted
from rag.domain.retrieved_paragraph import Excerpt, QuotedSpan, RetrievedParagraph
from rag.llm.prompt import messages
from rag.text.sentences import sentence_spans
from tests.rag.samples import make_retrieved


def retrieved(text: str, heading: str | None = None) -> RetrievedParagraph:
    return make_retrieved("08OSTERMERE71#4", text, "C", None, heading)


def of(text: str, at: int = -1, heading: str | None = None) -> str:
    """The last sentence, or that at `at`, as it is shown."""
    whole = retrieved(text, heading)
    return shown(QuotedSpan(whole, whole.sentences[at]))


@pytest.mark.parametrize("heading", ["COMMENT", "Comment: The Nets Tighten", "THE FLEET / EMBASSY COMMENT"])
def test_a_paragraph_under_a_comment_heading_is_the_embassys_comment(heading: str) -> None:
    assert of("The Minister is overdrawn.", heading=heading) == f"{COMMENT}The Minister is overdrawn."


@pytest.mark.parametrize("heading", [None, "THE FLEET", "Hask Comments on the Nets", "NO COMMENTARY"])
def test_other_headings_are_none(heading: str | None) -> None:
    assert of("The Minister is overdrawn.", heading=heading) == "The Minister is overdrawn."


def test_a_comment_within_a_paragraph_ends_where_it_says() -> None:
    text = (
        "The Minister smiled. (Comment: He is overdrawn. So is his brother. End comment.) The fleet then sailed home."
    )
    spans = sentence_spans(text)
    told = {span.of(text): shown(QuotedSpan(retrieved(text), span)) for span in spans}
    assert told["The Minister smiled."] == "The Minister smiled."
    assert told["So is his brother."] == f"{COMMENT}So is his brother."
    assert told["The fleet then sailed home."] == "The fleet then sailed home."
    bracketed = "The Minister smiled. (Comment: The purse (his own) is empty.) The fleet then sailed home."
    assert of(bracketed) == "The fleet then sailed home."
    assert of("Comment: The purse is empty. Nobody lends.", 0).startswith(COMMENT)


def test_the_quote_stays_verbatim() -> None:
    whole = retrieved("Hask said the reef was theirs. He left yesterday.", "COMMENT")
    extract = quoted([QuotedSpan(whole, whole.sentences[1])])
    [sentence], [quote] = extract.sentences, extract.quotes
    assert sentence.text == f"{COMMENT}He left yesterday."
    assert whole.text[quote.start : quote.end] == quote.quote == "He left yesterday."


def test_a_model_is_told_which_sources_are_comments() -> None:
    comment, report = retrieved("The purse is empty.", "COMMENT"), retrieved("The fleet sailed home.")
    prompt = str(messages("Who pays?", [Excerpt(each, each.text) for each in (comment, report)])[1].content)
    assert prompt.count('kind="embassy comment">\nThe purse is empty.') == 1
    assert prompt.count('kind="report">\nThe fleet sailed home.') == 1
