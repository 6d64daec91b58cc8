"""Which paragraph holds a telegram's summary."""

import re
from collections.abc import Sequence

from ingest.cut import Cut
from rag.paragraph_key import Locator

_NAME = r"(?:summ?ary|s u m m a r y|synopsis)"
_OPENS = re.compile(
    rf"\W{{0,12}}(?:begin\s)?(?:(?:action request|introduction|executive|key points|overview|comment)\s)?(?:and\s|&\s)?"
    rf"{_NAME}\b(?!\s(?:of|by|execution|executions|record|judg\w+|list)\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"\bend\s{{1,3}}(?:of\s{{1,3}})?(?:\w{{1,12}}\s{{1,3}}(?:and\s{{1,3}})?){{0,2}}{_NAME}\b", re.IGNORECASE
)
_HEADED = re.compile(rf"\W{{0,6}}(?:\w{{1,16}}\W{{1,4}}){{0,3}}{_NAME}\b", re.IGNORECASE)
_SEARCHED = 6  # paragraphs; a summary stands at the beginning
_TAIL = 400  # characters


def summary_of(cuts: Sequence[Cut]) -> Locator | None:
    """The locator of the paragraph that holds the summary, or None.

    It begins with the word, else stands under a heading with it, else ends with "End summary".
    """
    opening = cuts[:_SEARCHED]
    for test in (_opens, _is_headed, _ends):
        for cut in opening:
            if test(cut):
                return cut.locator
    return None


def _opens(cut: Cut) -> bool:
    return _OPENS.match(cut.text) is not None


def _is_headed(cut: Cut) -> bool:
    return cut.heading is not None and _HEADED.match(cut.heading) is not None


def _ends(cut: Cut) -> bool:
    return _ENDS.search(cut.text[-_TAIL:]) is not None
