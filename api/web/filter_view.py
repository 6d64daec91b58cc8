"""The filter panel of a question: the values the archive offers, and those chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.web.chosen_filters import ChosenFilters, Facets, WrongValue, address, pairs_of
from api.web.conditions import condition_labels
from rag.catalog.listing import ValueCount
from rag.domain.answer import Condition
from rag.domain.filters import Filters
from rag.domain.tag_meanings import tag_meaning

_GROUPS = (
    ("post", "posts", "Post"),
    ("classification", "classifications", "Classification"),
    ("tag", "tags", "TAGS"),
)
_MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A value to choose, with what it means, and how many cables have it."""

    value: str
    meaning: str | None
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FilterView:
    """Groups of choices, the chosen days, chips for what is chosen, and how many cables are left of all."""

    groups: tuple[tuple[str, str, tuple[FilterChoice, ...]], ...]
    date_from: str
    date_to: str
    chips: tuple[tuple[str, tuple[str, ...], str], ...]
    """Labels, with the fields each stands for and the address without them."""
    wrong: tuple[WrongValue, ...]
    counted: str


def filter_view(chosen: ChosenFilters, facets: Facets, left: int, total: int) -> FilterView:
    """The panel; `left` is how many of the `total` cables the filters leave."""
    filters = chosen.filters
    labels = condition_labels([Condition(field, value) for field, value in filters.conditions()])
    return FilterView(
        groups=tuple(
            (field, title, _choices(field, facets[field], getattr(filters, name)))
            for field, name, title in _GROUPS
            if facets.get(field)
        ),
        date_from=filters.date_from.isoformat() if filters.date_from else "",
        date_to=filters.date_to.isoformat() if filters.date_to else "",
        chips=tuple(
            (label, tuple(sorted(fields)), address("/", pairs_of(filters.without(fields)))) for label, fields in labels
        ),
        wrong=chosen.wrong,
        counted=_counted(filters, left, total),
    )


def _choices(field: str, values: Sequence[ValueCount], chosen: frozenset[str]) -> tuple[FilterChoice, ...]:
    shown = [item for number, item in enumerate(values) if number < _MOST_VALUES or item.value in chosen]
    return tuple(
        FilterChoice(item.value, tag_meaning(item.value) if field == "tag" else None, item.count, item.value in chosen)
        for item in shown
    )


def _counted(filters: Filters, left: int, total: int) -> str:
    if not filters:
        return ""
    return f"{left:,} of {total:,} {'cable' if total == 1 else 'cables'}" if left else "no cable matches all of these"
