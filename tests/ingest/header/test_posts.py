"""Names of posts that are cut or misspelled, and what must not become a post."""

import pytest

from ingest.header.posts import probable_post, resolve_post


@pytest.mark.parametrize(
    ("printed", "post"),
    [
        ("RIO DE JAN", "RIODEJANEIRO"),
        ("PORT AU PR", "PORTAUPRINCE"),
        ("BUENOS", "BUENOSAIRES"),
        ("BISHTEK", "BISHKEK"),
        ("USUN NE YORK", "USUNNEWYORK"),
        ("SAO PAOLO", "SAOPAULO"),
        ("NEW DEHLI", "NEWDELHI"),
    ],
)
def test_cut_and_misspelled_names(printed: str, post: str) -> None:
    assert probable_post(printed) == post


@pytest.mark.parametrize(
    "name",
    "LAOS CHINA KENYA SUDAN QATAR YEMEN NIGER SERBIA SYRIA LIBYA KANDAHAR HERAT ANBAR MARCH AUGUST BERLN PORT SAN".split(),
)
def test_places_without_a_post_and_ambiguous_names_are_none(name: str) -> None:
    assert probable_post(name) is None


def test_words_before_the_name_are_passed_over() -> None:
    assert resolve_post(["REF", "B", "USUN", "NE", "YORK"]) == ("USUNNEWYORK", 3)
    assert resolve_post(["AMEMBASSY", "TOKYO"]) == ("TOKYO", 1)
    assert resolve_post(["IIR"]) is None
