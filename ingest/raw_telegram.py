"""The noun all formats are read into before any field or paragraph is looked for."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RawTelegram:
    """A telegram as its container gave it.

    `header` is the transmission header where the container keeps it apart, else empty; `body` is the rest of the
    text. The other fields are what the container declares, unchecked; `created` is UTC-aware. `note` is a remark of
    whoever published the copy ("This record is a partial extract ...").
    """

    body: str
    header: str = ""
    declared_id: str | None = None
    created: datetime | None = None
    classification: str | None = None
    origin: str | None = None
    references: tuple[str, ...] = ()
    note: str | None = None
    problems: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Header and body as one text."""
        return f"{self.header}\n\n{self.body}" if self.header else self.body
