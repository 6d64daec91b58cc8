"""Narrowing the search: what the archive offers as conditions, and those chosen."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from api.web.markup import button, icon, node
from api.web.turn import chips
from rag.answer import Condition
from rag.filters import Filters
from rag.listing import Count

Facets = Mapping[str, Sequence[Count]]
"""By kind, the values there are and how many cables have each."""

_GROUPS = (
    ("post", "posts", "Post"),
    ("tag", "tags", "TAGS"),
    ("classification", "classifications", "Classification"),
)
_MOST_VALUES = 40


class Narrowing:
    """A fold with the conditions to choose from, and the chosen ones as chips."""

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
        """Choose these filters, from outside the fold."""
        self.filters = filters
        self._draw()
        self._changed(filters)

    def _draw(self) -> None:
        self._choices.clear()
        with self._choices:
            for field, held, title in _GROUPS:
                if values := self._facets.get(field, ()):
                    self._group(title, held, values)
            with node("fieldset", classes="dates"):
                node("legend", "Date")
                self._day("From", "date_from")
                self._day("Until", "date_to")
        self._draw_chips()

    def _group(self, title: str, held: str, values: Sequence[Count]) -> None:
        with node("fieldset"):
            node("legend", title)
            for each in values[:_MOST_VALUES]:
                value = each.value
                with node("label", classes="choice"):
                    chosen = value in getattr(self.filters, held)
                    box = node("input", type="checkbox", checked=True if chosen else None)
                    node("span", value)
                    node("span", f"{each.count:,}", "count", aria_label=f"{each.count} cables")
                self._listen(box, held, value)

    def _listen(self, box: Element, held: str, value: str) -> None:
        def chosen(event: GenericEventArguments) -> None:
            values = getattr(self.filters, held)
            self._choose(**{held: values | {value} if event.args else values - {value}})

        box.on("change", chosen, js_handler="(e) => emit(e.target.checked)")

    def _day(self, title: str, held: str) -> None:
        day = getattr(self.filters, held)
        with node("label", classes="day"):
            node("span", title)
            box = node("input", type="date", value=day.isoformat() if day else None)

        def chosen(event: GenericEventArguments) -> None:
            typed = str(event.args or "")
            with suppress(ValueError):  # a year still being typed, such as 0020-01-01, is one that Python knows
                self._choose(**{held: date.fromisoformat(typed) if typed else None})

        box.on("change", chosen, js_handler="(e) => emit(e.target.value)")

    def _choose(self, **values: object) -> None:
        self.filters = replace(self.filters, **values)  # type: ignore[arg-type] # the names are the filters' own
        self._draw_chips()
        self._changed(self.filters)

    def _draw_chips(self) -> None:
        self._chips.clear()
        conditions = [Condition(field, value) for field, value in self.filters.conditions()]
        with self._chips:
            for words, fields in chips(conditions):
                self._chip(words, fields)
            if len(conditions) > 1:
                button("Clear all", lambda: self.set(Filters()), "plain")

    def _chip(self, words: str, fields: frozenset[str]) -> None:
        with node("button", classes="chip", type="button", aria_label=f"Remove the condition {words}") as chip:
            node("span", words)
            icon("close")
        chip.on("click", lambda: self.set(self.filters.without(fields)), args=[])
