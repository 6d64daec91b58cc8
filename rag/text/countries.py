"""The names by which texts speak of a country: its own, its capital's, its people's, and those of diplomatic usage."""

import re
from functools import cache

from rag.text.surface_facts import folded

UNITED_STATES = "US"
_USAGE = {
    "US": ("u.s", "us", "usg", "usa", "united states", "america", "american", "americans", "washington"),
    "GB": ("uk", "hmg", "britain", "british", "briton", "britons", "brit", "brits", "england", "her majesty"),
    "NL": ("holland", "dutch", "the hague"),
    "KP": ("dprk", "north korea", "north korean", "north koreans"),
    "KR": ("rok", "south korea", "south korean", "south koreans"),
    "CN": ("prc", "china", "chinese"),
    "RU": ("soviet", "soviets"),
    "AE": ("uae", "emirati", "emiratis", "abu dhabi"),
    "SA": ("saudi", "saudis", "ksa"),
    "IL": ("israeli", "israelis", "jerusalem", "tel aviv"),
    "BO": ("la paz",),
    "BR": ("brasilia",),
    "CD": ("drc",),
    "CZ": ("czech", "czechs"),
    "DE": ("frg", "bonn"),
    "PH": ("filipino", "filipinos"),
    "ES": ("spaniard", "spaniards"),
    "SE": ("swede", "swedes"),
    "DK": ("dane", "danes"),
    "TR": ("turk", "turks"),
    "MM": ("burma", "burmese", "rangoon"),
    "CI": ("ivory coast", "ivorian", "ivorians", "abidjan"),
    "TZ": ("dar es salaam",),
    "NG": ("lagos",),
    "PK": ("karachi", "lahore", "peshawar"),
}
"""What the library lacks."""
_LONGEST = 4  # words
_WORDS = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")


@cache
def _countries() -> dict[str, str]:
    """Country codes by folded name."""
    from countryinfo import all_countries

    names: dict[str, str] = {}
    for country in all_countries():
        code = country.iso()["alpha2"]
        given = (country.name(), country.capital(), country.demonym())
        for name in (folded(each) for each in given if isinstance(each, str) and each):  # a few have lists
            names[name] = code
            names.setdefault(f"{name}s", code)
    for code, usage in _USAGE.items():
        names |= dict.fromkeys(usage, code)
    return names


def countries(text: str) -> frozenset[str]:
    """ISO codes of the countries that a text speaks of, by whatever name."""
    return frozenset(code for _, code in country_names(text))


def country_names(text: str) -> list[tuple[str, str]]:
    """The names of countries in a text, folded and without possessive endings, each with the country's ISO code."""
    known, written = _countries(), _WORDS.findall(text)
    words = [folded(word).removesuffix("'s").rstrip("'.") for word in written]
    phrases = (
        " ".join(words[start : start + length])
        for start in range(len(words))
        if written[start][0].isupper()  # "male" is no capital
        for length in range(1, min(_LONGEST, len(words) - start) + 1)
    )
    return [(phrase, known[phrase]) for phrase in phrases if phrase in known]
