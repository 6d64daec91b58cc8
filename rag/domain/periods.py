"""Months and years as people write them."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
"""The number of a month, 1 to 12, by its name and its abbreviations in lower case."""
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
"""Any spelling of a month, as an alternation for a pattern that ignores case."""
SHORT_MONTH = "|".join(name for name in MONTHS if len(name) == 3)
"""The abbreviations of three letters, as such an alternation."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a year, from its first to its last day."""

    first: date
    last: date

    @classmethod
    def of(cls, year: int, month: int | None) -> "Period":
        """The month of that year, or the whole year."""
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31))
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    def __str__(self) -> str:
        """`2008` or `2008-01`, as ISO 8601 writes years and months."""
        return f"{self.first:%Y}" if self.last - self.first > timedelta(days=31) else f"{self.first:%Y-%m}"
