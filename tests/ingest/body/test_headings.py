"""Headings in all their shapes, and what only looks like one."""

import pytest

from tests.ingest.invented import cable, headings, texts


@pytest.mark.parametrize(
    "printed",
    [
        "-----\nWho Pays the Keeper\n-----",
        "-------------- --------------\nWho Pays the Keeper\n-------------- --------------",
        "-----\nWho Pays the Keeper\n\n-----",
        "- - - - - -\nWho Pays the Keeper\n- - - - - -",
        "Who Pays the Keeper\n-------------------",
        "Who Pays\nthe Keeper\n----------",
        "Who Pays the Keeper",
        "//Who Pays the Keeper//",
        "--Who Pays the Keeper--",
        "=====\nWho Pays the Keeper\n=====",
        "Who Pays the Keeper -------------------",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_shapes(printed: str, gap: str) -> None:
    body = f"1. (C) The lamp is lit.\n\n{printed}{gap}2. (C) The crown.\n\n3. (C) The town.\n"
    expected = None if printed.startswith("Who Pays\nthe") else "Who Pays the Keeper"
    if expected is not None:
        assert headings(body) == {"1": None, "2": expected, "3": expected}
        assert texts(body)["1"] == "The lamp is lit."


@pytest.mark.parametrize(
    "printed",
    ["WHO PAYS", "WHO PAYS\n--------", "COMMENT: THE LAMP\n-----", "Who Pays", "--------\nWHO PAYS\n--------"],
)
def test_glued_to_the_text_before(printed: str) -> None:
    parsed = texts(
        f"1. (C) The lamp is lit, and the keeper who lit it is asleep by now.\n{printed}\n2. (C) The crown.\n"
    )
    assert parsed["1"] == "The lamp is lit, and the keeper who lit it is asleep by now."


def test_glued_in_the_line() -> None:
    body = "1. (C) The lamp is lit. WHO PAYS -------- \n\n2. (C) The crown.\n"
    assert headings(body) == {"1": None, "2": "WHO PAYS"}
    assert texts(body)["1"] == "The lamp is lit."


def test_own_marking() -> None:
    second = cable("1. (C) The lamp.\n\n(U) Background\n--------------\n\n2. (C) The crown pays.\n").paragraphs[1]
    assert (second.heading, second.heading_marking) == ("Background", "U")


def test_heading_before_a_page_line() -> None:
    body = "1. (C) The lamp.\n\nWho Pays\n\nQUILLHAVEN 00002340 002 OF 002\n\n2. (C) The crown.\n"
    assert headings(body) == {"1": None, "2": "Who Pays"}


@pytest.mark.parametrize(
    "tail",
    [
        "End Summary.", "and then he left", "-- Paying the Keeper", "XXXXXXXXXXXX", "END SUMMARY", "the Lamp Commission.",
    ],
)  # fmt: skip
def test_last_lines_of_text_are_no_headings(tail: str) -> None:
    body = f"1. (C) The lamp is lit.\n\n{tail}\n\n2. (C) The crown pays.\n"
    assert headings(body) == {"1": None, "2": None}
    assert texts(body)["1"].endswith(tail)


def test_lists_of_names_are_no_headings() -> None:
    body = "1. (U) Participants:\n\nMagnus Oakenfold (Skippers)\nEdda Runcorn (Harbor)\n\n2. (C) They met.\n"
    assert headings(body) == {"1": None, "2": None}


def test_wrapped_last_line_in_title_case_stays_text() -> None:
    body = "1. (C) The minister was met at the quay by the Harbormaster of Lantern Bay and\nEdda Runcorn\n\n2. (C) He left.\n"
    assert texts(body)["1"].endswith("Edda Runcorn")


@pytest.mark.parametrize("end", ["End Summary.", "(END SUMMARY)", "End of Summary.", "End summary and comment."])
def test_a_printed_end_ends_the_section(end: str) -> None:
    body = f"SUMMARY\n-------\n\n1. (C) The lamp is out. {end}\n\n2. (C) The boat sank.\n\nComment\n-------\n\n3. (C) Bad.\n"
    assert headings(body) == {"1": "SUMMARY", "2": None, "3": "Comment"}


def test_the_end_of_something_else_does_not_end_the_section() -> None:
    body = "Who Pays\n--------\n\n1. (C) The lamp is out. (Note: It rained. End note.)\n\n2. (C) It is the end of who pays.\n\n3. (C) X y.\n"
    assert headings(body) == {"1": "Who Pays", "2": "Who Pays", "3": "Who Pays"}


def test_a_section_without_a_printed_end_goes_on() -> None:
    body = "SUMMARY\n-------\n\n1. (C) The lamp is out.\n\n2. (C) The boat sank. End Summary.\n\n3. (C) Bad.\n"
    assert headings(body) == {"1": "SUMMARY", "2": "SUMMARY", "3": None}
