"""Who wrote a cable, as a citation names its author: the mission as an institution."""

import re

from rag.domain.cable import Cable

_KINDS = {
    "EMBASSY": "Embassy",
    "AMEMBASSY": "Embassy",
    "CONSULATE": "Consulate",
    "AMCONSUL": "Consulate",
    "AMCONGEN": "Consulate General",
    "MISSION": "Mission",
    "USMISSION": "Mission",
    "USINT": "Interests Section",
    "USLO": "Liaison Office",
}
_SENDER = re.compile(rf"({'|'.join(_KINDS)})\s+(\S.*)", re.IGNORECASE)
_DEPARTMENT = re.compile(r"SECSTATE\b.*|Secretary of State|(?:State )?Department(?: of State)?", re.IGNORECASE)
_INITIALS = frozenset(
    "AIT CD EC FODAG MBFR NATO OAS OECD OSCE RPO UN UNESCO UNROME UNVIE US USAU USBERLIN USEU USNATO USOAS USOSCE USTR "
    "USUN".split()
)


def institution(cable: Cable) -> str:
    """Such as "U.S. Embassy Tokyo".

    It follows from the telegram's sender (`AMEMBASSY TOKYO`, "Embassy Tokyo"). A reader to whom that is not open, and
    a cable that does not print it, get the post's name: "Tokyo".
    """
    origin = " ".join((cable.origin or "").split())
    if _DEPARTMENT.fullmatch(origin):
        return "U.S. Department of State"
    if sender := _SENDER.fullmatch(origin):
        return f"U.S. {_KINDS[sender[1].upper()]} {_in_words(sender[2])}"
    return _in_words(origin or cable.post)


def _in_words(name: str) -> str:
    if not name.isupper():
        return name
    return " ".join(word if word in _INITIALS else word.title() for word in name.split())
