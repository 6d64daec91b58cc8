from pathlib import Path

import pytest
from pydantic import ValidationError

from rag.settings import Settings


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CABLES_STORE", "/archive")
    monkeypatch.setenv("CABLES_LLM", "")  # as an empty line in a compose file
    monkeypatch.setenv("CABLES_LLM_API_KEY", "secret")
    settings = Settings()
    assert settings.store == Path("/archive")
    assert settings.llm is None
    assert settings.llm_api_key is not None and "secret" not in repr(settings)


def test_an_argument_takes_precedence_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CABLES_STORE", "/archive")
    assert Settings(store=Path("/other")).store == Path("/other")


@pytest.mark.parametrize(("name", "value"), [("CABLES_VERIFY", "hope"), ("CABLES_VECTOR_MEMORY_MB", "0")])
def test_invalid_values_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


def test_what_several_processes_read_is_published_beside_a_chroma_server() -> None:
    alone = Settings(store=Path("/archive"))
    assert alone.flat_folder == Path("/archive/flat")
    shared = Settings(store=Path("/archive"), chroma_url="http://localhost:8000")
    assert shared.flat_folder == Path("/archive/published/flat")
    elsewhere = Settings(store=Path("/archive"), chroma_url="http://localhost:8000", snapshots=Path("/shared"))
    assert elsewhere.published == Path("/shared") and elsewhere.flat_folder == Path("/shared/flat")
