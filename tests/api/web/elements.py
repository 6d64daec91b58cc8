"""Elements of the page without a browser or a server."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from nicegui import Client
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement
from nicegui.page import page


@contextmanager
def drawn() -> Iterator[Element]:
    """An element whose slot is the current one."""
    with Client(page("/drawn"), request=None), Element("main") as root:
        yield root


def texts(root: Element) -> list[str]:
    """The texts below an element, in the order of the page."""
    return texts_of(root.descendants())


def texts_of(elements: Iterable[Element]) -> list[str]:
    """The elements' own texts, without those of elements below them."""
    return [element.text for element in elements if isinstance(element, TextElement)]


def of_class(root: Element, name: str) -> list[Element]:
    """The elements below with this class, in the order of the page."""
    return [element for element in root.descendants() if name in element.classes]


def of_tag(root: Element, tag: str) -> list[Element]:
    """The elements below with this tag, in the order of the page."""
    return [element for element in root.descendants() if element.tag == tag]
