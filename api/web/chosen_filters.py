"""Filters as an address or a form states them, checked against what the archive holds for this reader."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from rapidfuzz import process
from rapidfuzz.fuzz import ratio
from starlette.datastructures import ImmutableMultiDict

from rag.catalog.listing import ValueCount
from rag.domain.cable_id import compact_post
from rag.domain.filters import Filters

Facets = Mapping[str, Sequence[ValueCount]]
"""By field, its values and how many cables have each."""

Pairs = list[tuple[str, str]]
"""Names and values of an address, in order."""

FIELDS = ("post", "tag", "classification", "date_from", "date_to")
"""The names of filters in an address."""

_TITLES = {"post": "post", "tag": "TAGS", "classification": "classification", "year": "year"}
_LEAST_SIMILARITY = 65
_MOST_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A value that no filter can have, with those that may have been meant."""

    field: str
    value: str
    message: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChosenFilters:
    """The filters a reader chose, and what could not be read as one."""

    filters: Filters = field(default_factory=Filters)
    wrong: tuple[WrongValue, ...] = ()

    @classmethod
    def read(cls, sent: ImmutableMultiDict[str, str], facets: Facets | None = None) -> "ChosenFilters":
        """From the fields of an address or a form. With `facets`, values that the archive does not have are wrong."""
        values = {name: _values(sent, name) for name in FIELDS}
        wrong = [] if facets is None else [each for name in FIELDS[:3] for each in unknown(name, values[name], facets)]
        days: dict[str, date | None] = {"date_from": None, "date_to": None}
        for name in days:
            for text in values[name][:1]:
                day = _day(text)
                days[name] = day
                if day is None:
                    wrong.append(WrongValue(name, text, f"“{text[:40]}” is not a day; write it like 2008-12-31"))
        first, last = days.values()
        if first and last and first > last:
            wrong.append(WrongValue("date_to", last.isoformat(), f"the last day, {last}, is before the first, {first}"))
        filters = Filters.of(values["post"], values["tag"], first, last, values["classification"])
        return cls(filters, tuple(wrong))


def pairs_of(filters: Filters) -> Pairs:
    """Filters as an address states them."""
    return list(filters.conditions())


def unknown(field: str, values: Iterable[str], facets: Facets) -> list[WrongValue]:
    """Those of the values that the archive has not, for this reader."""
    held = [item.value for item in facets.get(field, ())]
    known = {_folded(field, value) for value in held}
    return [_wrong(field, value, held) for value in values if _folded(field, value) not in known]


def corrections(wrong: Iterable[WrongValue], path: str, sent: Pairs) -> list[tuple[WrongValue, list[tuple[str, str]]]]:
    """Each wrong value with those that may have been meant, each with the address `sent` to `path` would then have."""

    def corrected(each: WrongValue, value: str) -> str:
        return address(
            path, [(name, value if (name, text) == (each.field, each.value) else text) for name, text in sent]
        )

    return [(each, [(value, corrected(each, value)) for value in each.suggestions]) for each in wrong]


def address(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A path with a query; values that are empty are left out."""
    query = urlencode([(name, value) for name, value in pairs if value])
    return f"{path}?{query}" if query else path


def _wrong(field: str, value: str, held: Sequence[str]) -> WrongValue:
    found = process.extract(value.upper(), held, scorer=ratio, limit=_MOST_SUGGESTIONS, score_cutoff=_LEAST_SIMILARITY)
    suggestions = tuple(str(match[0]) for match in found)
    known = "" if suggestions or not held else f"; there are {', '.join(held[:_MOST_SUGGESTIONS])} and others"
    return WrongValue(field, value, f"no cable here has the {_TITLES[field]} “{value[:40]}”{known}", suggestions)


def _folded(field: str, value: str) -> str:
    return compact_post(value) if field == "post" else value.strip().upper()


def _values(sent: ImmutableMultiDict[str, str], name: str) -> list[str]:
    return [value for each in sent.getlist(name)[:50] if (value := each.strip())]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
