"""Stamps of the Department of State's reading room: release lines, reviewers, case numbers, exemption codes.

`RELEASED IN PART B1, 1.4(D)`, `REVIEW AUTHORITY: Archie Bolster, Senior Reviewer`, `UNCLASSIFIED U.S. Department of
State Case No. F-2014-20439 Doc No. C05760001 Date: 08/31/2015`. Codes such as `B1` stand in the margin beside what was
taken out.
"""

import re
from collections.abc import Sequence

_CODE = r"(?:\(?[Bb]\)?\s?\(?[1-9]\)?(?:\([A-Z]\))?|1\.[45]\s?\(?[A-Ha-h]\)?|NR|NLR)"
_CODES = rf"{_CODE}(?:[\s,;/&]{{1,4}}{_CODE}|[\s,;/&]{{1,4}}\([a-hA-H]\)|[\s,;/&]{{1,4}}AND){{0,12}}"
_STAMP = re.compile(
    rf"""\s{{0,60}}(?:(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|TOP\ SECRET)\s{{1,8}})?(?:
      U\.?\s?S\.?\ Department\ of\ State,?\s{{1,8}}Case\ No\b.{{0,160}}
    | (?:RELEASED?|DENIED|EXCISED|WITHHELD)\s{{1,4}}IN\s{{1,4}}(?:FULL|PART)[\s,.:;-]{{0,8}}(?:{_CODES})?[\s,.;]{{0,8}}
    | (?:REVIEW|REVIEWING|RELEASING)\s{{1,4}}(?:AUTHORITY|OFFICER)\s{{0,4}}:.{{0,160}}
    | REVIEWED\s{{1,4}}BY\s{{0,4}}:.{{0,160}}
    | (?:STATE\s)?Case\ No\.?:?\s{{0,4}}[A-Z]{{1,2}}-?\d{{4}}-\d{{3,8}}.{{0,120}}
    | Doc\ No\.?:?\s{{0,4}}C\d{{7,9}}.{{0,120}}
    | C0\d{{7}}
    | APPROVED\s{{1,4}}FOR\s{{1,4}}RELEASE\b.{{0,120}}
    | (?-i:DECLASSIFIED)\s{{1,4}}(?:
        (?:UNDER|PER|IN\ ACCORDANCE\ WITH)\s{{1,4}}(?:AUTHORITY|E\.?O\.?|EXECUTIVE).{{0,160}}
        | PA/HO.{{0,160}} | Authority:?\s{{1,4}}[A-Z]{{0,4}}\s?\d.{{0,80}})
    )\s{{0,60}}$""",
    re.IGNORECASE | re.VERBOSE,
)
_BESIDE_STAMP = re.compile(
    rf"\s{{0,60}}(?:{_CODES}|U\.S\. Department of State|Date:\s{{0,4}}\d\d/\d\d/\d{{4}})\s{{0,60}}$"
)
_MARGIN = re.compile(rf"(?<=\S)\s{{3,80}}(?:{_CODES})\s{{0,40}}$")
_PARTIAL = re.compile(r"(?:RELEASED?|EXCISED|WITHHELD|DENIED)\s{1,4}IN\s{1,4}PART", re.IGNORECASE)
_SUSPECT = (
    "Case No", "Doc No", "RELEASE", "Released ", "Release ", "REVIEW", "Review", "EXCISED", "DENIED IN", "WITHHELD IN",
    "DECLASSIFIED",
)  # fmt: skip


def is_release_stamp(line: str) -> bool:
    """Whether a reviewer stamped the line on the telegram."""
    return _STAMP.match(line) is not None


def may_be_stamped(text: str) -> bool:
    """Whether a text may hold such lines; a quick test for the many texts that hold none."""
    return any(mark in text for mark in _SUSPECT)


def is_partial_release(stamp: str) -> bool:
    """Whether a stamp says that some of the text was withheld."""
    return _PARTIAL.search(stamp) is not None


def without_stamps(lines: Sequence[str]) -> list[str]:
    """The lines of a stamped telegram without stamps and without the codes in the margins.

    Blank lines around a stamp go with it where it stands within a sentence, as at the end of a page.
    """
    kept: list[str] = []
    removed = False
    for line in lines:
        if is_release_stamp(line) or _BESIDE_STAMP.match(line):
            removed = True
        elif line.strip():
            if removed and _goes_on(kept, line):
                while kept and not kept[-1].strip():
                    kept.pop()
            removed = False
            kept.append(_MARGIN.sub("", line))
        else:
            kept.append(line)
    return kept


def _goes_on(above: Sequence[str], line: str) -> bool:
    last = next((text.rstrip() for text in reversed(above) if text.strip()), "")
    return line.lstrip()[:1].islower() and last[-1:] not in ".!?:"
