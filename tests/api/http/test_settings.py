import pytest
from pydantic import ValidationError

from api.http.settings import HttpSettings


def test_lists_are_json_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CABLES_CORS_ORIGINS", '["https://mine.example"]')
    monkeypatch.setenv("CABLES_RATE_LIMIT", "")  # as an empty line in a compose file
    settings = HttpSettings()
    assert settings.cors_origins == ("https://mine.example",)
    assert settings.rate_limit == "600/minute"


def test_the_defaults_are_closed() -> None:
    settings = HttpSettings()
    assert settings.auth == "on" and not settings.auth_off_beyond_loopback
    assert settings.cors_origins == () and not settings.log_questions and settings.otlp_endpoint is None


@pytest.mark.parametrize(
    ("name", "value"), [("BODY_SECONDS", "0"), ("BODY_BYTES", "12"), ("CONCURRENT_REQUESTS", "0"), ("AUTH", "maybe")]
)
def test_limits_that_would_refuse_everything_are_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"CABLES_{name}", value)
    with pytest.raises(ValidationError):
        HttpSettings()
