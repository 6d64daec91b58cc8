"""Words that negate, refuse or leave open: one list, of which each use takes as much as it needs.

`NEGATOR` stands directly before the word it negates. `is_negated` adds what negates a whole sentence; `DENIAL` adds
verbs and adverbs that a denial may rest on.
"""

import re

_DIRECT = r"no|not|never|cannot|without"
_OTHER = r"none|neither|nor|nothing|nobody|unable|unwilling"
_CONTRACTED = r"n['’,]t\b"
"""Some archives have a comma for the apostrophe."""
_REFUSALS = (
    r"\b(?:refus|reject|oppos|declin|abandon|den(?:y|ie)|fail|lack|absen|exclu|rule[sd]? out|prevent|prohibit"
    r"|ban(?:s|ned)?\b|forb|abolish|unlikely|far from|little|few\b|hardly|barely|only\b|stop|halt|avoid)\w*"
)

NEGATOR = re.compile(rf"\b(?:{_DIRECT})\b|{_CONTRACTED}", re.IGNORECASE)
_NEGATION = re.compile(rf"\b(?:{_DIRECT}|{_OTHER})\b|{_CONTRACTED}", re.IGNORECASE)
DENIAL = re.compile(rf"{_NEGATION.pattern}|{_REFUSALS}", re.IGNORECASE)


def is_negated(text: str) -> bool:
    """Whether the sentence states a negation."""
    return _NEGATION.search(text) is not None


def count_negations(text: str) -> int:
    """How many words of the text negate."""
    return len(_NEGATION.findall(text))


def may_deny(text: str) -> bool:
    """Whether the text holds any word a denial could rest on, such as "refused" or "only"."""
    return DENIAL.search(text) is not None
