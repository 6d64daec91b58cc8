import pytest

from rag.query.named_posts import NamedPost, named_posts

POSTS = {"QUILL", "PORTZEPHYR", "NEWDELHI", "STATE"}


@pytest.mark.parametrize(
    ("question", "posts"),
    [
        ("cables from port zephyr and Quill", ["PORTZEPHYR", "QUILL"]),
        ("what did the embassy in Delhi send?", ["NEWDELHI"]),
        ("Jakarta's telegrams", ["JAKARTA"]),
        ("show me the jakarta cables", ["JAKARTA"]),
        ("sent by the State Department", ["STATE"]),
        ("the lamp on the rock", []),
    ],
)
def test_posts_are_found_held_or_not(question: str, posts: list[str]) -> None:
    assert [named.post for named in named_posts(question, POSTS)] == posts


def test_where_a_post_stands() -> None:
    assert named_posts("all from Port Zephyr?", POSTS) == [NamedPost(9, 20, "PORTZEPHYR")]
