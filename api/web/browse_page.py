"""`/browse`: the cables as a table, by what they hold and when, for people who would rather look than ask."""

from asyncio import to_thread
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import Request
from nicegui.events import GenericEventArguments

from api.gate import COOKIE
from api.web.cable_view import permalink
from api.web.markup import button, node
from api.web.room import Found, ReadingRoom
from api.web.session import draw_key_entry
from api.web.shell import Shell, content
from api.web.timeline import draw_timeline
from rag.errors import CablesError, Unauthorized
from rag.listing import Chosen, Count
from rag.passage import Passage

_KINDS = (("post", "Post"), ("year", "Year"), ("tag", "TAGS"), ("classification", "Classification"))


async def browse_page(request: Request) -> None:
    """The page to look around on."""
    shell = Shell("/browse", COOKIE in request.cookies)
    with content("page-browse"):
        try:
            await BrowsePage(ReadingRoom(request), shell).show()
        except Unauthorized as error:
            draw_key_entry(str(error) if COOKIE in request.cookies else "")


class BrowsePage:
    """The state of one open page: a query and the kinds of cables chosen."""

    def __init__(self, room: ReadingRoom, shell: Shell) -> None:
        self._room = room
        self._shell = shell
        self._query = ""
        self._chosen = Chosen()
        self._month: str | None = None
        node("h1", "Browse")
        with node("form", classes="composer", role="search") as form:
            node("input", classes="box", name="query", type="search", maxlength="4000", autocomplete="off",
                 aria_label="Words to look for", placeholder="Words to look for; none for all cables")  # fmt: skip
            node("button", "Search", "primary", type="submit")
        form.on("submit", self._searched,
                js_handler="(e) => { e.preventDefault(); emit(e.target.elements.query.value); }")  # fmt: skip
        self._kinds = node("div", classes="kinds")
        self._results = node("div")

    async def show(self) -> None:
        """Show what there is under the present query and choice."""
        try:
            page = await to_thread(self._room.listed, self._chosen, None)
            found = await to_thread(self._room.found, self._query, self._chosen) if self._query else None
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
            if found is None:
                self._all(page)
            else:
                self._matches(found)

    def _all(self, page: dict[str, Any]) -> None:
        years = [(f"{each.value}-01", each.count) for each in page["facets"]["year"]]
        draw_timeline(years, "cable", self._picked, by_year=True)
        node("p", f"{len(page['cables'])} cables{', the oldest of more' if page['next'] else ''}", "found")
        body = _table(("Date", "Cable", "Classification", "Subject"))
        with body:
            _rows(page["cables"])
        if page["next"]:
            self._more(body, page["next"])

    def _more(self, body: Any, cursor: str) -> None:
        async def more() -> None:
            page = await to_thread(self._room.listed, self._chosen, cursor)
            with body:
                _rows(page["cables"])
            made.delete()
            if page["next"]:
                with self._results:
                    self._more(body, page["next"])

        made = button("More cables", more, "plain more")

    def _matches(self, found: Found) -> None:
        months = found.months
        draw_timeline(months, "paragraph", self._picked)
        passages = [each for each in found.passages if self._month is None or (each.date or "").startswith(self._month)]
        by_cable: dict[str, list[Passage]] = {}
        for passage in passages:
            by_cable.setdefault(passage.cable_id, []).append(passage)
        where = f" in {self._month}" if self._month else ""
        node("p", f"The {len(passages)} best paragraphs, in {len(by_cable)} cables{where}", "found", role="status")
        with _table(("Date", "Paragraphs", "Subject")):
            for each in by_cable.values():
                with node("tr"):
                    node("td", (each[0].date or "")[:10], "date")
                    with node("td"), node("span", classes="pills"):
                        for passage in each[:4]:
                            node("a", passage.citation, "pill", href=permalink(passage.key))
                        if len(each) > 4:
                            node("span", f"and {len(each) - 4} more", "date")
                    node("td", each[0].subject or "", "of", dir="auto")

    def _choice(self, kind: str, title: str, counts: Sequence[Count]) -> None:
        now = getattr(self._chosen, kind)
        with node("label", classes="kind"):
            node("span", title)
            with node("select") as select:
                node("option", "any", value="", selected=True if now is None else None)
                for each in counts:
                    chosen = str(now) == each.value
                    node("option", f"{each.value} ({each.count:,})", value=each.value,
                         selected=True if chosen else None)  # fmt: skip

        async def changed(event: GenericEventArguments) -> None:
            value: Any = str(event.args or "") or None
            self._month = None
            values: dict[str, Any] = {kind: int(value) if value and kind == "year" else value}
            self._chosen = replace(self._chosen, **values)
            await self.show()

        select.on("change", changed, js_handler="(e) => emit(e.target.value)")

    async def _searched(self, event: GenericEventArguments) -> None:
        self._query, self._month = str(event.args or "").strip(), None
        await self.show()

    async def _picked(self, first: date, last: date) -> None:
        if (first.month, last.month) == (1, 12):
            self._chosen = replace(self._chosen, year=first.year)
        else:
            self._month = f"{first:%Y-%m}"
        await self.show()


def _table(names: Sequence[str]) -> Any:
    """A table with these columns; its body."""
    with node("table", classes="cables"):
        with node("thead"), node("tr"):
            for name in names:
                node("th", name, scope="col")
        return node("tbody")


def _rows(cables: Sequence[dict[str, Any]]) -> None:
    for each in cables:
        with node("tr"):
            node("td", (each["date"] or "")[:10], "date")
            with node("td", classes="name"):
                node("a", each["label"], "pill", href=f"/read/{each['id']}")
            node("td", each["classification"] or "", "date")
            node("td", each["subject"] or "", "of", dir="auto")
