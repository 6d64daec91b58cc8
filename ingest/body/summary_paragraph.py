"""The paragraph that holds a telegram's summary."""

import re
from collections.abc import Sequence

from ingest.body.segment import Segment
from rag.domain.paragraph_key import Locator

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


def find_summary(segments: Sequence[Segment]) -> Locator | None:
    """The locator of the paragraph that holds the summary, or None.

    That is the first that begins with the word, else that has it in its heading, else that ends with "End summary".
    """
    for is_summary in (_opens, _is_headed, _ends):
        for segment in segments[:_SEARCHED]:
            if is_summary(segment):
                return segment.locator
    return None


def _opens(segment: Segment) -> bool:
    return _OPENS.match(segment.text) is not None


def _is_headed(segment: Segment) -> bool:
    return segment.heading is not None and _HEADED.match(segment.heading) is not None


def _ends(segment: Segment) -> bool:
    return _ENDS.search(segment.text[-_TAIL:]) is not None
