"""Answers to keep, about small invented cables."""

from rag.domain.answer import Answer, Condition, Quote, Sentence
from rag.domain.answer_table import AnswerTable
from rag.domain.kept_answer import KeptQuestion

LAMP = "The lamp was lit by Ann Lee at nine in the evening."
BELL = "The bell of the harbour rang twice and nobody came."
ASKED = KeptQuestion("who lit it")


def answer_of(*cited: tuple[str, str], question: str = "Who lit the lamp?", table: AnswerTable | None = None) -> Answer:
    """An answer that quotes these paragraphs whole, one sentence each; a key without `#` is cited without a quote."""
    return Answer(
        question,
        "extractive",
        tuple(Sentence(text, (key,)) for key, text in cited),
        tuple(Quote(key, f"[{key}]", text, 0, len(text)) if "#" in key else Quote(key, key, "", 0, 0)
              for key, text in cited),
        reason="a note on it",
        retrieved=tuple(key for key, _ in cited if "#" in key),
        filters=(Condition("post", "QUILL"),),
        searched={"cables": 3},
        trace={"model": None, "prompt_hash": None},
        table=table,
    )  # fmt: skip
