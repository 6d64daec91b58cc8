"""Which of two copies of a cable an archive keeps: a corrected copy, else the fuller one."""

from rag.domain.cable import Cable

CORRECTED = "a corrected copy"
"""The problem of a cable whose telegram says that it is a corrected copy."""

_AS_LONG = 0.98  # share of the longer text; above it copies are equally long, but for an artefact or two
_WHOLE = 0.9  # share of the other text; a shorter corrected copy is only a part


def reason_to_keep(stored: Cable, new: Cable) -> str | None:
    """Why the stored copy is better than a new one of the same cable; None if the new one is to replace it.

    Of two equal copies the new one is kept, because it may hold an unmarked correction.
    """
    if CORRECTED in stored.problems and CORRECTED not in new.problems and _length(stored) >= _WHOLE * _length(new):
        return "is a corrected one"
    if CORRECTED in new.problems and CORRECTED not in stored.problems:
        return "has more text" if _length(new) < _WHOLE * _length(stored) else None
    if min(_length(stored), _length(new)) < _AS_LONG * max(_length(stored), _length(new)):
        return "has more text" if _length(new) < _length(stored) else None
    if _fields(new) != _fields(stored):
        return "has more fields" if _fields(new) < _fields(stored) else None
    return "has more text" if _length(new) < _length(stored) else None


def _length(cable: Cable) -> int:
    return sum(len(paragraph.text) for paragraph in cable.paragraphs)


def _fields(cable: Cable) -> int:
    """How many fields a copy fills; some copies lack the transmission header, some everything but the text."""
    fields = (
        cable.date, cable.dtg, cable.classification, cable.origin, cable.subject, cable.tags, cable.references,
        cable.classified_by, cable.signers, cable.recipients,
    )  # fmt: skip
    return sum(map(bool, fields))
