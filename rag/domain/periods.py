"""Periods of time, and months as people write them."""

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
    """A time from its first to its last day; None where it has no beginning or no end."""

    first: date | None
    last: date | None

    @classmethod
    def of(cls, year: int, month: int | None = None) -> "Period":
        """The month of that year, or the whole year."""
        first, last = (1, 12) if month is None else (month, month)
        return cls(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))

    def contains(self, day: date, later: timedelta = timedelta()) -> bool:
        """Whether the day is in the period, or at most `later` after its end."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last + later)

    def __str__(self) -> str:
        """`2008` or `2008-01`, as ISO 8601 writes years and months; other periods by their days."""
        if self.first is None or self.last is None:
            return f"until {self.last}" if self.last else f"since {self.first}"
        if self == Period.of(self.first.year):
            return f"{self.first:%Y}"
        if self == Period.of(self.first.year, self.first.month):
            return f"{self.first:%Y-%m}"
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"
