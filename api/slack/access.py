"""Which keys a request from Slack is made with: the configuration, and the rule that applies it."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from rag.errors import BadInput

UNCLASSIFIED = "UNCLASSIFIED"
_TABLES = {"workspaces", "channels", "users"}


@dataclass(frozen=True, slots=True)
class Credentials:
    """A key for a request to the service. The level `within` and the key `also` each narrow what it may see."""

    key: str | None = None
    within: str | None = None
    also: str | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads a channel. `direct`: one person and the bot; `shared`: people of other companies too."""

    direct: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class SlackKeys:
    """The keys of the configuration, by Slack's ids of workspaces, channels and users."""

    default: str | None = None
    workspaces: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    users: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path | None, default: str | None) -> Self:
        """The keys of a TOML file with the tables `workspaces`, `channels` and `users`, each `ID = "key"`.

        A value `$NAME` stands for the environment variable of that name.

        Raises:
            BadInput: the file cannot be read as that.
        """
        if path is None:
            return cls(default)
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise BadInput(f"{path} (CABLES_SLACK_CONFIG) cannot be read: {error}") from error
        if unknown := sorted(set(tables) - _TABLES):
            raise BadInput(f"{path}: unknown {', '.join(unknown)}; the tables are workspaces, channels and users")
        return cls(default, **{name: _keys(path, name, table) for name, table in tables.items()})

    def credentials(self, team: str, channel: str, user: str, audience: Audience) -> Credentials:
        """The credentials for what `user` asks in `channel`.

        The channel's key decides, else the workspace's. A user's own key replaces it in a direct message; in a
        channel, which others read, it can only narrow. Where people of other companies read it too, nothing above
        UNCLASSIFIED is shown unless the channel itself is configured.
        """
        base = self.channels.get(channel) or self.workspaces.get(team) or self.default
        own = self.users.get(user)
        within = UNCLASSIFIED if audience.shared and channel not in self.channels else None
        if own is None or own == base:
            return Credentials(base, within)
        if audience.direct and channel not in self.channels:
            return Credentials(own, within)
        return Credentials(base, within, own)


def _keys(path: Path, name: str, table: Any) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(key, str) and key for key in table.values()):
        raise BadInput(f'{path}: the table {name} holds lines like {name[0].upper()}012ABC = "a key"')
    return {identity: _value(path, f"{name}.{identity}", key) for identity, key in table.items()}


def _value(path: Path, where: str, key: str) -> str:
    if not key.startswith("$"):
        return key
    value = os.environ.get(key[1:], "").strip()
    if not value:
        raise BadInput(f"{path}: {where} names the variable {key[1:]}, which is not set")
    return value
