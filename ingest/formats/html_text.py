"""The visible text of HTML, one line for each block-level element."""

import re
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

_PARSER_OPTIONS = {"encoding": "utf-8", "no_network": True, "remove_comments": True, "remove_pis": True}
_BLOCKS = frozenset(
    """
    address article blockquote br center dd div dl dt form h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul
    """.split()
)
_SILENT = frozenset(("script", "style", "head", "title", "noscript", "template"))
_MARKUP = re.compile(r"(?i)<(?:br\s{0,3}/?|/(?:p|div|pre|span|li|tr|table))>")
_LOOKED_AT = 100_000  # characters
_SURELY = 2  # tags


def parse_html(text: str) -> etree._Element | None:
    """The root element; None where the text holds no element."""
    return etree.fromstring(text.encode("utf-8", "replace"), etree.HTMLParser(**_PARSER_OPTIONS))


def element_text(element: etree._Element) -> str:
    """All text in an element, as it stands."""
    return "".join(element.itertext())


def visible_lines(root: etree._Element) -> Iterator[str]:
    """The visible text, one line for each block-level element."""
    line: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _BLOCKS:
                yield "".join(line)
                line.clear()
            if tag not in _SILENT and element.text:
                line.append(element.text)
        else:
            if tag in _BLOCKS and tag != "br":
                yield "".join(line)
                line.clear()
            if element.tail:
                line.append(element.tail)
    yield "".join(line)


def markup_to_text(text: str) -> str:
    """The visible text of a field that holds HTML; other text unchanged."""
    if len(_MARKUP.findall(text, 0, _LOOKED_AT)) < _SURELY:
        return text
    root = parse_html(f"<body>{text}</body>")
    return text if root is None else "\n".join(visible_lines(root)).strip("\n")
