"""The tokens of a REF value."""

import pytest

from ingest.header.reference_tokens import Kind, tokens


def _shown(value: str) -> str:
    return " ".join("|" if token.kind is Kind.BREAK else token.text for token in tokens(value))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("07 TOKYO 45, 46", "07 TOKYO 45 , 46"),
        ("09CAIRO0561", "09 CAIRO 0561"),
        ("O4 0TTAWA 3518", "04 OTTAWA 3518"),
        ("PORT-AU-PRINCE 7", "PORT AU PRINCE 7"),
        ("ST. PETERSBURG 1, MEXICO D.F. 2", "ST PETERSBURG 1 , MEXICO DF 2"),
        ("(A) STATE 1 (06) ROME 2", "| STATE 1 06 ROME 2"),
        ("TOKYO 1 (ROME, SEE PARA 2)", "TOKYO 1 |"),
        ("2/22/08", "|"),
        ("'05 OSLO 9", "05 OSLO 9"),
    ],
)
def test_tokens(value: str, shown: str) -> None:
    assert _shown(value) == shown
