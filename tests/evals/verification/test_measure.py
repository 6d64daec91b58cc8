"""Shares of sentences that are judged rightly."""

import pytest

from evals.verification.measure import judged, measure, table
from evals.verification.sentences import CitedSentence
from rag.answers.verification import SentenceVerdict
from rag.errors import BadInput
from rag.settings import Settings
from tests.rag.openai_server import ModelReply, openai_server
from tests.rag.samples import make_retrieved


def test_true_sentences_are_right_when_they_pass_and_false_ones_when_they_are_withheld() -> None:
    sentences = [
        CitedSentence("It rained.", ("08QUILL1#1",), True, "paraphrase"),
        CitedSentence("It snowed.", ("08QUILL1#1",), False, "other_fact"),
        CitedSentence("It hailed.", ("08QUILL1#1",), False, "other_fact"),
        CitedSentence("It is of another archive.", ("08QUILL9#1",), True, "paraphrase"),
    ]
    found = measure(
        sentences,
        {"08QUILL1#1": make_retrieved("08QUILL1#1", "It rained.")},
        lambda sentence, cited: SentenceVerdict(("the meaning",) if "snowed" in sentence.sentence else ()),
    )
    assert [each.right for each in found] == [True, True, False]
    assert list(table(found, "test").rows) == [
        ("true, passed", "1/1", "1.000"),
        ("  paraphrase", "1/1", "1.000"),
        ("false, withheld", "1/2", "0.500"),
        ("  other_fact", "1/2", "0.500"),
    ]


def test_a_language_model_may_judge() -> None:
    sentence = CitedSentence("It rained.", ("08QUILL1#1",), True, "paraphrase")
    with openai_server(lambda prompt: ModelReply("YES" if "It rained." in prompt else "NO")) as server:
        verify = judged(Settings(llm="openai:scripted", llm_base_url=server.url, llm_api_key="key"))
        assert verify(sentence, [make_retrieved("08QUILL1#1", "It rained.")]).supported
    with pytest.raises(BadInput, match="CABLES_LLM"):
        judged(Settings(llm=None))
