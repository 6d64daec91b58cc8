"""Scores of an answer: its citations, its facts, its abstention and its quotes."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from evals.golden import Alternatives, GoldenQuestion

Row = Mapping[str, Any]
"""A result row: the id of the question and the fields of the `ask` object."""

READING_WORDS = 60


def answer_scores(row: Row, question: GoldenQuestion, texts: Mapping[str, str]) -> dict[str, float]:
    """The scores that apply to this question, by name; `texts` holds the text of the cited paragraphs by key."""
    abstained = bool(row["abstained"])
    scores: dict[str, float] = {"latency_ms": float(row["timings_ms"]["total"])}
    for part in ("retrieval", "reranking"):
        if part in row["timings_ms"]:
            scores[f"{part}_ms"] = float(row["timings_ms"][part])
    if row["citations"]:
        scores["quote_fidelity"] = quote_fidelity(row["citations"], texts)
    if not abstained:
        scores["answer_words"] = float(len(without_citations(row).split()))
    if not question.answerable:
        return scores | {"abstention": float(abstained)}
    scores["false_abstention"] = float(abstained)
    cited = {citation["key"] for citation in row["citations"]}
    if cited:
        scores["citation_precision"] = citation_precision(cited, question.gold)
    scores["citation_recall"] = citation_recall(cited, question.gold)
    if question.facts:
        # Text shown with an abstention is not an answer.
        text = "" if abstained else without_citations(row)
        scores["fact_recall"] = fact_recall(text, question.facts)
        scores["fact_recall_per_60"] = per_60_words(scores["fact_recall"], len(text.split()))
    return scores


def citation_precision(cited: Iterable[str], gold: Alternatives) -> float:
    """Share of the cited keys that are in any inner list; `cited` must not be empty."""
    keys = set(cited)
    return len(keys & {key for alternatives in gold for key in alternatives}) / len(keys)


def citation_recall(cited: Iterable[str], gold: Alternatives) -> float:
    """Share of the required pieces of evidence with a cited alternative."""
    keys = set(cited)
    return sum(not keys.isdisjoint(alternatives) for alternatives in gold) / len(gold)


def fact_recall(text: str, facts: Alternatives) -> float:
    """Share of the facts with an accepted spelling in the text; case and white space are ignored."""
    folded = _folded(text)
    return sum(any(_folded(spelling) in folded for spelling in spellings) for spellings in facts) / len(facts)


def per_60_words(recall: float, words: int) -> float:
    """Fact recall for each 60 words read: recall * 60 / words.

    Answers under 60 words count as 60, so that a short answer scores its recall and no more.
    """
    return recall * READING_WORDS / max(READING_WORDS, words)


def quote_fidelity(citations: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> float:
    """Share of the quotes that are verbatim their paragraph's text[start:end]; there must be at least one."""
    verbatim = [_is_verbatim(citation, texts) for citation in citations]
    return sum(verbatim) / len(verbatim)


def without_citations(row: Row) -> str:
    """The answer without its citations in brackets. Other words in brackets, such as a name for a pronoun, stay."""
    answer: str = row["answer"]
    for name in {citation["citation"] for citation in row["citations"]}:
        answer = re.sub(r"\s*" + re.escape(f"[{name}]"), "", answer)
    return answer


def _is_verbatim(citation: Mapping[str, Any], texts: Mapping[str, str]) -> bool:
    start, end, quote = citation["start"], citation["end"], citation["quote"]
    text = texts.get(citation["key"])
    return text is not None and 0 <= start < end and text[start:end] == quote


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
