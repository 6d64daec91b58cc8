"""What telegrams shorten, written out: titles ("A/S"), days ("10/7") and sums ("USD 42m")."""

import calendar
import re

from rag.domain.cable_id import full_year

_TITLES = {
    "A/S": "assistant secretary",
    "CHOD": "chief of defense",
    "D/CHOD": "deputy chief of defense",
    "D/D": "deputy director",
    "DAS": "deputy assistant secretary",
    "DCM": "deputy chief of mission",
    "DEFMIN": "defense minister",
    "ECONCOUNS": "economic counselor",
    "ECONOFF": "economic officer",
    "EMBOFF": "embassy officer",
    "EU": "european union",
    "FM": "foreign minister",
    "FONMIN": "foreign minister",
    "MFA": "foreign ministry",
    "MOD": "defense ministry",
    "MOI": "interior ministry",
    "PM": "prime minister",
    "POLCOUNS": "political counselor",
    "POLOFF": "political officer",
    "SECDEF": "secretary of defense",
    "U/S": "under secretary",
    "UN": "united nations",
    "UNSC": "security council",
}
"""Abbreviations that are read in one way only. Those of more than five letters are written in any case."""
_SHORT = 5
_SCALES = {"k": "thousand", "m": "million", "b": "billion"}

_CAPITALS = "|".join(title for title in _TITLES if len(title) <= _SHORT)
_ANY_CASE = "|".join(title for title in _TITLES if len(title) > _SHORT)
_TITLE = re.compile(rf"(?<![\w/])(?<!\d )(?:({_CAPITALS})|((?i:{_ANY_CASE}))s?)(?![\w/])")
_DAY = re.compile(
    r"(?<![\d/.,$-])(?<!\d )(?!(?:1/2|2/3|3/4)(?![\d/]))"  # these are fractions
    r"(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])(?:/(?P<year>(?:19|20)\d\d|\d\d))?(?![\d/])"
)
_SUM = re.compile(r"(?:USD|EUR|GBP|[$€£])\s?(\d[\d.,]*)\s?(?:([kmb])n?|([KMB])N?)\b")


def written_out(text: str) -> str:
    """The text with what each abbreviation stands for behind it, in brackets.

    Days in figures are read as Americans write them, the month first.
    """
    text = _TITLE.sub(lambda title: f"{title[0]} ({_TITLES[(title[1] or title[2]).upper()]})", text)
    text = _DAY.sub(lambda day: f"{day[0]} ({_in_words(day)})", text)
    return _SUM.sub(lambda amount: f"{amount[0]} ({amount[1]} {_SCALES[(amount[2] or amount[3]).lower()]})", text)


def _in_words(day: re.Match[str]) -> str:
    month_and_day = f"{calendar.month_name[int(day['month'])]} {int(day['day'])}"
    if day["year"] is None:
        return month_and_day
    year = int(day["year"])
    return f"{month_and_day}, {year if year > 99 else full_year(year)}"
