"""How models are asked: at length, or in few words."""

import pytest

from rag.domain.retrieved_paragraph import Excerpt
from rag.llm.prompt import SHORT_SYSTEM, SYSTEM
from rag.llm.prompting import Prompting, prompting
from rag.settings import Settings
from tests.rag.samples import make_retrieved


@pytest.mark.parametrize(
    ("llm", "size", "expected"),
    [
        ("local", None, Prompting(small=True, grammar=True)),
        ("local:/models/any.gguf", None, Prompting(small=True, grammar=True)),
        ("local:/models/any.gguf", "large", Prompting(small=False, grammar=True)),
        ("openai:gpt-5-mini", None, Prompting(small=False, grammar=False)),
        ("ollama:qwen3:1.7b", "small", Prompting(small=True, grammar=False)),
    ],
)
def test_models_in_this_process_are_small_unless_the_setting_says_else(
    llm: str, size: str | None, expected: Prompting
) -> None:
    assert prompting(Settings.model_validate({"llm": llm, "llm_size": size})) == expected


def test_only_a_small_model_of_llama_cpp_is_held_to_a_grammar() -> None:
    assert Prompting().options(6) == {}
    assert list(Prompting(small=True).options(6)) == ["max_tokens"]
    assert '"6"' in Prompting(small=True, grammar=True).options(6)["extra_body"]["grammar"]


def test_the_size_decides_the_prompt() -> None:
    paragraph = make_retrieved("08QUILL12#1", "The lantern is lit.")
    asked = [Prompting(small).messages("Is it lit?", [Excerpt(paragraph, paragraph.text)]) for small in (True, False)]
    assert [system.content for system, _ in asked] == [SHORT_SYSTEM, SYSTEM]
