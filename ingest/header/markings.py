"""Classification and caveats of a whole telegram: the highest that its text and its publisher say."""

from dataclasses import dataclass
from functools import lru_cache

from ingest.formats.metadata import Metadata
from ingest.header.message_line import (
    declared_markings,
    highest,
    highest_printed,
    parse_caveats,
    parse_classification,
)
from rag.domain.marking import combined, effective_marking


@dataclass(frozen=True, slots=True)
class TelegramMarkings:
    """The markings of a telegram; `certain` is false where a higher one stands below its head."""

    classification: str | None
    caveats: tuple[str, ...]
    certain: bool

    @property
    def problems(self) -> tuple[str, ...]:
        """What to note of the telegram."""
        if self.certain:
            return ()
        return (f"marked {self.classification} below a lower message line: the whole text counts as that",)

    def effective(self, portion: str | None) -> str | None:
        """The marking that decides who may read a paragraph with this portion marking."""
        own = _effective(portion, self.classification, self.caveats)
        return own if self.certain else combined(own, _effective(None, self.classification, self.caveats))


# Cached, because the paragraphs of a telegram share a few markings.
_effective = lru_cache(maxsize=4096)(effective_marking)


def read_markings(head: str, body: str, metadata: Metadata) -> TelegramMarkings:
    """The markings of a telegram with this head and body, of which a publisher declares `metadata`."""
    printed = parse_classification(head)
    in_body, caveats_in_body = highest_printed(body)
    declared, declared_caveats = declared_markings(metadata.classification or "")
    certain = printed is None or in_body is None or highest((printed, in_body)) == printed
    beside = (caveat for line in metadata.caveats for caveat in parse_caveats(line))
    return TelegramMarkings(
        highest(level for level in (printed, in_body, declared) if level) or metadata.classification,
        tuple(dict.fromkeys((*parse_caveats(head), *caveats_in_body, *declared_caveats, *beside))),
        certain,
    )
