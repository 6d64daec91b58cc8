import json

import pytest

from rag.citing.citation_style import MEDIA_TYPES, CitationStyle
from rag.citing.citation_text import cite_in
from tests.rag.citing.citables import make_citable


@pytest.mark.parametrize(
    ("style", "start"),
    [
        (CitationStyle.CHICAGO, "U.S. Embassy Tripoli, “"),
        (CitationStyle.CHICAGO_BIBLIOGRAPHY, "U.S. Embassy Tripoli. “"),
        (CitationStyle.MLA, "U.S. Embassy Tripoli. “"),
        (CitationStyle.BIBTEX, "@misc{09TRIPOLI198-3,"),
        (CitationStyle.RIS, "TY  - RPRT"),
        (CitationStyle.CSL_JSON, "["),
    ],
)
def test_every_style(style: CitationStyle, start: str) -> None:
    cited = cite_in(style, make_citable())
    assert cited.text.startswith(start)
    assert cited.json() == {"key": "09TRIPOLI198#3", "style": style, "text": cited.text, "in_text": cited.in_text}
    assert (cited.in_text is not None) == (style is CitationStyle.MLA)


def test_csl_json_is_a_list_of_items() -> None:
    [item] = json.loads(cite_in(CitationStyle.CSL_JSON, make_citable()).text)
    assert item["number"] == "09TRIPOLI198"


def test_the_formats_for_programs_have_media_types() -> None:
    assert set(MEDIA_TYPES) == {CitationStyle.BIBTEX, CitationStyle.RIS, CitationStyle.CSL_JSON}
