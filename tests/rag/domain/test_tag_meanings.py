from rag.domain.tag_meanings import tag_meaning


def test_common_tags_have_a_meaning_and_countries_none() -> None:
    assert tag_meaning("PREL") == "external political relations"
    assert tag_meaning("JA") is None
