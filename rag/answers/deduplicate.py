"""Sentences that repeat each other: a summary and what it sums up are one piece of evidence."""

import re
from collections.abc import Sequence

from rag.domain.retrieved_paragraph import QuotedSpan
from rag.text.negation import NEGATION

_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 5
_MOST_MISSING = 0.1  # share of a sentence's words


def deduplicated(sentences: Sequence[QuotedSpan], others: Sequence[QuotedSpan] = ()) -> list[list[QuotedSpan]]:
    """The sentences in groups: the fullest, then those of other paragraphs of its cable that repeat it.

    A group takes the place of the first of its sentences. Those of `others` may join a group but make none.
    """
    groups: list[list[QuotedSpan]] = []
    for sentence in sorted(sentences, key=lambda sentence: -len(sentence.text)):
        if not _join(sentence, groups):
            groups.append([sentence])
    groups.sort(key=lambda group: min(map(sentences.index, group)))
    for sentence in others:
        _join(sentence, groups)
    return groups


def _join(sentence: QuotedSpan, groups: Sequence[list[QuotedSpan]]) -> bool:
    """Whether a group says the same; the sentence is added to it, one for each paragraph."""
    for group in groups:
        if _repeats(sentence, group[0]):
            if sentence.paragraph.key not in {member.paragraph.key for member in group}:
                group.append(sentence)
            return True
    return False


def _repeats(sentence: QuotedSpan, fuller: QuotedSpan) -> bool:
    one, other = sentence.paragraph, fuller.paragraph
    return one.cable_id == other.cable_id and one.key != other.key and is_contained(sentence.text, fuller.text)


def is_contained(sentence: str, fuller: str) -> bool:
    """Whether the fuller sentence has all words of the other but a few, which are neither numbers nor names.

    Both must have as many negations, or the one might contradict the other.
    """
    words, known = _WORD.findall(sentence), set(_WORD.findall(fuller.casefold()))
    missing = [at for at, word in enumerate(words) if word.casefold() not in known]
    return (
        len(words) >= _FEWEST_WORDS
        and len(missing) <= _MOST_MISSING * len(words)
        and all(words[at].isalpha() and (words[at].islower() or at == 0) for at in missing)
        and len(NEGATION.findall(sentence)) == len(NEGATION.findall(fuller))
    )
