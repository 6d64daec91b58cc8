"""`/browse`: the cables as a table, filtered by their fields and by words."""

from asyncio import to_thread
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import Request
from nicegui.events import GenericEventArguments

from api.auth.gate import COOKIE
from api.web.cable_view import permalink
from api.web.markup import button, node
from api.web.page_service import PageResults, PageService
from api.web.session import draw_key_entry
from api.web.shell import Shell, content
from api.web.timeline import draw_timeline
from rag.catalog.listing import ListingFilters, ValueCount
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.errors import CablesError, Unauthorized

_KINDS = (("post", "Post"), ("year", "Year"), ("tag", "TAGS"), ("classification", "Classification"))


async def browse_page(request: Request) -> None:
    """The page to browse on."""
    shell = Shell("/browse", COOKIE in request.cookies)
    with content("page-browse"):
        try:
            await BrowsePage(PageService(request), shell).show()
        except Unauthorized as error:
            draw_key_entry(str(error) if COOKIE in request.cookies else "")


class BrowsePage:
    """The state of one open page: a query and filters."""

    def __init__(self, service: PageService, shell: Shell) -> None:
        self._service = service
        self._shell = shell
        self._query = ""
        self._filters = ListingFilters()
        self._month: str | None = None
        node("h1", "Browse")
        with node("form", classes="composer", role="search") as form:
            node("input", classes="box", name="query", type="search", maxlength="4000", autocomplete="off",
                 aria_label="Words to look for", placeholder="Words to look for; none for all cables")  # fmt: skip
            node("button", "Search", "primary", type="submit")
        form.on("submit", self._submitted,
                js_handler="(e) => { e.preventDefault(); emit(e.target.elements.query.value); }")  # fmt: skip
        self._kinds = node("div", classes="kinds")
        self._results = node("div")

    async def show(self) -> None:
        """Show the results of the present query and filters."""
        try:
            page = await to_thread(self._service.list_cables, self._filters, None)
            results = await to_thread(self._service.search, self._query, self._filters) if self._query else None
        except Unauthorized:
            raise
        except CablesError as error:
            self._results.clear()
            with self._results, node("div", classes="notice", role="alert"):
                node("p", str(error))
            return
        self._kinds.clear()
        with self._kinds:
            for kind, title in _KINDS:
                self._choice(kind, title, page["facets"][kind])
        self._results.clear()
        with self._results:
            if results is None:
                self._all(page)
            else:
                self._matches(results)

    def _all(self, page: dict[str, Any]) -> None:
        years = [(f"{year.value}-01", year.count) for year in page["facets"]["year"]]
        draw_timeline(years, "cable", self._choose_period, by_year=True)
        node("p", f"{len(page['cables'])} cables{', the oldest of more' if page['next'] else ''}", "found")
        body = _table(("Date", "Cable", "Classification", "Subject"))
        with body:
            _rows(page["cables"])
        if page["next"]:
            self._more(body, page["next"])

    def _more(self, body: Any, cursor: str) -> None:
        async def show_more() -> None:
            page = await to_thread(self._service.list_cables, self._filters, cursor)
            with body:
                _rows(page["cables"])
            more_button.delete()
            if page["next"]:
                with self._results:
                    self._more(body, page["next"])

        more_button = button("More cables", show_more, "plain more")

    def _matches(self, results: PageResults) -> None:
        draw_timeline(results.months, "paragraph", self._choose_period)
        month = self._month or ""
        passages = [passage for passage in results.passages if (passage.date or "").startswith(month)]
        by_cable: dict[str, list[RetrievedParagraph]] = {}
        for passage in passages:
            by_cable.setdefault(passage.cable_id, []).append(passage)
        where = f" in {self._month}" if self._month else ""
        node("p", f"The {len(passages)} best paragraphs, in {len(by_cable)} cables{where}", "found", role="status")
        with _table(("Date", "Paragraphs", "Subject")):
            for group in by_cable.values():
                with node("tr"):
                    node("td", (group[0].date or "")[:10], "date")
                    with node("td"), node("span", classes="pills"):
                        for passage in group[:4]:
                            node("a", passage.citation, "pill", href=permalink(passage.key))
                        if len(group) > 4:
                            node("span", f"and {len(group) - 4} more", "date")
                    node("td", group[0].subject or "", "of", dir="auto")

    def _choice(self, kind: str, title: str, counts: Sequence[ValueCount]) -> None:
        current = getattr(self._filters, kind)
        with node("label", classes="kind"):
            node("span", title)
            with node("select") as select:
                node("option", "any", value="", selected=True if current is None else None)
                for item in counts:
                    chosen = str(current) == item.value
                    node("option", f"{item.value} ({item.count:,})", value=item.value,
                         selected=True if chosen else None)  # fmt: skip

        async def changed(event: GenericEventArguments) -> None:
            value: Any = str(event.args or "") or None
            self._month = None
            values: dict[str, Any] = {kind: int(value) if value and kind == "year" else value}
            self._filters = replace(self._filters, **values)
            await self.show()

        select.on("change", changed, js_handler="(e) => emit(e.target.value)")

    async def _submitted(self, event: GenericEventArguments) -> None:
        self._query, self._month = str(event.args or "").strip(), None
        await self.show()

    async def _choose_period(self, first: date, last: date) -> None:
        if (first.month, last.month) == (1, 12):
            self._filters = replace(self._filters, year=first.year)
        else:
            self._month = f"{first:%Y-%m}"
        await self.show()


def _table(names: Sequence[str]) -> Any:
    """A table with these columns; returns its body."""
    with node("table", classes="cables"):
        with node("thead"), node("tr"):
            for name in names:
                node("th", name, scope="col")
        return node("tbody")


def _rows(cables: Sequence[dict[str, Any]]) -> None:
    for cable in cables:
        with node("tr"):
            node("td", (cable["date"] or "")[:10], "date")
            with node("td", classes="name"):
                node("a", cable["label"], "pill", href=f"/read/{cable['id']}")
            node("td", cable["classification"] or "", "date")
            node("td", cable["subject"] or "", "of", dir="auto")
