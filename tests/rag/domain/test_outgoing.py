from rag.domain.outgoing import Outgoing


def test_the_cost_is_said_in_paragraphs_characters_and_tokens() -> None:
    outgoing = Outgoing("openai:text-embedding-3-small", 1200, 840_000)
    assert str(outgoing) == (
        "1,200 paragraphs (840,000 characters, about 210,000 tokens) to be encoded by openai:text-embedding-3-small"
    )
