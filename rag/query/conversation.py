"""Follow-up questions made to stand on their own, from the turns before them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_OPENING = re.compile(r"(?:(?:and|but|so|then|ok(?:ay)?|also|well|now)\b[,\s]+)+", re.IGNORECASE)
_ABOUT = re.compile(r"(?:what|how) about\s+(?P<topic>.+?)\??", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|she|him|her|his)\b", re.IGNORECASE)
_IT = re.compile(r"\b(?:it|its|they|them|their|this|that|those|these|there|then|the same)\b", re.IGNORECASE)
_BARE = re.compile(
    r"(?:when|why|where|who|how|how (?:many|much|long|so)|which|since when|by whom|for (?:what|whom|how much)|what)"
    r"(?: exactly| was (?:that|this|it)| is (?:that|this|it)| did (?:that|this|it) happen| not| so)?\??",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.?!] )(?<!^)\b[A-Z][\w'’-]*[\w](?:(?: (?:of|de|al|bin|van) | )[A-Z][\w'’-]*\w)*")
_NOT_NAMES = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday I According In The What Who When".split()
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|did|do|does|had|has|have|will|would|can|could|should|may|might|must|\w+ed|say|said|told)\b",
    re.IGNORECASE,
)
_LONGEST_FOLLOW_UP = 14


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant", "system"]
    content: str


def earlier_question(turns: Sequence[Turn]) -> str | None:
    """The last question of these turns."""
    asked = [turn.content.strip() for turn in turns if turn.role == "user" and turn.content.strip()]
    return asked[-1] if asked else None


def is_follow_up(question: str) -> bool:
    """Whether the words lean on what was said before: they open with "and", ask in one word or point back."""
    words = question.split()
    if _BARE.fullmatch(question.strip()) or _OPENING.match(question) or _ABOUT.fullmatch(question.strip()):
        return True
    if len(words) > _LONGEST_FOLLOW_UP or _names(question):
        return bool(_HE.search(question)) and len(words) <= _LONGEST_FOLLOW_UP
    return bool(_HE.search(question) or _IT.search(question) or (len(words) <= 3 and not _VERB.search(question)))


def standalone(question: str, turns: Sequence[Turn]) -> str:
    """The question with what it leans on put in: names for pronouns, else the earlier question in front.

    `turns` are those before it, oldest first. A question that leans on nothing comes back as it is.
    """
    earlier = earlier_question(turns)
    if earlier is None or not is_follow_up(question):
        return question
    before = earlier.rstrip(" ?.!")
    rest = question[match.end() :] if (match := _OPENING.match(question)) else question
    rest = rest.strip()
    if about := _ABOUT.fullmatch(rest):
        return f"{before}? And about {about['topic'].rstrip('?')}?"
    if _BARE.fullmatch(rest):
        return f"{before}: {rest.rstrip('?').lower()}?"
    named = _with_name(rest, before, turns)
    if named is not None:
        return _capital(named)
    if not _VERB.search(rest):
        return f"{before}? {_capital(rest)}"
    lacking = [name for name in _names(before) if name.lower() not in rest.lower()]
    return _capital(rest) if not lacking else f"{_capital(rest.rstrip(' ?.!'))} ({', '.join(lacking)})?"


def _with_name(question: str, before: str, turns: Sequence[Turn]) -> str | None:
    """The question with its first "he" or "she" replaced by the person last spoken of."""
    pronoun = _HE.search(question)
    if pronoun is None:
        return None
    known = _names(before)
    if not known:
        answered = [turn.content for turn in turns if turn.role == "assistant"]
        known = _names(re.sub(r"\[[^\]]*\]", "", answered[-1])) if answered else []
    if not known:
        return None
    possessive = pronoun.group().lower() == "his" or (
        pronoun.group().lower() == "her" and re.match(r" [a-z]", question[pronoun.end() :]) is not None
    )
    return question[: pronoun.start()] + known[0] + ("'s" if possessive else "") + question[pronoun.end() :]


def _names(text: str) -> list[str]:
    found = []
    for match in _NAME.finditer(text):
        name = re.sub(r"['’]s$", "", match.group())
        if name not in _NOT_NAMES and not name.isdigit():
            found.append(name)
    return list(dict.fromkeys(found))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
