import itertools

from hypothesis import given
from hypothesis import strategies as st

from rag.text.sentences import is_open_quotation, opening, sentence_spans


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


def test_abbreviations_do_not_end_a_sentence() -> None:
    text = "Mr. James P. Zum met U.S. Amb. Old at 3 p.m. on Monday. He left."
    assert sentences(text) == ["Mr. James P. Zum met U.S. Amb. Old at 3 p.m. on Monday.", "He left."]


def test_an_abbreviation_in_brackets_does_not_end_a_sentence() -> None:
    text = "Brig. Gen. (retd.) Novak met Ambassador (Ret.) Old, Lt. Colonel (Dr.) Zum and Ch. Mir under E.O. (E.O.) 9. He left."
    assert sentences(text) == [text.removesuffix(" He left."), "He left."]


def test_a_sentence_may_end_inside_brackets() -> None:
    assert sentences("He left (see the reftel.) She stayed.") == ["He left (see the reftel.)", "She stayed."]
    assert sentences("He left (reftel.) She stayed.") == ["He left (reftel.)", "She stayed."]
    assert sentences("He left. (She stayed at 3 p.m.) They met.")[1:] == ["(She stayed at 3 p.m.)", "They met."]


def test_a_decimal_does_not_end_a_sentence_but_a_misread_quotation_mark_does() -> None:
    assert len(sentences("Police 62 (19.8) 110 (21.1) and Army 22 (6.9) in all, or 19.8 Percent.")) == 1
    assert sentences("He said &not after May 7.8 She agreed.") == ["He said &not after May 7.8", "She agreed."]


def test_labels_and_bullets_are_left_out() -> None:
    assert sentences("Summary. The port closed.  Comment: It will reopen.") == ["The port closed.", "It will reopen."]
    assert sentences("Three points: -- One is made. -- Two is not.") == ["Three points:", "One is made.", "Two is not."]


def test_a_quotation_ends_with_its_marks() -> None:
    assert sentences('He said "no." She agreed.') == ['He said "no."', "She agreed."]
    assert sentences("He said &no.8 She agreed.") == ["He said &no.8", "She agreed."]


def test_a_dash_in_mid_sentence_does_not_cut() -> None:
    assert len(sentences("The port -- a small one -- closed in May.")) == 1


@given(st.text(max_size=400))
def test_spans_are_ordered_and_inside(text: str) -> None:
    spans = sentence_spans(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))


def test_the_opening_of_a_text_ends_with_a_whole_word() -> None:
    assert opening("A lantern was lit.", 18) == "A lantern was lit."
    assert opening("A lantern was lit.", 12) == "A lantern …"
    assert opening("Lanternlanternlantern", 5) == "Lante …"


def test_a_quotation_is_open_until_its_second_mark() -> None:
    assert is_open_quotation('He said: "It is lit.') and is_open_quotation("He said: “It is lit.")
    assert not is_open_quotation('He said: "It is lit."') and not is_open_quotation("He said: “It is lit.”")
