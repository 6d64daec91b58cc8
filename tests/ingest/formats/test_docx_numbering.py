"""Numbers that Word adds to paragraphs."""

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.docx_numbering import Numbering
from tests.ingest.documents import WORD, docx, one, paragraphs, telegram

_LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
)
_LISTS = (
    f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0">{_LEVELS}</w:abstractNum>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
_STYLES = f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="Para"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style></w:styles>'


def _listed(level: int) -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="4"/></w:numPr></w:pPr>'


def test_levels_count_for_themselves() -> None:
    numbering = Numbering(etree.fromstring(_LISTS), etree.fromstring(_STYLES))
    properties = (
        _listed(0),
        _listed(1),
        _listed(1),
        _listed(2),
        '<w:pPr><w:pStyle w:val="Para"/></w:pPr>',
        _listed(1),
        "",
    )
    labels = [numbering.label(etree.fromstring(f'<w:p xmlns:w="{WORD}">{each}</w:p>')) for each in properties]
    assert labels == ["1. ", "1a) ", "1b) ", "- ", "2. ", "2a) ", ""]


def test_automatic_numbers_are_the_telegram_s() -> None:
    head, _, rest = telegram().partition("1. ")
    content = (
        paragraphs(head)
        + paragraphs("(U) One.", _listed(0))
        + paragraphs("(C) Two.", _listed(0))
        + paragraphs("SULLIVAN")
    )
    cable = one(docx(content, numbering=_LISTS))
    assert [(each.number, each.marking, each.text) for each in cable.paragraphs] == [(1, "U", "One."), (2, "C", "Two.")]
    assert rest
