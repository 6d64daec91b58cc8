"""Filters for a question: the values the archive offers, and those chosen."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from api.web.conditions import condition_labels
from api.web.markup import button, icon, node
from rag.catalog.listing import ValueCount
from rag.domain.answer import Condition
from rag.domain.filters import Filters

Facets = Mapping[str, Sequence[ValueCount]]
"""By field, its values and how many cables have each."""

_GROUPS = (
    ("post", "posts", "Post"),
    ("tag", "tags", "TAGS"),
    ("classification", "classifications", "Classification"),
)
_MAX_VALUES = 40


class FilterPanel:
    """A fold with the values to choose from, and the chosen ones as chips."""

    def __init__(self, facets: Facets, changed: Callable[[Filters], object], filters: Filters | None = None) -> None:
        """`changed` is called with the filters whenever the reader changes them."""
        self.filters = filters or Filters()
        self._facets = facets
        self._changed = changed
        with node("div", classes="narrowing"):
            with node("details", classes="narrow") as self.fold:
                with node("summary"):
                    icon("narrow")
                    node("span", "Narrow")
                self._choices = node("div", classes="choices")
            self._chips = node("div", classes="chips", aria_label="Chosen conditions", role="group")
        self._draw()

    def set(self, filters: Filters) -> None:
        """Replace the filters."""
        self.filters = filters
        self._draw()
        self._changed(filters)

    def _draw(self) -> None:
        self._choices.clear()
        with self._choices:
            for field, attribute, title in _GROUPS:
                if values := self._facets.get(field, ()):
                    self._group(title, attribute, values)
            with node("fieldset", classes="dates"):
                node("legend", "Date")
                self._day("From", "date_from")
                self._day("Until", "date_to")
        self._draw_chips()

    def _group(self, title: str, attribute: str, values: Sequence[ValueCount]) -> None:
        with node("fieldset"):
            node("legend", title)
            for item in values[:_MAX_VALUES]:
                value = item.value
                with node("label", classes="choice"):
                    chosen = value in getattr(self.filters, attribute)
                    box = node("input", type="checkbox", checked=True if chosen else None)
                    node("span", value)
                    node("span", f"{item.count:,}", "count", aria_label=f"{item.count} cables")
                self._listen(box, attribute, value)

    def _listen(self, box: Element, attribute: str, value: str) -> None:
        def chosen(event: GenericEventArguments) -> None:
            values = getattr(self.filters, attribute)
            self._choose(**{attribute: values | {value} if event.args else values - {value}})

        box.on("change", chosen, js_handler="(e) => emit(e.target.checked)")

    def _day(self, title: str, attribute: str) -> None:
        day = getattr(self.filters, attribute)
        with node("label", classes="day"):
            node("span", title)
            box = node("input", type="date", value=day.isoformat() if day else None)

        def chosen(event: GenericEventArguments) -> None:
            typed = str(event.args or "")
            with suppress(ValueError):  # a date still being typed
                self._choose(**{attribute: date.fromisoformat(typed) if typed else None})

        box.on("change", chosen, js_handler="(e) => emit(e.target.value)")

    def _choose(self, **values: object) -> None:
        self.filters = replace(self.filters, **values)  # type: ignore[arg-type] # the names are fields of Filters
        self._draw_chips()
        self._changed(self.filters)

    def _draw_chips(self) -> None:
        self._chips.clear()
        conditions = [Condition(field, value) for field, value in self.filters.conditions()]
        with self._chips:
            for label, fields in condition_labels(conditions):
                self._chip(label, fields)
            if len(conditions) > 1:
                button("Clear all", lambda: self.set(Filters()), "plain")

    def _chip(self, label: str, fields: frozenset[str]) -> None:
        with node("button", classes="chip", type="button", aria_label=f"Remove the condition {label}") as chip:
            node("span", label)
            icon("close")
        chip.on("click", lambda: self.set(self.filters.without(fields)), args=[])
