"""The grammar of a small model's answers, read by llama.cpp itself in `test_local_llm`."""

import pytest

from rag.llm.reply_grammar import reply_grammar


@pytest.mark.parametrize(("sources", "numbers"), [(1, '"1"'), (3, '"1" | "2" | "3"')])
def test_a_sentence_ends_with_a_number_that_was_offered(sources: int, numbers: str) -> None:
    assert f'source ::= "[" ({numbers}) "]"' in reply_grammar(sources)
