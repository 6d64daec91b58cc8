"""What telegrams shorten, written out."""

import pytest

from rag.text.telegram_style import written_out


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A/S Gilly met the PM.", "A/S (assistant secretary) Gilly met the PM (prime minister)."),
        ("D/D Gilly saw Polcouns.", "D/D (deputy director) Gilly saw Polcouns (political counselor)."),
        ("PolOffs and the DCM", "PolOffs (political officer) and the DCM (deputy chief of mission)"),
        ("on 10/7", "on 10/7 (October 7)"),
        ("on 10/7/2004 and 1/2/05", "on 10/7/2004 (October 7, 2004) and 1/2/05 (January 2, 2005)"),
        ("USD 42m", "USD 42m (42 million)"),
        ("$1.5bn or $300 K", "$1.5bn (1.5 billion) or $300 K (300 thousand)"),
    ],
)
def test_what_is_short_is_followed_by_what_it_stands_for(text: str, written: str) -> None:
    assert written_out(text) == written


@pytest.mark.parametrize(
    "text",
    ["at 3 PM", "das Fm", "AA/S/D", "2/3 of them", "1 1/4", "24/7", "13/7", "ratio 1.5/7", "42m deep", "$42 more"],
)
def test_what_may_be_read_otherwise_stands_as_it_is(text: str) -> None:
    assert written_out(text) == text
