"""What was taken out of an archive for good, and what is left of a cable without it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rag.domain.cable import Cable, Paragraph
from rag.domain.cable_json import iso_utc
from rag.domain.name_digest import NameDigest, replace_names, word_runs

WITHDRAWN, REDACTED = "withdrawn", "redacted"
_QUOTED_WORDS = 3  # in a row, by which a note of the parser quotes a paragraph


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A cable or paragraph that was withdrawn, or in which a `name` was replaced. It holds nothing of the text.

    `locator` is None for the whole cable; `by` is who did it, if they said.
    """

    id: str
    cable_id: str
    locator: str | None
    reason: str
    by: str | None
    made: datetime
    name: NameDigest | None = None

    @property
    def kind(self) -> str:
        """`WITHDRAWN` or `REDACTED`."""
        return WITHDRAWN if self.name is None else REDACTED

    @property
    def key(self) -> str:
        """The cable's id, or the paragraph's key."""
        return self.cable_id if self.locator is None else f"{self.cable_id}#{self.locator}"

    def __str__(self) -> str:
        by = f" by {self.by}" if self.by else ""
        return f"{self.key} was {self.kind} on {self.made:%Y-%m-%d}{by}: {self.reason}"

    def json(self) -> dict[str, Any]:
        """The object in `GET /owner/withdrawals`."""
        return {
            "key": self.key,
            "kind": self.kind,
            "reason": self.reason,
            "by": self.by,
            "made": iso_utc(self.made),
            "replacement": self.name.replacement if self.name else None,
        }


@dataclass(frozen=True, slots=True)
class KeptCable:
    """What is left of a cable, None where nothing is; `notes` say what was kept out, one line each."""

    cable: Cable | None
    notes: tuple[str, ...] = ()


def without_withdrawn(
    cable: Cable, stones: Sequence[Tombstone], copies: Callable[[Paragraph], str | None] = lambda paragraph: None
) -> KeptCable:
    """The cable without what `stones` say of it.

    `copies` names the paragraph that was withdrawn elsewhere with the same text.
    """
    withdrawn = {stone.locator: stone for stone in stones if stone.kind == WITHDRAWN}
    if None in withdrawn:
        return KeptCable(None, (str(withdrawn[None]),))
    notes: list[str] = []
    gone: list[Paragraph] = []
    for paragraph in cable.paragraphs:
        stone, copied = withdrawn.get(str(paragraph.key.locator)), copies(paragraph)
        if stone is not None:
            notes.append(str(stone))
        elif copied is not None:
            notes.append(f"{paragraph.key} repeats {copied}, which was withdrawn")
        if stone is not None or copied is not None:
            gone.append(paragraph)
    kept = _without(cable, gone) if gone else cable
    redactions = [stone for stone in stones if stone.kind == REDACTED and stone.locator not in withdrawn]
    redacted = _redacted(kept, redactions) if redactions else kept
    if redacted != kept:
        notes.append("a redacted name was replaced")
    return KeptCable(redacted, tuple(notes))


def _without(cable: Cable, gone: Sequence[Paragraph]) -> Cable:
    quoted = {window for paragraph in gone for window in word_runs(paragraph.text, _QUOTED_WORDS)}
    return replace(
        cable,
        paragraphs=tuple(paragraph for paragraph in cable.paragraphs if paragraph not in gone),
        summary=None if cable.summary in [paragraph.key.locator for paragraph in gone] else cable.summary,
        problems=tuple(problem for problem in cable.problems if quoted.isdisjoint(word_runs(problem, _QUOTED_WORDS))),
    )


def _redacted(cable: Cable, stones: Sequence[Tombstone]) -> Cable:
    everywhere, here = [], dict[str, list[NameDigest]]()
    texts = {str(paragraph.key.locator): paragraph.text for paragraph in cable.paragraphs}
    moved: list[NameDigest] = []
    for stone in stones:
        if stone.name is None:
            continue
        if stone.locator is None:
            everywhere.append(stone.name)
        elif stone.name.is_in(texts.get(stone.locator)) or stone.name.replacement in texts.get(stone.locator, ""):
            here.setdefault(stone.locator, []).append(stone.name)
        else:  # another copy numbers its paragraphs otherwise: the name is replaced wherever it stands
            moved.append(stone.name)
    paragraphs = tuple(
        _with_names_replaced(each, [*everywhere, *moved, *here.get(str(each.key.locator), ())])
        for each in cable.paragraphs
    )
    problems = [*everywhere, *moved, *(name for names in here.values() for name in names)]
    cable = replace(cable, paragraphs=paragraphs, problems=_all_replaced(cable.problems, problems))
    return _with_header_replaced(cable, everywhere) if everywhere else cable


def _with_names_replaced(paragraph: Paragraph, names: Sequence[NameDigest]) -> Paragraph:
    if not names:
        return paragraph
    return replace(
        paragraph,
        text=replace_names(paragraph.text, names),
        layout=replace_names(paragraph.layout, names),
        heading=paragraph.heading and replace_names(paragraph.heading, names),
    )


def _with_header_replaced(cable: Cable, names: Sequence[NameDigest]) -> Cable:
    return replace(
        cable,
        subject=cable.subject and replace_names(cable.subject, names),
        origin=cable.origin and replace_names(cable.origin, names),
        classified_by=_all_replaced(cable.classified_by, names),
        signers=_all_replaced(cable.signers, names),
        recipients=tuple(replace(each, name=replace_names(each.name, names)) for each in cable.recipients),
    )


def _all_replaced(texts: Sequence[str], names: Sequence[NameDigest]) -> tuple[str, ...]:
    return tuple(replace_names(text, names) for text in texts)
