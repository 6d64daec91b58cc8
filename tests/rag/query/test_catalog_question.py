import time

import pytest

from rag.query.catalog_question import read_catalog_question
from rag.query.phrasing import PhrasingReader

POSTS = {"QUILL": "QUILL", "PORTZEPHYR": "PORT ZEPHYR"}


@pytest.mark.parametrize(
    ("question", "shape"),
    [
        ("How many cables are in the archive?", "size"),
        ("how many cables from quill in 2008", "count"),
        ("What's the total of cables classified SECRET in the collection?", "count"),
        ("Did Quill send anything in January 2010, and if so, how many cables?", "count"),
        ("Are there any cables from Lima?", "list"),
        ("How big is the archive?", "size"),
        ("List all cables about corruption in Russia", "list"),
        ("Which of these telegrams did Zumwalt sign?", "list"),
        ("I am writing about a coup. Which documents mention Zelaya?", "list"),
        ("cables tagged KCOR from before 2009", "list"),
        ("Please pull up the cables where Starkey is named, oldest first.", "list"),
        ("latest cable from Quill", "first"),
        ("The first two cables that Quill sent in 2009?", "first"),
        ("Timeline of the uranium shipment", "timeline"),
        ("how did the quarrel over the lamp unfold, date by date?", "timeline"),
        ("Main topics of Quill cables in 2009", "topics"),
        ("What did Quill write about most? The TAGS will do.", "topics"),
        ("Quill cables: chief themes and how often", "topics"),
        ("Which posts wrote about ferries?", "groups"),
        ("who signed most cables from Quill", "groups"),
        ("How many cables are there per year?", "groups"),
    ],
)
def test_questions_about_sets_of_cables(phrasings: PhrasingReader, question: str, shape: str) -> None:
    read = read_catalog_question(question, POSTS, phrasings)
    assert read is not None and read.shape == shape


@pytest.mark.parametrize(
    "question",
    [
        "How many people were killed when the bus burned?",
        "How many vessels took part in the boat blessing?",
        "List the companies in the running for the dredging job.",
        "How many cables did the divers find on the seabed, and who had cut them?",
        "Who signed the treaty?",
        "Which embassy warned Washington about the charity?",
        "What were the main issues between the two ministers?",
        "When was the last lamp lit?",
        "Hello, could you tell me how often Yukos comes up? I mean the number of cables that mention it at all.",
        "According to cables from Quill in 2009, who pays for the keeper's boat?",
        "How many cables not from Quill are there?",
    ],
)
def test_questions_for_content_are_none(phrasings: PhrasingReader, question: str) -> None:
    assert read_catalog_question(question, POSTS, phrasings) is None


def test_ends_and_numbers_are_read(phrasings: PhrasingReader) -> None:
    one, three, all_of = (
        read_catalog_question(question, POSTS, phrasings)
        for question in (
            "What is the earliest cable from Quill?",
            "the last three cables from Quill",
            "latest cables from Quill",
        )
    )
    assert one and three and all_of
    assert (one.latest, one.most) == (False, 1)
    assert (three.latest, three.most) == (True, 3)
    assert (all_of.latest, all_of.most) == (True, 10)


def test_fewest_turns_the_order(phrasings: PhrasingReader) -> None:
    read = read_catalog_question("Which post sent the fewest cables?", POSTS, phrasings)
    assert read is not None and read.fewest and read.group == "post"


@pytest.mark.parametrize(
    "unit", ["cables about ", "from Quill and ", "the latest ", "tagged PREL, ", "how many cables ", "(" * 9]
)
def test_long_questions_are_refused_at_once(phrasings: PhrasingReader, unit: str) -> None:
    started = time.perf_counter()
    read_catalog_question((unit * 300)[:299], POSTS, phrasings)
    read_catalog_question(unit * 300, POSTS, phrasings)
    assert time.perf_counter() - started < 1
