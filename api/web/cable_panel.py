"""The cable reader beside the answer: a cited cable at its paragraph, and steps from citation to citation."""

import json
from asyncio import to_thread
from collections.abc import Sequence

from nicegui import ui

from api.web.cable_view import CableView, Marks, anchor, permalink
from api.web.markup import icon_button, node, set_attributes, set_text
from api.web.page_service import PageService
from api.web.related_cables import RelatedCables
from rag.domain.paragraph_key import ParagraphKey
from rag.errors import CablesError


class CablePanel:
    """Made closed, once per page; `open` fills it."""

    def __init__(self, service: PageService) -> None:
        self._service = service
        self._related = RelatedCables(service)
        self._keys: Sequence[str] = ()
        self._marks: Marks = {}
        self._view: CableView | None = None
        self._key: str | None = None
        with node("section", classes="reader", aria_label="Reader", data_closed="true") as self._root:
            with node("div", classes="bar"):
                self._previous = icon_button("left", "Previous citation", lambda: self._step(-1))
                self._place = node("span", "", "place", aria_live="polite")
                self._next = icon_button("right", "Next citation", lambda: self._step(1))
                node("span", classes="spring")
                self._alone = node("a", "Open as page", "plain", href="/")
                icon_button("close", "Close the reader", self.close)
            self._sheet = node("div", classes="sheet", tabindex="-1")
        self._root.on("keydown.escape", self.close, args=[])
        ui.on("reader_close", self.close, args=[])

    @property
    def is_open(self) -> bool:
        """Whether a cable is shown."""
        return self._key is not None

    async def open(self, key: str, keys: Sequence[str], marks: Marks) -> None:
        """Show the paragraph with its cable; `keys` are the citations to step through, `marks` the words to mark."""
        was_open, self._keys, self._marks = self.is_open, keys, marks
        await self._show(key)
        ui.run_javascript(f"cables.openReader({json.dumps(anchor(key))}, {json.dumps(not was_open)})")
        await self._show_related()

    def close(self) -> None:
        """Hide the reader."""
        if not self.is_open:
            return
        self._key = self._view = None
        self._sheet.clear()
        set_attributes(self._root, data_closed="true")
        ui.run_javascript("cables.closeReader()")

    async def _step(self, by: int) -> None:
        if self._key not in self._keys:
            return
        key = self._keys[(self._keys.index(self._key) + by) % len(self._keys)]
        await self._show(key)
        ui.run_javascript(f"cables.show({json.dumps(anchor(key))})")
        await self._show_related()

    async def _show_related(self) -> None:
        if self._view is not None and not self._view.end.default_slot.children:
            await self._related.show(self._view.cable, self._view.end)

    async def _show(self, key: str) -> None:
        cable_id = str(ParagraphKey.parse(key).cable)
        if self._view is None or str(self._view.cable.id) != cable_id:
            try:
                opened = await to_thread(self._service.open, cable_id)
            except CablesError as error:
                self._view = None
                self._fail(str(error))
            else:
                self._sheet.clear()
                with self._sheet:
                    self._view = CableView(opened, self._marks, self._related.toggle_similar)
        else:
            self._view.mark(self._marks)
        if self._view is not None:
            self._view.choose(key)
        self._key = key
        set_attributes(self._root, data_closed=None)
        set_attributes(self._alone, href=permalink(key))
        several = len(self._keys) > 1 and key in self._keys
        for step in (self._previous, self._next):
            step.set_visibility(several)
        set_text(self._place, f"Citation {self._keys.index(key) + 1} of {len(self._keys)}" if several else "")

    def _fail(self, reason: str) -> None:
        self._sheet.clear()
        with self._sheet, node("div", classes="notice", role="alert"):
            node("h2", "Not to be opened", id="reader-title", tabindex="-1")
            node("p", reason)
