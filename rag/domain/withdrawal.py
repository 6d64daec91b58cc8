"""An order to take something out of an archive, and what came of it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class WithdrawalOrder:
    """What to take out of one cable: the paragraphs with these `locators`, or all of it where there are none.

    With `name`, only that is taken out, and `replacement` set in its place.
    """

    cable_id: str
    locators: tuple[str, ...]
    reason: str
    by: str | None = None
    name: str | None = None
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class KnownBackup:
    """A backup that was made of this store before a withdrawal."""

    path: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was taken out, and where the same may be still.

    `keys` are what was withdrawn or changed, `elsewhere` the keys of paragraphs and the ids of cables whose text or
    fields still hold the same, `sources` the files it was read from. `already`: it had been taken out before, so that
    the files are not known any more.
    """

    cable_id: str
    keys: tuple[str, ...]
    elsewhere: tuple[str, ...]
    sources: tuple[str, ...]
    backups: tuple[KnownBackup, ...]
    already: bool = False

    def json(self) -> dict[str, Any]:
        """The object of `POST /owner/withdrawals`."""
        known = [{"path": each.path, "made": each.made.isoformat(timespec="seconds")} for each in self.backups]
        return asdict(self) | {"backups": known}
