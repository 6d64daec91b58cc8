"""Counts by month as accessible bars; each is a button."""

import calendar
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from nicegui.element import Element

from api.web.markup import node

_MAX_MONTHS = 48


@dataclass(frozen=True, slots=True)
class Bar:
    """A period with its count."""

    name: str
    first: date
    last: date
    count: int


def bars(months: Sequence[tuple[str, int]], by_year: bool = False) -> list[Bar]:
    """`("2008-08", 3)` as bars without gaps, oldest first; by year where there are too many months."""
    counts = Counter[tuple[int, int]]()
    for name, count in months:
        counts[int(name[:4]), int(name[5:7])] += count
    if not counts:
        return []
    (year, month), (last_year, last_month) = min(counts), max(counts)
    if by_year or (last_year - year) * 12 + last_month - month >= _MAX_MONTHS:
        return [
            Bar(str(bar), date(bar, 1, 1), date(bar, 12, 31), sum(counts[bar, month] for month in range(1, 13)))
            for bar in range(year, last_year + 1)
        ]
    periods: list[Bar] = []
    while (year, month) <= (last_year, last_month):
        days = calendar.monthrange(year, month)[1]
        name = f"{calendar.month_name[month]} {year}"
        periods.append(Bar(name, date(year, month, 1), date(year, month, days), counts[year, month]))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return periods


def draw_timeline(
    months: Sequence[tuple[str, int]], what: str, pick: Callable[[date, date], object], by_year: bool = False
) -> None:
    """Draw the bars of counted `what` in the current slot; a click calls `pick` with the first and last day."""
    periods = bars(months, by_year)
    if not periods:
        return
    most = max(bar.count for bar in periods)
    with node("figure", classes="timeline"):
        node("figcaption", f"{what.capitalize()}s by {'month' if ' ' in periods[0].name else 'year'}")
        with node("ol", classes="bars"):
            for bar in periods:
                with node("li"):
                    if bar.count:
                        _bar(bar, what, most, pick)
        with node("div", classes="ends", aria_hidden="true"):
            node("span", periods[0].name)
            if len(periods) > 1:
                node("span", periods[-1].name)


def _bar(bar: Bar, what: str, most: int, pick: Callable[[date, date], object]) -> Element:
    label = f"{bar.name}: {bar.count:,} {what}{'' if bar.count == 1 else 's'}"
    button = node("button", classes="bar-of", type="button", aria_label=label, title=label)
    button.style(f"--share: {bar.count / most:.3f}")
    button.on("click", lambda: pick(bar.first, bar.last), args=[])
    return button
