"""Slack's settings."""

import pytest
from pydantic import SecretStr

from api.slack.settings import SlackSettings, secret
from rag.errors import BadInput


def test_http_mode_needs_a_token_and_a_signing_secret() -> None:
    assert SlackSettings(bot_token="xoxb-1", signing_secret="s").http_mode
    assert not SlackSettings(bot_token="xoxb-1", signing_secret=None).http_mode


@pytest.mark.parametrize("value", [None, SecretStr(" ")])
def test_a_missing_secret_is_named(value: SecretStr | None) -> None:
    with pytest.raises(BadInput, match="SLACK_BOT_TOKEN is not set"):
        secret(value, "SLACK_BOT_TOKEN")
    assert secret(SecretStr(" xoxb-1 "), "SLACK_BOT_TOKEN") == "xoxb-1"
