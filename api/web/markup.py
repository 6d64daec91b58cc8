"""Plain HTML elements. Cable text becomes a text node or an attribute value, never markup."""

from typing import Any

from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement


def node(tag: str, text: str | None = None, classes: str = "", **attributes: str | bool | None) -> Element:
    """An element in the current slot. In attribute names `_` stands for `-` (`aria_label`); None leaves one out."""
    element = Element(tag) if text is None else TextElement(tag=tag, text=text)
    if classes:
        element.classes(classes)
    set_attributes(element, **attributes)
    return element


def set_attributes(element: Element, **attributes: str | bool | None) -> None:
    """Set attributes; None removes one."""
    for name, value in attributes.items():
        element.props.set_optional(name.strip("_").replace("_", "-"), value)


def set_text(element: Element, text: str) -> None:
    """Replace the text of an element made with text."""
    assert isinstance(element, TextElement)  # noqa: S101 - made by `node`
    element.text = text


def button(text: str, on_click: Any, classes: str = "quiet", **attributes: str | bool | None) -> Element:
    """A native button; its text is its accessible name unless `aria_label` is given."""
    element = node("button", text, classes, type="button", **attributes)
    element.on("click", on_click, args=[])
    return element


def icon(name: str) -> Element:
    """An icon, hidden from screen readers."""
    return node("span", classes=f"icon icon-{name}", aria_hidden="true")


def icon_button(name: str, label: str, on_click: Any = None) -> Element:
    """A button with an icon; `label` is its accessible name and its tooltip."""
    element = node("button", classes="tool", type="button", aria_label=label, title=label)
    if on_click is not None:
        element.on("click", on_click, args=[])
    with element:
        icon(name)
    return element
