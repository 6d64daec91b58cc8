from rag.domain.answer_table import AnswerTable, table_csv, table_lines

TABLE = AnswerTable(("cable", "subject", "cables"), (("08QUILL1", "=1+1", 3), ("08QUILL1", None, 2)), True, "two")


def test_its_cables_are_named_once() -> None:
    assert TABLE.cables == ("08QUILL1",)
    assert AnswerTable(("date", "paragraph"), (("2008", "08QUILL1#2"),), True, "one").cables == ("08QUILL1",)


def test_csv_holds_no_formula() -> None:
    assert table_csv(TABLE.json()) == "cable,subject,cables\r\n08QUILL1,'=1+1,3\r\n08QUILL1,,2\r\n"


def test_lines_leave_out_what_is_empty_and_say_how_many_are_left() -> None:
    assert table_lines(TABLE.json(), 2) == ["08QUILL1 · =1+1 · 3", "08QUILL1 · 2"]
    assert table_lines(TABLE.json(), 1) == ["08QUILL1 · =1+1 · 3", "and 1 more"]
