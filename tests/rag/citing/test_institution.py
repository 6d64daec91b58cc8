from dataclasses import replace

import pytest

from rag.citing.institution import institution
from tests.rag.samples import make_cable


@pytest.mark.parametrize(
    ("origin", "author"),
    [
        ("Embassy Tokyo", "U.S. Embassy Tokyo"),
        ("AMEMBASSY PORT ZEPHYR", "U.S. Embassy Port Zephyr"),
        ("AMCONSUL LANTERN BAY", "U.S. Consulate Lantern Bay"),
        ("AMCONGEN  HONG KONG", "U.S. Consulate General Hong Kong"),
        ("Mission USNATO", "U.S. Mission USNATO"),
        ("USMISSION USUN NEW YORK", "U.S. Mission USUN New York"),
        ("Secretary of State", "U.S. Department of State"),
        ("SECSTATE WASHDC", "U.S. Department of State"),
        ("Iran RPO Dubai", "Iran RPO Dubai"),
        ("USINT HAVANA", "U.S. Interests Section Havana"),
        (None, "Quill Bay"),
        ("  ", "Quill Bay"),
    ],
)
def test_the_author_is_the_mission(origin: str | None, author: str) -> None:
    assert institution(replace(make_cable("08QUILLBAY1", "One."), origin=origin, post="QUILL BAY")) == author
