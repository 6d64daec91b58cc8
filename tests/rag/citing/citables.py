"""A citable paragraph for the tests of styles and formats."""

from dataclasses import replace
from datetime import date
from typing import Any

from rag.citing.citable import Citable
from rag.domain.paragraph_key import Locator

_PARAGRAPH = Citable(
    key="09TRIPOLI198#3",
    number="09TRIPOLI198",
    author="U.S. Embassy Tripoli",
    subject="Libyan Succession Muddled",
    date=date(2009, 3, 9),
    marking="Secret/NOFORN",
    locator=Locator(3),
    archive="Public Library of US Diplomacy",
    url="https://cables.example/read/09TRIPOLI198#p3",
)


def make_citable(**fields: Any) -> Citable:
    """The paragraph with other fields."""
    return replace(_PARAGRAPH, **fields)
