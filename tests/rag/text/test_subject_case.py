"""Subjects in capitals as a sentence writes them."""

import pytest

from rag.text.subject_case import in_sentence_case, post_in_words, titled
from tests.rag.samples import make_cable

TEXT = "The UK envoy met Talleyrand's aide in Port Zephyr. Harbour dues were named by the envoy. At the port, Bela Krale of USAID spoke. In Fallowgate it rained."


@pytest.mark.parametrize(
    ("subject", "written"),
    [
        ("UK ENVOY MEETS TALLEYRAND", "UK envoy meets Talleyrand"),
        ("TALLEYRAND'S HARBOUR DUES", "Talleyrand's harbour dues"),
        ("PORT ZEPHYR: DUES AT THE PORT", "Port Zephyr: dues at the port"),
        ("MEETS KRALE OF USAID, G8 AND U.S. DELEGATES", "Meets Krale of USAID, G8 and U.S. delegates"),
        ("A/S VISIT ON 3 JUNE", "A/S visit on 3 June"),
        ("VISIT OF MAY 30 - JUNE 2, OR SEPT. 5", "Visit of May 30 - June 2, or Sept. 5"),
        (
            "TALKS OF 15TH MAY AND 4 MARCH 2009 MAY RESUME ON A TUESDAY",
            "Talks of 15th May and 4 March 2009 may resume on a Tuesday",
        ),
        ("BISHOPS MAY MARCH; MAY DECLINES", "Bishops may march; may declines"),
        ("RAIN IN FALLOWGATE", "Rain in Fallowgate"),
        ("Already Written", "Already Written"),
        ("", ""),
    ],
)
def test_each_word_is_spelled_as_the_text_spells_it(subject: str, written: str) -> None:
    assert in_sentence_case(subject, [TEXT]) == written


def test_the_spelling_inside_sentences_counts_and_the_most_frequent_one() -> None:
    text = "Grain is short. They want grain. The Grain Board sold grain."
    assert in_sentence_case("THE GRAIN", [text]) == "The grain"
    assert in_sentence_case("UK GRAIN", ["UK GRAIN IS SHORT IN THE UK."]) == "Uk grain", (
        "a text in capitals tells nothing"
    )


def test_a_cable_s_own_post_keeps_its_capitals() -> None:
    cable = make_cable("08QUILL1", "A port is a harbour.", subject="AGREEMENT  AT QUILL")
    assert titled(cable) == "Agreement at Quill"
    assert titled(make_cable("08QUILL1", "A port.", subject=None)) == ""
    assert (post_in_words("PORT ZEPHYR"), post_in_words("USNATO")) == ("Port Zephyr", "USNATO")
