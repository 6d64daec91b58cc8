"""The client that `CABLES_EMBEDDING_MODEL` names."""

import sys

import pytest

from rag.encoders.embedding_client import embedding_client, provider_of
from rag.errors import ModelUnavailable
from rag.settings import Settings


@pytest.mark.parametrize(
    ("model", "provider"),
    [
        ("openai:text-embedding-3-small", "openai"),
        ("ollama:nomic-embed-text:v1.5", "ollama"),
        ("all-MiniLM-L6-v2", None),
        ("/models/openai", None),
        ("C:\\models\\another", None),
        ("openai", None),
    ],
)
def test_a_provider_is_a_known_name_before_a_colon(model: str, provider: str | None) -> None:
    assert provider_of(model) == provider


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (
            "ollama:nomic-embed-text",
            r"^CABLES_EMBEDDING_MODEL=ollama:\S+ the .* missing; pip install 'cables\[ollama\]'$",
        ),
        ("openai:words", "set its key or CABLES_EMBEDDING_API_KEY"),
        ("openai:", "name cannot be empty"),
    ],
)
def test_a_client_that_cannot_be_used_is_refused(monkeypatch: pytest.MonkeyPatch, model: str, message: str) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setitem(sys.modules, "langchain_ollama", None)  # as where the extra is not installed
    with pytest.raises(ModelUnavailable, match=message):
        embedding_client(Settings(embedding_model=model))
