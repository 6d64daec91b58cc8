from rag.citing.bibtex import bibtex
from tests.rag.citing.citables import make_citable


def test_an_entry() -> None:
    assert bibtex(make_citable()).splitlines() == [
        "@misc{09TRIPOLI198-3,",
        "  author = {{U.S. Embassy Tripoli}},",
        "  title = {{Libyan Succession Muddled}},",
        "  howpublished = {Secret/NOFORN cable 09TRIPOLI198},",
        "  year = {2009},",
        "  month = mar,",
        "  day = {9},",
        "  note = {¶ 3},",
        "  organization = {Public Library of US Diplomacy},",
        "  url = {https://cables.example/read/09TRIPOLI198#p3},",
        "}",
    ]


def test_what_means_something_to_tex_is_escaped() -> None:
    entry = bibtex(make_citable(subject=r"50% OF $1_000 & {\input} #1 ~^"))
    title = r"title = {{50\% OF \$1\_000 \& \{\textbackslash{}input\} \#1 \textasciitilde{}\textasciicircum{}}},"
    assert title in entry


def test_an_undated_cable_without_a_subject() -> None:
    entry = bibtex(make_citable(subject=None, date=None))
    assert "year = {n.d.}" in entry and "title" not in entry and "month" not in entry
