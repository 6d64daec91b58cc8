"""Counts by month, or by year, as bars."""

import calendar
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
