"""What a remote language model may be shown."""

import pytest

from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.errors import BadInput
from rag.llm.disclosure import Disclosure, is_remote
from tests.rag.samples import make_retrieved


def retrieved(marking: str | None) -> RetrievedParagraph:
    return make_retrieved("08QUILL12#1", "The lantern is lit.", marking)


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        ("U", ["U"]),
        ("SBU", ["U", "SBU"]),
        ("CONFIDENTIAL", ["U", "SBU", "C"]),
        ("S/NF", ["U", "SBU", "C", "C/NF", "S"]),
    ],
)
def test_paragraphs_marked_above_the_cap_are_held_back(most: str, shown: list[str]) -> None:
    paragraphs = [retrieved(marking) for marking in ("U", "SBU", "C", "C/NF", "S", "TS", "COSMIC", None)]
    assert [paragraph.effective_marking for paragraph in Disclosure(most).shown(paragraphs)] == shown


def test_a_cap_that_is_no_marking_is_refused() -> None:
    with pytest.raises(BadInput, match="no marking"):
        Disclosure("quite secret")
    with pytest.raises(BadInput, match="ANOTHER_SETTING='' is no marking"):
        Disclosure("", "ANOTHER_SETTING")


@pytest.mark.parametrize(
    ("provider", "url", "remote"),
    [
        ("openai", None, True),
        ("openai", "http://127.0.0.1:8080/v1", False),
        ("openai", "http://localhost:8080/v1", False),
        ("openai", "http://10.0.0.5/v1", True),
        ("openai", "http://localhost.example.org/v1", True),
        ("ollama", None, True),
        ("local", None, False),
    ],
)
def test_in_doubt_a_model_is_remote(provider: str, url: str | None, remote: bool) -> None:
    assert is_remote(provider, url) is remote
