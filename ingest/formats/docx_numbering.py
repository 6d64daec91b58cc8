"""The numbers of a Word file's automatic lists, which its text does not hold."""

from collections.abc import Iterator, Mapping

from lxml import etree  # type: ignore[import-untyped]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DEEPEST = 9  # levels of a list


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._formats = dict(_formats(numbering)) if numbering is not None else {}
        self._styles = dict(_style_lists(styles)) if styles is not None else {}
        self._counts: dict[str, list[int]] = {}

    def label(self, paragraph: etree._Element) -> str:
        """`3. ` for a paragraph that Word would number so; empty for one without a number."""
        number, level = self._list_of(paragraph)
        form = self._formats.get((number, level))
        if form is None:
            return ""
        kind, text, start = form
        counts = self._counts.setdefault(number, [0] * _DEEPEST)
        counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * (_DEEPEST - level - 1)
        if kind == "bullet":
            return "- "
        for depth in range(level + 1):
            text = text.replace(f"%{depth + 1}", _printed(kind if depth == level else "decimal", counts[depth] or 1))
        return f"{text} " if text.strip() else ""

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        number, level = _reference(paragraph)
        if number is None:
            style = _first(paragraph, "pStyle")
            number, level = self._styles.get(_value(style) or "", ("", 0))
        return number or "", min(level, _DEEPEST - 1)


def _printed(kind: str, count: int) -> str:
    if kind in {"lowerLetter", "upperLetter"}:
        letter = _LETTERS[(count - 1) % len(_LETTERS)]
        return letter if kind == "lowerLetter" else letter.upper()
    return str(count)


def _formats(root: etree._Element) -> Iterator[tuple[tuple[str, int], tuple[str, str, int]]]:
    """Format, text and first number of each level of each list."""
    abstract = {_attribute(element, "abstractNumId"): element for element in _all(root, "abstractNum")}
    for numbered in _all(root, "num"):
        source = abstract.get(_value(_first(numbered, "abstractNumId")))
        for level in _all(source, "lvl") if source is not None else ():
            depth = _integer(_attribute(level, "ilvl"))
            kind = _value(_first(level, "numFmt")) or "decimal"
            text = _value(_first(level, "lvlText")) or ""
            start = _integer(_value(_first(level, "start")), 1)
            yield (_attribute(numbered, "numId") or "", depth), (kind, text, start)


def _style_lists(root: etree._Element) -> Iterator[tuple[str, tuple[str, int]]]:
    for style in _all(root, "style"):
        number, level = _reference(style)
        if number:
            yield _attribute(style, "styleId") or "", (number, level)


def _reference(element: etree._Element) -> tuple[str | None, int]:
    """The list and level that an element's own properties name."""
    properties = next((child for child in element if _is(child, "pPr")), None)
    numbered = _first(properties, "numPr") if properties is not None else None
    if numbered is None:
        return None, 0
    return _value(_first(numbered, "numId")), _integer(_value(_first(numbered, "ilvl")))


def _is(element: etree._Element, name: str) -> bool:
    return isinstance(element.tag, str) and etree.QName(element).localname == name


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iter() if _is(element, name))


def _first(root: etree._Element, name: str) -> etree._Element | None:
    return next(_all(root, name), None)


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else _attribute(element, "val")


def _attribute(element: etree._Element, name: str) -> str | None:
    attributes: Mapping[str, str] = element.attrib
    return next((value for key, value in attributes.items() if etree.QName(key).localname == name), None)


def _integer(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else default
