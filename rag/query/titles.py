"""Cables named by their subject: `the cable called "Pilots Strike"`, `Ostermere's cable "PILOTS STRIKE"`."""

import re
from collections.abc import Callable

_TITLED = re.compile(
    r"(?:\b(?:the|that|a|an) )?(?:\b[^\W\d_]+['’]s? )?"
    r"\b(?:cable|telegram|d[ei]spatch|message|document|report)"
    r"(?:,? (?:that is )?(?:called|titled|entitled|named|headed|with the (?:title|subject)(?: line)?))?,? "
    r"[\"“„«](?P<title>[^\"“”„«»]{6,200})[\"”“»]",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[^\w]+")

SubjectSearch = Callable[[str], list[tuple[str, str]]]
"""Ids and subjects of the cables whose subject holds these letters, in any case."""


def with_ids(question: str, subjects_like: SubjectSearch) -> str:
    """The question with the id of each cable that it names by its subject, where that is of one cable alone."""

    def identified(match: re.Match[str]) -> str:
        title = match["title"].strip(" .,;:!?")
        held = subjects_like(title)
        ids = [cable_id for cable_id, subject in held if _plain(subject) == _plain(title)] or [each for each, _ in held]
        return ids[0] if len(ids) == 1 else match[0]

    return _TITLED.sub(identified, question)


def _plain(subject: str) -> str:
    return _MARKS.sub(" ", subject.casefold()).strip()
