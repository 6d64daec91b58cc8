"""Settings of Slack's own making, under the names Slack's documentation gives them (prefix `SLACK_`)."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from rag.errors import BadInput


class SlackSettings(BaseSettings):
    """What the bot needs to know of Slack; every field is the environment variable `SLACK_<FIELD>`."""

    model_config = SettingsConfigDict(
        env_prefix="SLACK_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    bot_token: SecretStr | None = None
    """`xoxb-...`, from the app's page "OAuth & Permissions"."""

    app_token: SecretStr | None = None
    """`xapp-...` with the scope `connections:write`, from "Basic Information"; Socket Mode only."""

    signing_secret: SecretStr | None = None
    """From "Basic Information"; HTTP mode only."""

    api_url: str = "https://slack.com/api/"
    """Address of Slack's Web API."""

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
