"""Text copied from web pages that set labels and values over the telegram.

`Identifier / Created / Classification / Origin`, one a line or in columns, then the values, the title, the tags and
the page's own links.
"""

import re
from dataclasses import replace

from ingest.metadata import label_of, read_metadata
from ingest.raw_telegram import RawTelegram

_SEARCHED = 40  # lines; the labels stand at the top of the page
_CHROME = re.compile(
    r"\s{0,40}(?:cable title:?|tags:\s|pdf how-to read a cable|how-to read a cable|viewing cable|"
    r"if you are new to these pages|help us extend|courage is contagious|print|share|permalink)",
    re.IGNORECASE,
)
_TELEGRAM = re.compile(
    r"\s{0,40}(?:VZCZC|DE [A-Z]{4,9} |[A-Z]{2} RU|[OPRZ] (?:[OPRZ] )?\d{6}Z |FM [A-Z]|PAGE 0|E\.?O\.? |"
    r"(?:(?:UNCLAS|SECRET|CONFIDENTIAL|[A-Z](?: [A-Z]){4,})\b))"
)


def read_identifier_page(text: str) -> RawTelegram | None:
    """The telegram under a label block, or None where the text has none."""
    lines = text.split("\n")
    filled = [index for index, line in enumerate(lines[: 4 * _SEARCHED]) if line.strip()][:_SEARCHED]
    cells = [(index, cell.strip()) for index in filled for cell in lines[index].split("\t") if cell.strip()]
    for start, (_, cell) in enumerate(cells):
        if label_of(cell) is None:
            continue
        width = 1
        while start + width < len(cells) and label_of(cells[start + width][1]):
            width += 1
        values = cells[start + width : start + 2 * width]
        metadata = read_metadata([cell for _, cell in cells[start : start + width]], [cell for _, cell in values])
        if metadata is None:
            return None
        body = RawTelegram(body="\n".join(_below(lines, values[-1][0] + 1)))
        return replace(
            body,
            declared_id=metadata.declared_id,
            created=metadata.created,
            classification=metadata.classification,
            origin=metadata.origin,
        )
    return None


def _below(lines: list[str], start: int) -> list[str]:
    """The lines from the telegram's first on, without the page's title and links before it."""
    chrome = False
    for index in range(start, min(start + _SEARCHED, len(lines))):
        if _CHROME.match(lines[index]):
            chrome = True
        elif chrome and _TELEGRAM.match(lines[index]):
            return lines[index:]
    return lines[start:]
