"""The query language of a scan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.domain.scan_query import ScanQuery, ScanTerm
from rag.errors import BadInput
from rag.query.scan_reader import read_scan

A, B, C, D = (ScanTerm((letter,)) for letter in "abcd")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("a b", ScanQuery(((A,), (B,)))),
        ("a B OR c d", ScanQuery(((A,), (B, C), (D,)))),
        ("a OR b OR c", ScanQuery(((A, B, C),))),
        ("a -b -c", ScanQuery(((A,),), (B, C))),
        ("-b a", ScanQuery(((A,),), (B,))),
        ("a & b", ScanQuery(((A,), (B,)))),
        ("a or b", ScanQuery(((A,), (ScanTerm(("or",)),), (B,)))),
        ('"Port Closed"', ScanQuery(((ScanTerm(("port", "closed")),),))),
        ("“port closed”", ScanQuery(((ScanTerm(("port", "closed")),),))),
        ('a -"port closed"', ScanQuery(((A,),), (ScanTerm(("port", "closed")),))),
        ("al-Qa'ida", ScanQuery(((ScanTerm(("al", "qa", "ida")),),))),
        ("Fish*", ScanQuery(((ScanTerm(("fish*",)),),))),
        ('"al-Qa* cell"', ScanQuery(((ScanTerm(("al", "qa*", "cell")),),))),
        ('"port closed"~5', ScanQuery(((ScanTerm(("port", "closed"), 5),),))),
        ('"a (b)"', ScanQuery(((ScanTerm(("a", "b")),),))),
        ("minister (foreign)", ScanQuery(((ScanTerm(("minister",)),), (ScanTerm(("foreign",)),)))),
    ],
)
def test_what_a_query_means(text: str, query: ScanQuery) -> None:
    assert read_scan(text) == query


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing to look for"),
        ("...", "nothing to look for"),
        ("-a", "nothing to look for"),
        ('"a b', "close the phrase"),
        ("OR a", "OR stands between"),
        ("a OR", "OR stands between"),
        ("a OR OR b", "OR stands between"),
        ("a OR -b", "OR stands between"),
        ("-a OR b", "OR stands between"),
        ("(a b) OR c", "brackets"),
        ("*fish", r"a \* stands for the rest"),
        ("f*", "two letters"),
        ("fi*sh", r"a \* stands for the rest"),
        ("*", r"a \* stands for the rest"),
        ('"a"~5', "two to 6 words"),
        ('"a b c d e f g"~5', "two to 6 words"),
        ('"a b"~', "how many other words"),
        ('"a b"~101', "how many other words"),
        ("a " * 21, "21 terms"),
        ("ab* " * 7, "7 words with a"),
        ("a" * 1001, "1,001 characters"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as refused:
        read_scan(text)
    assert "\n" not in str(refused.value)


@given(st.text(alphabet='ab "~5*-OR(é', max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert read_scan(text).required
    except BadInput as refused:
        assert len(str(refused)) < 200
