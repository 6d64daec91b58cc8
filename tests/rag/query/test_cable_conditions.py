import pytest

from rag.domain.filters import Filters
from rag.query.cable_conditions import CableConditions, read_conditions
from rag.query.phrasing import PhrasingReader
from rag.query.word_terms import WordTerm

POSTS = {"QUILL": "QUILL"}
QUILL = Filters.of(["QUILL"])


@pytest.mark.parametrize(
    ("question", "conditions"),
    [
        ("List the cables from Quill that mention Morales", CableConditions(QUILL, ((WordTerm("Morales"),),))),
        ("cables about lamps from Quill", CableConditions(QUILL, ((WordTerm("lamps", exact=False),),), "lamps")),
        ("which cables did Quill send?", CableConditions(QUILL)),
        ("how many cables name the firm Blackwater?", CableConditions(terms=((WordTerm("Blackwater"),),))),
        ("Which Quill cables were signed by Ambassador Starkey?", CableConditions(QUILL, signer="Starkey")),
        ("cables with Starkey's signature", CableConditions(signer="Starkey")),
        ("cables w/ tag MTCRE", CableConditions(Filters.of(tags=["MTCRE"]))),
        ("how many Quill cables have the human rights tag, PHUM", CableConditions(Filters.of(["QUILL"], ["PHUM"]))),
        ("How many cables bear the signature STARKEY?", CableConditions(signer="STARKEY")),
        ("Starkey's name at the bottom: how many cables?", CableConditions(signer="Starkey")),
        ("which posts wrote about AQIM?", CableConditions(terms=((WordTerm("AQIM"),),))),
        (
            "A colleague says Quill wrote several times about Morales. Which cables would those be?",
            CableConditions(QUILL, ((WordTerm("Morales"),),)),
        ),
        (
            "I am writing on Morales. In how many of the Quill cables is he mentioned?",
            CableConditions(QUILL, ((WordTerm("Morales"),),)),
        ),
        ("How many cables carry both the MNUC and the PARM tag?", CableConditions(all_tags=("MNUC", "PARM"))),
        ("Who have signed the cables of Quill?", CableConditions(QUILL)),
        ("How many cables from Lima?", CableConditions(absent=("Lima",))),
    ],
)
def test_conditions_words_and_signers_are_read_together(
    phrasings: PhrasingReader, question: str, conditions: CableConditions
) -> None:
    assert read_conditions(question, phrasings.read(question, POSTS), POSTS) == conditions


@pytest.mark.parametrize(
    "question",
    [
        "How many cables are there that are not from Quill?",
        "Which cables were sent to Quill?",
        "all cables about lamps except those from Quill",
    ],
)
def test_what_cannot_be_looked_up_makes_no_conditions(phrasings: PhrasingReader, question: str) -> None:
    assert read_conditions(question, phrasings.read(question, POSTS), POSTS) is None


def test_the_subject_is_the_topic_or_what_is_mentioned() -> None:
    assert CableConditions(terms=((WordTerm("Orsk"),),)).subject == "Orsk"
    assert CableConditions(topic="lamps").subject == "lamps"
