import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.feedback import Feedback, FeedbackVerdict
from rag.catalog.feedback_erasure import erase_from_feedback
from rag.catalog.withdrawals import Withdrawals
from rag.domain.name_digest import NameDigest
from rag.domain.withdrawal import WithdrawalOrder
from tests.rag.samples import make_cable

TEXT = "The envoy said that the treaty was never signed."


@pytest.fixture
def feedback(catalog: Catalog) -> Feedback:
    feedback = Feedback(catalog)
    for question, citations, answer in (
        ("cites", ("08QUILL1#1",), None),
        ("quotes", (), "He was told that the treaty was never signed at all."),
        ("names Ann Lee", ("08QUILL2#1",), "Ann Lee."),
    ):
        feedback.add(FeedbackVerdict(question, "up", "Ann Lee?", citations, answer))
    return feedback


def test_verdicts_that_cite_or_quote_are_deleted(catalog: Catalog, feedback: Feedback) -> None:
    with catalog.begin(writing=True) as connection:
        erase_from_feedback(connection, ["08QUILL1#1"], [TEXT], None)
    assert [each["question"] for each in feedback.candidates()] == ["names Ann Lee"]


def test_a_name_is_replaced_in_all_verdicts(catalog: Catalog, feedback: Feedback) -> None:
    with catalog.begin(writing=True) as connection:
        erase_from_feedback(connection, [], [], NameDigest.of("Ann Lee", "XXXX", "salt"))
    found = feedback.candidates()
    assert len(found) == 3 and "Ann Lee" not in str(found)
    assert (found[2]["question"], found[2]["reason"], found[2]["answer"]) == ("names XXXX", "XXXX?", "XXXX.")


def test_a_verdict_on_an_answer_of_before_the_withdrawal(catalog: Catalog) -> None:
    catalog.put(make_cable("08QUILL1", TEXT, "Ann Lee was there."))
    Withdrawals(catalog).carry_out(WithdrawalOrder("08QUILL1", ("1",), "a reason"))
    Withdrawals(catalog).carry_out(WithdrawalOrder("08QUILL1", ("2",), "a reason", None, "Ann Lee", "XXXX"))
    feedback = Feedback(catalog)
    feedback.add(FeedbackVerdict("What was signed?", "up", None, ("08QUILL1#1",), TEXT))
    feedback.add(FeedbackVerdict("Who was there?", "up", "Ann Lee!", ("08QUILL1#2",), "Ann Lee was there."))
    found = feedback.candidates()
    assert [each["answer"] for each in found] == ["", "XXXX was there."] and found[1]["reason"] == "XXXX!"
