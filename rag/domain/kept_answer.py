"""An answer that was kept, and the same as one reader may see it later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from rag.domain.access import Clearance
from rag.domain.answer import Answer
from rag.domain.cable_json import iso_utc
from rag.domain.filters import Filters

MOST_NOTE = 2000
"""Characters of a note at most."""

ERASED = "a source of this answer was withdrawn; its question, its note and what rests on that source are erased"
"""The reason of an answer of which something was withdrawn since."""

SourceStatus = Literal["unchanged", "changed", "gone"]
"""What became of a cited source: `gone` is what is no longer there, or not for this reader."""


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question as it was typed, with the filters of the request and the conditions not to be read from it."""

    question: str
    filters: Filters = field(default_factory=Filters)
    dismissed: frozenset[str] = frozenset()

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "KeptQuestion":
        """The same from what `json` gives."""
        return cls(fields["question"], Filters.from_json(fields["filters"]), frozenset(fields["dismissed"]))

    def json(self) -> dict[str, Any]:
        """The `asked` object."""
        return {"question": self.question, "filters": self.filters.json(), "dismissed": sorted(self.dismissed)}


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A kept answer.

    `by` is the name of the key that kept it, or `owner`. `digests` holds the SHA-256 of the text of each paragraph
    that it cites, as it was shown, and of the fields of each cable. `clearance` is that of the reader who was answered.
    """

    answer: Answer
    asked: KeptQuestion
    note: str
    kept: datetime
    by: str
    digests: Mapping[str, str]
    clearance: Clearance

    def is_within(self, reader: Clearance) -> bool:
        """Whether the reader may see at least what the reader could who was answered."""
        return reader.within(self.clearance) == self.clearance

    def listed(self, reader: Clearance) -> dict[str, Any]:
        """The object in `GET /answers`."""
        standalone = self.answer.question if self.is_within(reader) else ""
        return {
            "id": self.answer.id,
            "question": standalone or self.asked.question,
            "note": self.note,
            "kept": iso_utc(self.kept),
            "by": self.by,
        }


@dataclass(frozen=True, slots=True)
class ReopenedAnswer:
    """A kept answer as one reader may see it now.

    `answer` is without what this reader may not see; `withheld` counts the sentences left out. `statuses` tells of
    each cited paragraph and cable whether it is as it was.
    """

    kept: KeptAnswer
    answer: Answer
    statuses: Mapping[str, SourceStatus]
    withheld: int

    def json(self) -> dict[str, Any]:
        """The object of `GET /answers/{id}`: the `ask` object, and what came of its sources."""
        fields, kept = self.answer.json(), self.kept
        fields["citations"] = [
            each | {"status": self.statuses[each["key"]], "sha256": kept.digests.get(each["key"])}
            for each in fields["citations"]
        ]
        return fields | {
            "note": kept.note,
            "kept": iso_utc(kept.kept),
            "by": kept.by,
            "asked": kept.asked.json(),
            "withheld": self.withheld,
        }
