"""Which of two copies of one cable an archive keeps: a corrected one, then the fuller one."""

from rag.cable import Cable

CORRECTED = "a corrected copy"
"""How a cable's problems say that its telegram calls itself one."""

_AS_LONG = 0.98  # share of the text from which two copies count as equally long: copies differ by an artefact or two
_WHOLE = 0.9  # share of the text below which a corrected copy is a part only


def why_better(held: Cable, new: Cable) -> str | None:
    """What the copy held has over another of the same cable; None where the new one is to replace it.

    The later of two equals replaces, for it may hold a correction that nothing marks.
    """
    if CORRECTED in held.problems and CORRECTED not in new.problems and _length(held) >= _WHOLE * _length(new):
        return "is a corrected one"
    if CORRECTED in new.problems and CORRECTED not in held.problems:
        return "has more text" if _length(new) < _WHOLE * _length(held) else None
    if min(_length(held), _length(new)) < _AS_LONG * max(_length(held), _length(new)):
        return "has more text" if _length(new) < _length(held) else None
    if _fields(new) != _fields(held):
        return "has more fields" if _fields(new) < _fields(held) else None
    return "has more text" if _length(new) < _length(held) else None


def _length(cable: Cable) -> int:
    return sum(len(paragraph.text) for paragraph in cable.paragraphs)


def _fields(cable: Cable) -> int:
    """How many fields a copy fills: some lack the transmission header, some all but the text."""
    fields = (
        cable.date, cable.dtg, cable.classification, cable.origin, cable.subject, cable.tags, cable.references,
        cable.classified_by, cable.signers, cable.recipients,
    )  # fmt: skip
    return sum(map(bool, fields))
