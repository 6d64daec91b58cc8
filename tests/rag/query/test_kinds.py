from datetime import date

from rag.query.kinds import read_kind
from rag.query.phrasing import PhrasingReader

POSTS = {"QUILL": "QUILL", "TOKYO": "TOKYO"}


def test_a_cable_named_comes_before_the_catalog(phrasings: PhrasingReader) -> None:
    asked = read_kind("Which cables refer to TOKYO 2287?", POSTS, phrasings)
    assert asked.of_cable is not None and asked.of_catalog is None


def test_the_catalog_and_content(phrasings: PhrasingReader) -> None:
    assert read_kind("How many cables from Quill?", POSTS, phrasings).of_catalog is not None
    content = read_kind("Who lit the lamp in Quill in 2008?", POSTS, phrasings)
    assert content.of_catalog is None and content.of_cable is None and not content.absent


def test_posts_without_cables_are_told_whoever_answers(phrasings: PhrasingReader) -> None:
    assert read_kind("How many cables from Lima?", POSTS, phrasings).absent == ("Lima",)
    assert read_kind("How many cables from Lima or Quill?", POSTS, phrasings).absent == ()
    assert read_kind("what was embassy seoul saying about whaling?", POSTS, phrasings).absent == ("seoul",)
    assert read_kind("What did Lima's mayor say?", POSTS, phrasings).absent == ()


def test_a_time_whose_reporting_is_asked_for(phrasings: PhrasingReader) -> None:
    reported = read_kind("In 1985, what did the embassy in Quill make of it?", POSTS, phrasings).reported
    assert (reported.posts, reported.date_from) == (frozenset(["QUILL"]), date(1985, 1, 1))
    assert not read_kind("In 1985, what did Britain's embassy in Quill make of it?", POSTS, phrasings).reported
