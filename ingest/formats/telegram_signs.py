"""Lines by which a telegram is told from other text, whatever holds it."""

import re

_SIGNS = tuple(
    re.compile(rf"(?im)^[ \t>*_¶]{{0,40}}{sign}")
    for sign in (
        r"(?:VZCZC|ZN[YR] [A-Z]{5}|(?:[ZOPRY] ){1,3}\d{6}\s?Z[ ]{0,2}[A-Z]{3}|PAGE \d\d |FM (?:AM|SEC|US)|MRN: )",
        r"(?:UNCLAS|U N C L A S|CONFIDENTIAL|C O N F I D E N T I A L|(?:TOP )?SECRET|S E C R E T|LIMITED OFFICIAL)\b",
        r"E\s?\.?\s?O\s?\.?\s{0,3}:?\s?\d{4,5}",
        r"TAGS?\b\s{0,3}[:;]",
        r"SUBJ(?:ECT)?\b\s{0,3}[:;]",
        r"REF(?:S|TELS?|ERENCES?)?\b\s{0,3}[:;(]",
    )
)
_LOOKED_AT = 24_000  # characters


def count_signs(text: str) -> int:
    """How many kinds of head lines the text has: transmission, classification, E.O., TAGS, subject, references."""
    return sum(sign.search(text, 0, _LOOKED_AT) is not None for sign in _SIGNS)
