"""Plain HTML elements for the pages. Whatever a cable says becomes a text node or an attribute value, never markup."""

from typing import Any

from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement


def node(tag: str, text: str | None = None, classes: str = "", **attributes: str | bool | None) -> Element:
    """An element in the current slot. In attribute names `_` stands for `-` (`aria_label`); None leaves one out."""
    made = Element(tag) if text is None else TextElement(tag=tag, text=text)
    if classes:
        made.classes(classes)
    set_attributes(made, **attributes)
    return made


def set_attributes(element: Element, **attributes: str | bool | None) -> None:
    """Set attributes, or take away those given as None."""
    for name, value in attributes.items():
        element.props.set_optional(name.strip("_").replace("_", "-"), value)


def set_text(element: Element, text: str) -> None:
    """Replace the text of an element made with text."""
    assert isinstance(element, TextElement)  # noqa: S101 - made by `node`
    element.text = text


def button(text: str, on_click: Any, classes: str = "quiet", **attributes: str | bool | None) -> Element:
    """A native button; its text is its accessible name unless `aria_label` is given."""
    made = node("button", text, classes, type="button", **attributes)
    made.on("click", on_click, args=[])
    return made


def icon(name: str) -> Element:
    """A drawing beside a text or inside a button with a name of its own; hidden from screen readers."""
    return node("span", classes=f"icon icon-{name}", aria_hidden="true")


def icon_button(name: str, label: str, on_click: Any = None) -> Element:
    """A button that shows a drawing; `label` is its accessible name and its tooltip."""
    made = node("button", classes="tool", type="button", aria_label=label, title=label)
    if on_click is not None:
        made.on("click", on_click, args=[])
    with made:
        icon(name)
    return made
