"""Hits by month as bars that can be read, heard and pressed."""

import calendar
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from nicegui.element import Element

from api.web.markup import node

_MOST_MONTHS = 48


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time with its number of hits."""

    name: str
    first: date
    last: date
    count: int


def bars(months: Sequence[tuple[str, int]], by_year: bool = False) -> list[Bar]:
    """`("2008-08", 3)` as bars without gaps, oldest first; years in place of months where there would be too many."""
    counts = Counter[tuple[int, int]]()
    for name, count in months:
        counts[int(name[:4]), int(name[5:7])] += count
    if not counts:
        return []
    (year, month), (last_year, last_month) = min(counts), max(counts)
    if by_year or (last_year - year) * 12 + last_month - month >= _MOST_MONTHS:
        return [
            Bar(str(each), date(each, 1, 1), date(each, 12, 31), sum(counts[each, month] for month in range(1, 13)))
            for each in range(year, last_year + 1)
        ]
    made: list[Bar] = []
    while (year, month) <= (last_year, last_month):
        days = calendar.monthrange(year, month)[1]
        name = f"{calendar.month_name[month]} {year}"
        made.append(Bar(name, date(year, month, 1), date(year, month, days), counts[year, month]))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return made


def draw_timeline(
    months: Sequence[tuple[str, int]], what: str, pick: Callable[[date, date], object], by_year: bool = False
) -> None:
    """The bars in the current slot, of so many `what`; pressing one calls `pick` with its first and last day."""
    made = bars(months, by_year)
    if not made:
        return
    most = max(bar.count for bar in made)
    with node("figure", classes="timeline"):
        node("figcaption", f"{what.capitalize()}s by {'month' if ' ' in made[0].name else 'year'}")
        with node("ol", classes="bars"):
            for bar in made:
                with node("li"):
                    if bar.count:
                        _bar(bar, what, most, pick)
        with node("div", classes="ends", aria_hidden="true"):
            node("span", made[0].name)
            if len(made) > 1:
                node("span", made[-1].name)


def _bar(bar: Bar, what: str, most: int, pick: Callable[[date, date], object]) -> Element:
    words = f"{bar.name}: {bar.count:,} {what}{'' if bar.count == 1 else 's'}"
    made = node("button", classes="bar-of", type="button", aria_label=words, title=words)
    made.style(f"--share: {bar.count / most:.3f}")
    made.on("click", lambda: pick(bar.first, bar.last), args=[])
    return made
