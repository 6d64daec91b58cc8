"""Texts that hold several telegrams: each is a cable of its own, or is left out; none counts as less than its marking."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.parser import read
from ingest.sources.document import Document, Rejection
from rag.domain.cable import Cable
from rag.domain.marking import Level, read_marking

LEVELS = {
    "UNCLAS": Level.U, "C O N F I D E N T I A L": Level.C, "CONFIDENTIAL": Level.C, "S E C R E T": Level.S,
    "SECRET": Level.S, "T O P S E C R E T": Level.TS, "LIMITED OFFICIAL USE": Level.SBU,
}  # fmt: skip
POSTS = ("HARARE", "LUSAKA", "NEW DELHI", "THE HAGUE")
SEPARATORS = ("\n", "\n\n", "\nNNNN\n\n", "\n\n\n\n", "\n=====\n", "\nBT\n#0001\nNNNN\n", "\n\n{level}\n\n", " ")


@dataclass(frozen=True)
class Telegram:
    """An invented telegram, of which parts of the head may be missing."""

    serial: int
    post: str
    level: str
    missing: frozenset[str]
    numbered: bool
    portion: str | None

    @property
    def word(self) -> str:
        """A word that no other telegram of the text has."""
        return f"zebra{self.serial}"

    @property
    def named(self) -> bool:
        """Whether the head says which cable it is."""
        return not self.missing & {"dtg", "message"}

    @property
    def marking(self) -> Level | None:
        """The level of its text as printed; None where nothing is."""
        if self.portion and self.numbered:
            return LEVELS_OF_PORTIONS[self.portion]
        return None if "message" in self.missing else LEVELS[self.level]

    def text(self) -> str:
        head = {
            "dtg": f"R {self.serial % 28 + 1:02d}12{self.serial % 60:02d}Z MAY 02",
            "sender": f"FM AMEMBASSY {self.post}",
            "to": "TO SECSTATE WASHDC",
            "message": f"{self.level} {self.post} {self.serial:06d}",
            "order": "E.O. 12958: N/A",
            "tags": "TAGS: ZI PREL",
            "subject": f"SUBJECT: MATTER {self.serial} OF {self.word.upper()}",
        }
        lines = [line for name, line in head.items() if name not in self.missing]
        portion = f"({self.portion}) " if self.portion else ""
        body = f"1. {portion}The {self.word} was seen." if self.numbered else f"The {self.word} was seen on Monday."
        return "\n".join((*lines, "", body, "", "SULLIVAN"))


LEVELS_OF_PORTIONS = {"U": Level.U, "C": Level.C, "S": Level.S}
_missing = st.sets(st.sampled_from(("dtg", "sender", "to", "message", "order", "tags", "subject")), max_size=3)


@st.composite
def mixtures(draw: st.DrawFn) -> tuple[list[Telegram], str]:
    """Two to four telegrams in one text, in any order, with any separators and parts of heads missing."""
    count = draw(st.integers(2, 4))
    serials = draw(st.lists(st.integers(1001, 1099), min_size=count, max_size=count, unique=True))
    telegrams = [
        Telegram(
            serial,
            draw(st.sampled_from(POSTS)),
            draw(st.sampled_from(sorted(LEVELS))),
            frozenset(draw(_missing)),
            draw(st.booleans()),
            draw(st.sampled_from((None, "U", "C", "S"))),
        )
        for serial in serials
    ]
    text = telegrams[0].text()
    for telegram in telegrams[1:]:
        text += draw(st.sampled_from(SEPARATORS)).replace("{level}", telegram.level) + telegram.text()
    return telegrams, text


def cables(text: str, name: str = "copy.txt") -> list[Cable]:
    return [result for result in read(Document(name, text.encode())) if isinstance(result, Cable)]


def rejections(text: str, name: str = "copy.txt") -> list[Rejection]:
    return [result for result in read(Document(name, text.encode())) if isinstance(result, Rejection)]


@settings(max_examples=150, deadline=None)
@given(mixtures())
def test_text_never_counts_as_less_than_the_marking_it_stands_under(mixture: tuple[list[Telegram], str]) -> None:
    telegrams, text = mixture
    for cable in cables(text):
        for telegram in telegrams:
            for paragraph in cable.paragraphs:
                if telegram.word in paragraph.text and paragraph.effective_marking:
                    marking = read_marking(paragraph.effective_marking)
                    assert marking and telegram.marking is not None and marking.level >= telegram.marking
            if cable.subject and telegram.word.upper() in cable.subject and "message" not in telegram.missing:
                classification = read_marking(cable.classification or "")
                assert classification and classification.level >= LEVELS[telegram.level]


@settings(max_examples=150, deadline=None)
@given(mixtures())
def test_text_is_cited_as_the_telegram_it_belongs_to(mixture: tuple[list[Telegram], str]) -> None:
    telegrams, text = mixture
    for cable in cables(text):
        for telegram in telegrams:
            if any(telegram.word in paragraph.text for paragraph in cable.paragraphs):
                assert cable.id.serial == telegram.serial


@settings(max_examples=150, deadline=None)
@given(mixtures())
def test_what_has_a_whole_head_is_never_lost(mixture: tuple[list[Telegram], str]) -> None:
    telegrams, text = mixture
    found = {cable.id.serial for cable in cables(text)}
    assert {telegram.serial for telegram in telegrams if not telegram.missing} <= found


def test_the_second_telegram_of_a_text_is_a_cable_of_its_own(shared: Path) -> None:
    first, second = cables((shared / "found" / "leak.txt").read_text(), "leak.txt")
    assert (str(first.id), first.classification, f"{first.date:%Y-%m-%d}") == (
        "02HARARE1051",
        "UNCLASSIFIED",
        "2002-05-02",
    )
    assert [paragraph.text for paragraph in first.paragraphs] == ["Rain fell on Monday."]
    assert (str(second.id), second.classification, f"{second.date:%Y-%m-%d}") == (
        "02HARARE1077",
        "SECRET",
        "2002-05-03",
    )
    assert [paragraph.effective_marking for paragraph in second.paragraphs] == ["S"]
    assert first.signers == second.signers == ("SULLIVAN",)
    assert first.source == "leak.txt:1" and first.problems == ("cut from a text that holds several telegrams",)


def test_a_page_with_the_text_of_another_cable_is_cited_as_that_cable(shared: Path) -> None:
    page = (shared / "found" / "73TEHRAN2077.html").read_text(errors="replace")
    (cable,) = cables(page, "73TEHRAN2077.html")
    assert (str(cable.id), cable.classification, f"{cable.date:%Y-%m-%d}") == (
        "06THEHAGUE131",
        "CONFIDENTIAL",
        "2006-01-19",
    )
    assert {paragraph.effective_marking for paragraph in cable.paragraphs} == {"C"}
    (rejection,) = rejections(page, "73TEHRAN2077.html")
    assert rejection == Rejection("73TEHRAN2077.html:1", "a telegram header without any text under it")


HEAD = "R 021200Z MAY 02\nFM AMEMBASSY HARARE\nTO SECSTATE WASHDC\nC O N F I D E N T I A L {section}HARARE 001051\n\n"
BLOCK = "E.O. 12958: DECL: 05/02/2012\nTAGS: ZI PREL\nSUBJECT: RAIN IN THE NORTH\n\n"


@pytest.mark.parametrize("again", [HEAD, HEAD + BLOCK, HEAD.partition("C O N")[2].join(("C O N", BLOCK)), BLOCK])
def test_the_head_of_a_further_section_begins_no_telegram(again: str) -> None:
    text = HEAD.format(section="SECTION 01 OF 02 ") + BLOCK + "1. (C) Rain fell.\n\n"
    text += again.format(section="SECTION 02 OF 02 ") + "2. (C) It went on.\n\nSULLIVAN\n"
    (cable,) = cables(text)
    assert [paragraph.text for paragraph in cable.paragraphs] == ["Rain fell.", "It went on."]


def test_a_telegram_that_another_quotes_stays_in_it_with_the_higher_marking() -> None:
    quoted = HEAD.format(section="") + BLOCK + "1. Rain fell.\n\nUNQUOTE\n"
    head = "O 041200Z MAY 02\nFM SECSTATE WASHDC\nTO AMEMBASSY LUSAKA\nUNCLAS STATE 097844\n\nSUBJECT: REPEAT\n\n"
    (cable,) = cables(f"{head}1. FOLLOWING IS TEXT OF HARARE 1051: QUOTE\n\n{quoted}\n2. Please act.\n\nPOWELL\n")
    assert str(cable.id) == "02STATE97844" and cable.classification == "CONFIDENTIAL"
    assert {paragraph.effective_marking for paragraph in cable.paragraphs} == {"C"}
    assert any(problem.startswith("marked CONFIDENTIAL below") for problem in cable.problems)


@pytest.mark.parametrize("order", ["", "E.O. 12958: N/A\n"])
def test_a_head_joined_to_the_last_line_of_a_telegram_begins_another(order: str) -> None:
    first = f"{HEAD.format(section='')}{order}SUBJECT: RAIN IN THE NORTH\n\nRain fell on Monday.\n\nSULLIVAN"
    second = "FM AMEMBASSY HARARE\nTO SECSTATE WASHDC\nTAGS: ZI PREL\nSUBJECT: THE REGISTRAR\n\nThe registrar spoke.\n"
    (cable,) = cables(f"{first} {second}")
    assert [paragraph.text for paragraph in cable.paragraphs] == ["Rain fell on Monday."]
    assert not any("header" in problem for problem in cable.problems)
    (rejection,) = rejections(f"{first} {second}")
    assert "another telegram in the same text, without a message line" in rejection.reason


@pytest.mark.parametrize("level", ["S E C R E T", "CSE C R E T", "SS E C R E T"])
def test_text_of_which_the_cable_is_not_certain_is_left_out_and_named(level: str) -> None:
    text = (
        HEAD.format(section="")
        + BLOCK
        + f"1. Rain fell.\n\nSULLIVAN\nNNNN\n\n{level} HARARE 001077\n\n1. The registrar.\n"
    )
    assert [str(cable.id) for cable in cables(text)] == ["02HARARE1051"]
    (rejection,) = rejections(text)
    assert rejection.name == "copy.txt:2" and "another telegram in the same text, HARARE 1077" in rejection.reason


@pytest.mark.parametrize(
    ("stamp", "level"),
    [
        ("SECRET", "S"),
        ("S E C R E T", "S"),
        ("CSE C R E T", "S"),
        ("TOP SECRET", "TS"),
        ("CONFIDENTIAL NOFORN", "C/NF"),
    ],
)
def test_a_higher_marking_below_the_head_counts_for_the_whole_text(stamp: str, level: str) -> None:
    head = HEAD.format(section="").replace("C O N F I D E N T I A L", "UNCLAS")
    (cable,) = cables(f"{head}{BLOCK}1. (U) Rain fell.\n\n{stamp}\n\n2. It went on.\n\nSULLIVAN\n")
    assert {paragraph.effective_marking for paragraph in cable.paragraphs} == {level}


def test_the_name_of_a_file_decides_nothing_where_it_holds_several_telegrams() -> None:
    block = BLOCK.replace("RAIN", "SNOW")
    text = f"{block}1. Snow fell.\n\nSULLIVAN\n\n" + HEAD.format(section="") + BLOCK + "1. Rain fell.\n\nSULLIVAN\n"
    (cable,) = cables(text, "02HARARE1051.txt")
    assert [paragraph.text for paragraph in cable.paragraphs] == ["Rain fell."]


@pytest.mark.parametrize(
    "above",
    [
        "021200Z May 02\n\n     CONFIDENTIAL     PTQ1859\n\nPAGE 01        HARARE  01051  01 OF 01  021201Z\n",
        "TAGS: ZI PREL\nSubject: RAIN IN THE NORTH\nCaptions: None\n\nC O N F I D E N T I A L    HARARE 01051\n\nAPPROVED: AMB\n\n",
        "R 021200Z MAY 02\nFM AMEMBASSY HARARE\n>\n5/2/2002 12:00\n02HARARE1051\nEmbassy Harare\nCONFIDENTIAL\n",
    ],
    ids=["date", "viewer", "row"],
)
def test_what_a_copy_prints_above_the_head_is_of_the_same_telegram(above: str) -> None:
    (cable,) = cables(f"{above}{HEAD.format(section='')}{BLOCK}1. (C) Rain fell.\n\nSULLIVAN\n")
    assert str(cable.id) == "02HARARE1051" and f"{cable.date:%Y-%m-%d}" == "2002-05-02"
    assert [paragraph.text for paragraph in cable.paragraphs] == ["Rain fell."]
