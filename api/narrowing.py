"""Requests that ask to see less than their sender may: for programs that show answers to others, such as a chat bot."""

from collections.abc import Callable

from starlette.requests import HTTPConnection

from rag.access import Clearance
from rag.errors import BadInput
from rag.marking import read_marking

WITHIN, ALSO = "X-Cables-Within", "X-Cables-Also"
"""Headers: a marking that bounds the answer, such as `UNCLASSIFIED` or `SECRET//NOFORN`; another key that does."""

NARROWED = "X-Cables-Narrowed"
"""Header of a response that kept to them, so that a sender need not take it on trust."""

STATE = "narrowed"


def narrowed(clearance: Clearance, connection: HTTPConnection, clearance_of: Callable[[str], Clearance]) -> Clearance:
    """What a sender of this clearance may see within the bounds their request sets.

    Raises:
        BadInput: a bound cannot be read.
        Unauthorized: `clearance_of` does not know the other key.
    """
    within, also = connection.headers.get(WITHIN), connection.headers.get(ALSO)
    if within is not None:
        clearance = clearance.within(_clearance(within))
    if also is not None:
        clearance = clearance.within(clearance_of(also))
    if within is not None or also is not None:
        setattr(connection.state, STATE, True)
    return clearance


def _clearance(text: str) -> Clearance:
    marking = read_marking(text)
    if marking is None:
        raise BadInput(f"{WITHIN} is not a marking: {text[:40]!r}; write it like UNCLASSIFIED or SECRET//NOFORN")
    given = set(marking.caveats)
    return Clearance(marking.level, noforn="NF" in given, nodis="NODIS" in given, exdis="EXDIS" in given)
