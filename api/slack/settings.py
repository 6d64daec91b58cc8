"""Settings of the Slack bot, under the names that Slack's documentation gives them (prefix `SLACK_`)."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from rag.errors import BadInput
from rag.settings import EnvironmentSettings


class SlackSettings(EnvironmentSettings):
    """Read from the environment and `.env`; a field without another name is the variable `SLACK_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="SLACK_")

    bot_token: SecretStr | None = None
    """`xoxb-...`, from the app's page "OAuth & Permissions"."""

    app_token: SecretStr | None = None
    """`xapp-...` with the scope `connections:write`, from "Basic Information"; Socket Mode only."""

    signing_secret: SecretStr | None = None
    """From "Basic Information"; HTTP mode only."""

    api_url: str = "https://slack.com/api/"
    """Address of Slack's Web API."""

    config: Path | None = Field(None, validation_alias="CABLES_SLACK_CONFIG")
    """TOML file with the bot's keys by workspace, channel and user."""

    @property
    def http_mode(self) -> bool:
        """Whether the service is to answer Slack's requests itself."""
        return self.bot_token is not None and self.signing_secret is not None


def secret(value: SecretStr | None, name: str) -> str:
    """The value of a setting that must be there.

    Raises:
        BadInput: it is not; the message names the variable and where Slack shows its value.
    """
    if value is None or not value.get_secret_value().strip():
        raise BadInput(f"{name} is not set; Slack shows it on the app's page at https://api.slack.com/apps")
    return value.get_secret_value().strip()
