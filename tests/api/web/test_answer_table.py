from api.web.answer_table import draw_table
from rag.domain.answer_table import AnswerTable
from tests.api.web.elements import drawn, of_class, texts

HOSTILE = "<script>alert(1)</script>"


def test_cables_and_paragraphs_are_links_and_the_rule_stands_below() -> None:
    table = AnswerTable(
        ("date", "cable", "paragraph", "citation", "subject", "cables"),
        (("2008-01-02", "08QUILL1", "08QUILL2#3", "QUILL 2 ¶3", HOSTILE, 1234),),
        False,
        "cables from Quill",
    )
    with drawn() as root:
        draw_table(table)
    assert [(pill.props["href"], pill.text) for pill in of_class(root, "pill")] == [  # type: ignore[attr-defined]
        ("/read/08QUILL1", "08QUILL1"),
        ("/read/08QUILL2#p3", "QUILL 2 ¶3"),
    ]
    assert texts(root)[-2:] == ["1,234", "This may not be all of them. Counted: cables from Quill."]
    assert HOSTILE in texts(root), "shown as text"


def test_a_long_table_is_cut() -> None:
    with drawn() as root:
        draw_table(AnswerTable(("post", "cables"), tuple(("QUILL", each) for each in range(120)), True, "cables"))
    assert texts(root)[-1] == "20 more rows; export them as CSV. Counted: cables."
