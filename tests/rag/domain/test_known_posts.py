import pytest

from rag.domain.known_posts import POSTS, known_post, post_name


@pytest.mark.parametrize(
    ("printed", "post"),
    [
        ("New Delhi", "NEWDELHI"),
        ("SECSTATE", "STATE"),
        ("SECSTATE WASHDC", "STATE"),
        ("RIO", "RIODEJANEIRO"),
        ("PORT A", "PORTAUPRINCE"),
        ("HCMC", "HOCHIMINHCITY"),
        ("USUN", "USUNNEWYORK"),
        ("UNVIE", "UNVIEVIENNA"),
        ("USEU", "USEUBRUSSELS"),
        ("UNESCO PARIS", "UNESCOPARISFR"),
        ("MEXICO CITY", "MEXICO"),
        ("N'DJAMENA", "NDJAMENA"),
        ("ST. PETERSBURG", "STPETERSBURG"),
        ("SECDEF", "SECDEF"),
    ],
)
def test_known_names_and_abbreviations(printed: str, post: str) -> None:
    assert known_post(printed) == post


@pytest.mark.parametrize("post", sorted(POSTS))
def test_a_real_post_stays_itself(post: str) -> None:
    assert known_post(post) == post


def test_a_post_has_a_name_in_words() -> None:
    assert [post_name(post) for post in ("LAPAZ", "LA PAZ", "TOKYO", "QUILLHAVEN")] == [
        "LA PAZ",
        "LA PAZ",
        "TOKYO",
        "QUILLHAVEN",
    ]
