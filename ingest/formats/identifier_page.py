"""Text copied from web pages that print labels and values above the telegram.

The labels `Identifier / Created / Classification / Origin` stand one to a line or in columns. The values follow, then
the title, the tags and the page's own links.
"""

import re

from ingest.formats.metadata import field_of, read_metadata
from ingest.formats.raw_telegram import RawTelegram

_SEARCHED = 40  # lines that hold text; the labels stand at the top of the page
_PAGE = re.compile(
    r"\s{0,40}(?:cable title:?|tags:\s|pdf how-to read a cable|how-to read a cable|viewing cable|"
    r"if you are new to these pages|help us extend|courage is contagious|print|share|permalink)",
    re.IGNORECASE,
)
_TELEGRAM = re.compile(
    r"\s{0,40}(?:VZCZC|DE [A-Z]{4,9} |[A-Z]{2} RU|[OPRZ] (?:[OPRZ] )?\d{6}Z |FM [A-Z]|PAGE 0|E\.?O\.? |"
    r"(?:(?:UNCLAS|SECRET|CONFIDENTIAL|[A-Z](?: [A-Z]){4,})\b))"
)


def read_identifier_page(text: str) -> RawTelegram | None:
    """The telegram under a block of labels and values; None where the text has no such block."""
    lines = text.split("\n")
    filled = [index for index, line in enumerate(lines[: 4 * _SEARCHED]) if line.strip()][:_SEARCHED]
    cells = [(index, cell.strip()) for index in filled for cell in lines[index].split("\t") if cell.strip()]
    start = next((position for position, (_, cell) in enumerate(cells) if field_of(cell)), None)
    if start is None:
        return None
    width = 1
    while start + width < len(cells) and field_of(cells[start + width][1]):
        width += 1
    values = cells[start + width : start + 2 * width]
    metadata = read_metadata([cell for _, cell in cells[start : start + width]], [cell for _, cell in values])
    if metadata is None:
        return None
    return RawTelegram("\n".join(_telegram_lines(lines, values[-1][0] + 1)), metadata=metadata)


def _telegram_lines(lines: list[str], start: int) -> list[str]:
    """The lines from `start` on without the page's title and links that precede the telegram."""
    after_page_line = False
    for index in range(start, min(start + _SEARCHED, len(lines))):
        if _PAGE.match(lines[index]):
            after_page_line = True
        elif after_page_line and _TELEGRAM.match(lines[index]):
            return lines[index:]
    return lines[start:]
