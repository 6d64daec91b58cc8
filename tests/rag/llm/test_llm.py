"""The chat model that the settings name."""

import sys

import pytest

from rag.errors import ModelUnavailable
from rag.llm.llm import chat_model
from rag.settings import Settings


def test_without_a_setting_there_is_no_model() -> None:
    assert chat_model(Settings()) is None


@pytest.mark.parametrize(
    ("llm", "message"),
    [
        ("gpt", "provider:model"),
        ("nosuch:model", "no such provider|package is missing|cannot be used"),
        ("anthropic:claude", r"pip install 'cables\[anthropic\]'"),
        ("openai:gpt-5-mini", "set its key or CABLES_LLM_API_KEY"),
    ],
)
def test_a_model_that_cannot_be_used_is_refused(monkeypatch: pytest.MonkeyPatch, llm: str, message: str) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setitem(sys.modules, "langchain_anthropic", None)  # as where the extra is not installed
    with pytest.raises(ModelUnavailable, match=message):
        chat_model(Settings(llm=llm))
