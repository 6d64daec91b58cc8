"""A telegram as its container gives it, before any field or paragraph is parsed."""

from dataclasses import dataclass, field

from ingest.formats.metadata import Metadata


@dataclass(frozen=True, slots=True)
class RawTelegram:
    """The text of one telegram and what its container declares about it.

    `header` is the transmission header where the container keeps it apart, else empty; `body` is the rest of the
    text. `note` is a remark of the copy's publisher ("This record is a partial extract ...").
    """

    body: str
    header: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    note: str | None = None
    problems: tuple[str, ...] = ()
