"""`/read/{cable}`: one cable on a page of its own; `#p3` is its third paragraph."""

import json
from asyncio import to_thread

from fastapi import Request
from nicegui import ui

from api.auth.gate import COOKIE
from api.web.cable_view import CableView
from api.web.markup import node
from api.web.page_service import PageService
from api.web.related_cables import RelatedCables
from api.web.session import draw_key_entry
from api.web.shell import Shell, content
from rag.errors import CablesError, Unauthorized


async def read_page(request: Request, cable_id: str) -> None:
    """The cable's page, or one line that says why there is none."""
    service = PageService(request)
    related = RelatedCables(service)
    Shell("/read", COOKIE in request.cookies)
    with content("page-read"):
        try:
            opened = await to_thread(service.open, cable_id)
        except Unauthorized as error:
            draw_key_entry(str(error) if COOKIE in request.cookies else "")
            return
        except CablesError as error:
            ui.page_title("Not found")
            with node("div", classes="notice"):
                node("h1", "This cable cannot be opened")
                node("p", str(error))
                node("a", "Ask the archive", "plain", href="/")
            return
        view = CableView(opened, {}, related.toggle_similar, alone=True)
    cable = opened.cable
    ui.page_title(f"{cable.label(opened.with_year)} {cable.subject or ''}".strip())
    await ui.context.client.connected()
    fragment = await ui.run_javascript("decodeURIComponent(location.hash.slice(1))", timeout=5)
    keys = {str(paragraph.key) for paragraph in cable.paragraphs}
    if isinstance(fragment, str) and fragment.startswith("p"):
        key = f"{cable.id}#{fragment[1:]}"
        view.choose(key if key in keys else None)
        ui.run_javascript(f"cables.show({json.dumps(fragment)})")
    await related.show(cable, view.end)
