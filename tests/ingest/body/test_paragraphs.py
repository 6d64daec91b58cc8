"""Where paragraphs begin and end, rule by rule, on invented telegrams."""

import pytest

from tests.ingest.invented import cable, numbers, texts


def _body(*starts: str) -> str:
    return "".join(f"{start} The keeper of light {place} spoke.\n\n" for place, start in enumerate(starts))


@pytest.mark.parametrize(
    "starts",
    [
        ("1. (C)", "2. (C)", "3. (U)"),
        ("¶1. (C)", "¶2. (C)", "¶3. (U)"),
        ("[1](#)1. (C)", "[1](#)2. (C)", "[1](#)3. (U)"),
        ("1.(C)", "2.(C)", "3.(U)"),
        ("1, (C)", "2, (C)", "3, (U)"),
        ("1 (C)", "2 (C)", "3 (U)"),
        ("   ¶1. (C)", "   ¶2. (C)", "   ¶3. (U)"),
        ("1.  (C)", "2.  ( C )", "3.  (c)"),
        ("1.", "2.", "3."),
        ("1.The", "2.The", "3.The"),
        ("(1). (U)", "(2). (U)", "(3). (U)"),
        ("1)", "2)", "3)"),
        ("[1](#)1. (C)", "[1](#)2. (C)", "13. (C)"),
        ("1. (C)", "2. (C)", "13. (C)"),
        ("11. (C)", "12. (C)", "13. (C)"),
    ],
)
def test_every_way_to_print_a_number(starts: tuple[str, ...]) -> None:
    assert numbers(_body(*starts)) == ["1", "2", "3"]


def test_lost_pilcrows_go_on_past_nine() -> None:
    starts = ["1. (C)", "2. (C)", *(f"1{number}. (C)" for number in range(3, 14))]
    assert numbers(_body(*starts)) == [str(number) for number in range(1, 14)]


def test_thirteen_after_twelve_is_thirteen() -> None:
    starts = [f"{number}. (C)" for number in range(1, 16)]
    assert numbers(_body(*starts)) == [str(number) for number in range(1, 16)]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ((1, 2, 4, 5), ["1", "2", "4", "5"]),
        ((1, 2, 3, 4, 6, 5, 7), ["1", "2", "3", "4", "6", "5", "7"]),
        ((1, 2, 3, 3, 4), ["1", "2", "3", "3~2", "4"]),
        ((1, 2, 2, 2, 3), ["1", "2", "2~2", "2~3", "3"]),
        ((6, 7, 8), ["6", "7", "8"]),
    ],
)
def test_numbers_are_kept_as_printed(printed: tuple[int, ...], expected: list[str]) -> None:
    assert numbers(_body(*(f"{number}. (C)" for number in printed))) == expected


@pytest.mark.parametrize("sign", ["", "¶"])
@pytest.mark.parametrize("wrapped", ["2006.", "30.", "1737.", "15."])
def test_wrapped_numbers_do_not_cut(sign: str, wrapped: str) -> None:
    body = (
        "1. (C) The harbor commission, which has met every week since the end of the\n"
        f"{sign}{wrapped} It meets again on Monday.\n\n2. (C) The second speaker left.\n"
    )
    parsed = texts(body)
    assert list(parsed) == ["1", "2"]
    assert f"the {wrapped} It meets" in parsed["1"]


def test_wrapped_number_that_would_continue_the_count() -> None:
    body = (
        "1. (C) The commission was told that the dredger would be here by March\n¶2. Nobody believed it at the time.\n\n"
        "2. (C) The dredger came.\n\n3. (C) It left again.\n"
    )
    assert numbers(body) == ["1", "2", "3"]
    assert "by March 2. Nobody" in texts(body)["1"]


def test_numbered_list_inside_a_paragraph() -> None:
    items = "1. a buoy\n\n2. a bell\n\n3. a lamp\n\n"
    assert numbers(f"1. (C) First.\n\n2. (C) They asked for:\n\n{items}3. (C) Third.\n\n4. (C) Fourth.\n") == list(
        "1234"
    )
    assert numbers(f"1. First.\n\n2. They asked for:\n\n{items}3. Third.\n\n4. Fourth.\n") == list("1234")
    assert numbers("1. (C) They asked for 1) a buoy,\n2) a bell and\n3) a lamp.\n\n2. (C) No more.\n") == ["1", "2"]


def test_marked_paragraphs_keep_a_long_unmarked_list_out() -> None:
    items = "".join(f"{number}. Both sides agree on point {number}.\n\n" for number in range(1, 24))
    assert numbers(f"1. (C) First.\n\n2. (C) Second.\n\n3. (C) The text follows.\n\n{items}") == ["1", "2", "3"]


def test_letters_in_ref_are_no_paragraphs() -> None:
    assert numbers("¶1. (C) Only one.\n\n¶A. is a letter.\n") == ["1"]
    assert cable("¶1. (C) Only one here.\n").references == ("08STATE89769", "07PORTZEPHYR301")


def test_bullets_points_and_tables_stay_inside() -> None:
    body = (
        "1. (C) The points were:\n\n-- the lamp is old;\n\n- the keeper is older;\n\na. nobody pays.\n\n"
        "Year    Lamps   Keepers\n2005       12         4\n2006       11         3\n\n2. (C) The end of it.\n"
    )
    paragraph = cable(body).paragraphs[0]
    assert numbers(body) == ["1", "2"]
    assert "\n\n-- the lamp is old;\n\n- the keeper" in paragraph.layout
    assert "2005       12         4\n2006" in paragraph.layout
    assert "Year Lamps Keepers 2005 12 4" in paragraph.text


@pytest.mark.parametrize("printed", ["C", "U", "SBU", "C/NF", "S//NF", "SNF", "C/Rel Aus", "c", "S/NF", "C NF"])
def test_markings_are_read_as_printed(printed: str) -> None:
    first = cable(f"1. ({printed}) The lamp is lit tonight.\n").paragraphs[0]
    assert first.marking == printed
    assert first.text == "The lamp is lit tonight."


@pytest.mark.parametrize("printed", ["China", "U.S.", "Comment", "1", "see para 3"])
def test_other_parentheses_are_text(printed: str) -> None:
    first = cable(f"1. ({printed}) The lamp is lit tonight.\n").paragraphs[0]
    assert first.marking is None
    assert first.effective_marking == "C"
    assert first.text.startswith(f"({printed}) The lamp")


def test_extracts_and_two_messages_are_noted() -> None:
    assert any("extract" in problem for problem in cable("[...]\n\n6. (C) The sixth.\n\n7. (C) The end.\n").problems)
    second = (
        "C O N F I D E N T I A L OSTERMERE 000071\n\nSIPDIS\n\nE.O. 12958: DECL: 01/01/2018\nTAGS: PREL\nSUBJECT: Z\n\n"
    )
    body = f"1. (C) First one.\n\n2. (C) Second one. Text follows:\n\n{second}1. (C) Another.\n\n2. (C) And more.\n"
    parsed = cable(body)
    assert "two messages in one body" in parsed.problems
    assert numbers(body) == ["1", "2", "1~2", "2~2"]


def test_a_number_without_text_is_noted_and_not_citable() -> None:
    parsed = cable("¶1. The lamp is out.\n\n¶2.\n\nWho Pays\n\n¶3. The boat sank on the way.\n")
    assert [(str(each.key.locator), each.heading) for each in parsed.paragraphs] == [("1", None), ("3", "Who Pays")]
    assert parsed.problems == ("numbers without text: ¶2",)
