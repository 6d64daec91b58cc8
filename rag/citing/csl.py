"""CSL-JSON items (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html), which Zotero and others read."""

from datetime import date
from typing import Any

from rag.citing.citable import Citable


def csl_item(citable: Citable) -> dict[str, Any]:
    """The item of a cable or paragraph; the paragraph is no part of it, but its id and address name it."""
    fields: dict[str, Any] = {
        "id": citable.key,
        "type": "document",
        "author": [{"literal": citable.author}],
        "title": citable.subject,
        "genre": citable.genre,
        "number": citable.number,
        "issued": None if citable.date is None else {"date-parts": [_parts(citable.date)]},
        "archive": citable.archive,
        "URL": citable.url,
        "note": citable.place,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]
