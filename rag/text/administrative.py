"""Sentences about the cable itself: who drafted or cleared it, how it is to be handled. They answer no question."""

import re

_CABLE = r"(?:cable|message|telegram|report(?:ing)?|document|draft|text|airgram|septel|reftel)"
_ADMINISTRATIVE = re.compile(
    rf"\b(?:cleared|reviewed|approved|drafted|coordinated|prepared)\b[^.]{{0,40}}\bthis {_CABLE}\b"
    rf"|\bthis {_CABLE}\b[^.]{{0,30}}\b(?:cleared|reviewed|approved|drafted|coordinated|prepared)\b"
    rf"|\bdid not (?:have (?:the |an )?opportunity to |have a chance to )?(?:clear|review)\b[^.]{{0,40}}\b{_CABLE}\b"
    r"|^\W*(?:classified by|declassify on|drafted by|cleared by|e\.o\. \d+|(?:reasons?|tags|subject|refs?|reftel):"
    r"|minimize (?:is )?considered|(?:begin|end) (?:summary|comment|text|note)\b|this is an action request)"
    r"|\bvisit\b[^.]{0,40}\bclassified web ?site",
    re.IGNORECASE,
)


def is_administrative(sentence: str) -> bool:
    """Whether the sentence is about the cable's handling, not about what it reports."""
    return _ADMINISTRATIVE.search(sentence) is not None
