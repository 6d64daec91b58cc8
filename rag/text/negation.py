"""Words that negate or refuse.

Each list was measured in its own use, so they differ; what they share is named once. `NEGATION` finds sentences that
state a negation. `NEGATOR` is the part of it that stands directly before the word it negates. `MAY_DENY` and `DENIES`
add verbs of refusal.
"""

import re

_DIRECT = ("no", "not", "never", "cannot", "without")
_PRONOUNS = ("none", "neither", "nor", "nothing", "nobody")
_REFUSALS = r"\b(?:refus|reject|oppos|declin|abandon|den(?:y|ie))\w*"
_CONTRACTED = r"n['’]t\b"


def _any_of(*words: str, also: str = _CONTRACTED) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b|{also}", re.IGNORECASE)


NEGATOR = _any_of(*_DIRECT)
NEGATION = _any_of(*_DIRECT, *_PRONOUNS, "unable", "unwilling")
_HINTS_AT_DENIAL = re.compile(
    rf"{_REFUSALS}|\b(?:fail|lack|absen|exclu|rule[sd]? out|prevent|prohibit|ban(?:s|ned)?\b|forb|abolish|unlikely"
    r"|far from|little|few\b|hardly|barely|only\b|stop|halt|avoid)",
    re.IGNORECASE,
)
DENIES = _any_of(
    *("not", "never", "cannot", "no longer", "without", "nor", "neither"),
    *(r"dropp?\w*", "unwilling", "unlikely", r"s[kc]eptic\w*", r"doubt\w*", "ruled out"),
    r"no (?:plans?|intention|decision)",
    also=rf"{_CONTRACTED}|{_REFUSALS}",
)
"""A denial of what comes next in a sentence of a cable."""
DENIED_IN_QUESTION = _any_of(
    *(*_DIRECT, "nobody", "nowhere"),
    *("less", "late", "against", "wary", r"\w*difficult", "called off", "put off", "danger"),
    also=rf"n['’]?t\b|{_REFUSALS}|\b(?:deni|drop|cancel|scrap|fail|miss|avoid|delay|stop)\w*",
)
"""A question that takes a denial for granted. Its `n't` needs no apostrophe, so it also finds "government"."""


def is_negated(text: str) -> bool:
    """Whether the sentence states a negation."""
    return NEGATION.search(text) is not None


def may_deny(text: str) -> bool:
    """Whether the text holds any word a denial could rest on, such as "refused" or "only"."""
    return is_negated(text) or _HINTS_AT_DENIAL.search(text) is not None
