"""NiceGUI mounted at `/` on the service's application, beside the routes that are there already."""

from fastapi import FastAPI
from starlette.routing import Match, Mount
from starlette.types import Scope

_PAGES = ("/read", "/browse", "/_nicegui", "/_nicegui_ws")
_FAVICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1d4f6e"/>'
    '<path d="M8 10h16M8 16h16M8 22h9" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/></svg>'
)


class PageMount(Mount):
    """Matches the paths of the pages alone, so that any other unknown path meets the service's own 404."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As in every mount, for the pages' own paths."""
        path = scope.get("path", "")
        if path == "/" or any(path == page or path.startswith(f"{page}/") for page in _PAGES):
            return super().matches(scope)
        return Match.NONE, {}


def mount_pages(app: FastAPI) -> None:
    """Mount the pages on the service's application; NiceGUI keeps one application per process."""
    from nicegui import app as pages
    from nicegui import ui

    from api.web.ask_page import ask_page
    from api.web.assets import serve_assets
    from api.web.browse_page import browse_page
    from api.web.policy import PagePolicy
    from api.web.read_page import read_page
    from api.web.session import router

    serve_assets(app)
    app.include_router(router)
    ui.page("/", title="Ask the archive")(ask_page)
    ui.page("/browse", title="Browse the archive")(browse_page)
    ui.page("/read/{cable_id}", title="Read")(read_page)
    pages.add_middleware(PagePolicy)  # added before NiceGUI's own middleware, so it sees bodies before compression
    pages.state.service = app.state
    pages.config.quasar_config["loadingBar"]["skipHijack"] = True  # no loading bar, and no watching of requests for it
    ui.run_with(
        app, title="cables", dark=False, language="en-US", tailwind=False, show_welcome_message=False, favicon=_FAVICON
    )
    app.router.routes[-1] = PageMount("/", pages)
