"""What every page has: style, script, the bar at the top, a live region for announcements."""

from nicegui import ui
from nicegui.element import Element

from api.web.assets import asset_path
from api.web.markup import icon, icon_button, node, set_text


class Shell:
    """The bar at the top with its tools."""

    def __init__(self, current: str, with_key: bool) -> None:
        """`current` is the path of the page in the navigation; `with_key` where there is a session."""
        ui.add_head_html(
            f'<script src="{asset_path("page.js")}"></script><link rel="stylesheet" href="{asset_path("page.css")}">'
        )
        layout = ui.context.client.layout
        with layout:
            with node("header", classes="top", data_behind="true") as header:
                node("a", "Skip to the content", "skip", href="#content")
                with node("a", classes="brand", href="/", aria_label="cables, start page"):
                    icon("mark")
                    node("span", "cables")
                with node("nav", aria_label="Pages"):
                    for name, path in (("Ask", "/"), ("Browse", "/browse")):
                        node("a", name, href=path, aria_current="page" if path == current else None)
                node("span", classes="spring")
                self.tools = node("div", classes="tools")
                icon_button("theme", "Light or dark").on("click", js_handler="() => cables.turnTheme()")
                if with_key:
                    icon_button("leave", "Give up the key").on("click", js_handler="() => cables.leave()")
            header.move(target_index=0)
            self._live = node("div", "", "announcements", role="status", aria_live="polite")

    def announce(self, text: str) -> None:
        """Show a short message for a few seconds; screen readers read it out."""
        set_text(self._live, text)
        ui.timer(4.0, lambda: set_text(self._live, ""), once=True)


def content(classes: str) -> Element:
    """The element for a page's own content."""
    return node("div", classes=classes, id="content", tabindex="-1")
