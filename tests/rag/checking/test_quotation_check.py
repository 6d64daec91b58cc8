from collections.abc import Iterator

import pytest

from rag.catalog.catalog import Catalog
from rag.checking.quotation_check import CheckedQuotation, QuotationCheck
from rag.checking.quotations import DraftQuotation
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.domain.span import Span
from rag.index.lexical import LexicalIndex
from tests.rag.samples import make_cable

CABLES = [
    make_cable(
        "08QUILL1", "The master hid eleven barrels of lamp oil.", ("U", "The bell rang at noon."), subject="OIL"
    ),
    make_cable("08QUILL2", ("U", "The keepers of the light asked for more pay."), subject="PAY"),
    make_cable("08QUILL3", "A palace source paid for the ferry from a hidden account.", subject="FERRY"),
]


@pytest.fixture
def lexical(catalog: Catalog) -> Iterator[LexicalIndex]:
    index = LexicalIndex(None)
    for cable in CABLES:
        catalog.put(cable)
    index.replace(CABLES)
    catalog.mark_indexed([str(cable.id) for cable in CABLES])
    yield index


def checked(
    catalog: Catalog, lexical: LexicalIndex, quotation: str, locator: str | None, reader: Clearance | None = None
) -> CheckedQuotation | None:
    scoped = catalog.as_reader(reader) if reader else catalog
    cable = scoped.cable("08QUILL1")
    assert cable is not None
    cited = [each for each in cable.paragraphs if locator is None or str(each.key.locator) == locator]
    whole = Span(0, len(quotation))
    index = lexical.as_reader(reader) if reader else lexical
    return QuotationCheck(quotation, scoped, index).check(DraftQuotation(whole, (whole,)), cited, cable)


@pytest.mark.parametrize(
    ("quotation", "locator", "status", "keys"),
    [
        ("eleven barrels of lamp oil", "1", "exact", ("08QUILL1#1",)),
        ("The bell rang", None, "exact", ("08QUILL1#2",)),
        ("lamp oil. The bell", None, "exact", ("08QUILL1#1", "08QUILL1#2")),
        ("twelve barrels of lamp oil", "1", "differs", ("08QUILL1#1",)),
        ("The bell rang", "1", "elsewhere", ("08QUILL1#2",)),
        ("the light asked for more", "1", "elsewhere", ("08QUILL2#1",)),
        ("a moon of green cheese", "1", "absent", ()),
    ],
)
def test_where_the_words_stand(
    catalog: Catalog, lexical: LexicalIndex, quotation: str, locator: str | None, status: str, keys: tuple[str, ...]
) -> None:
    found = checked(catalog, lexical, quotation, locator)
    assert found is not None and (found.status, found.keys) == (status, keys)


@pytest.mark.parametrize("quotation", ["Oil.", "“OIL”", "...", "[sic]"])
def test_a_subject_and_no_words_are_no_quotation(catalog: Catalog, lexical: LexicalIndex, quotation: str) -> None:
    assert checked(catalog, lexical, quotation, "1") is None


def test_what_the_reader_may_not_see_is_nowhere(catalog: Catalog, lexical: LexicalIndex) -> None:
    for hidden in ("source paid for the ferry", "hid eleven barrels of lamp oil"):
        found = checked(catalog, lexical, hidden, "2", Clearance(Level.U))
        assert found is not None and (found.status, found.keys) == ("absent", ())
