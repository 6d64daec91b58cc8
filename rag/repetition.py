"""Sentences that say what another of their cable says: a summary and what it sums up are one piece of evidence."""

import re
from collections.abc import Sequence

from rag.passage import Passage
from rag.sentences import Span

_WORD = re.compile(r"\w+")
_DENIAL = re.compile(r"\b(?:not?|never|nor|neither|none|without|cannot)\b|n['’]t\b", re.IGNORECASE)
_FEWEST_WORDS = 5
_MOST_MISSING = 0.1  # share of a sentence's words

Told = tuple[Passage, Span]


def told_once(spans: Sequence[Told], beside: Sequence[Told] = ()) -> list[list[Told]]:
    """The spans in groups: the fullest, then what it says too of other paragraphs of its cable.

    A group stands where the first of it did. Spans of `beside` join a group, and make none.
    """
    groups: list[list[Told]] = []
    for told in sorted(spans, key=lambda told: -len(_text(told))):
        if not _joined(told, groups):
            groups.append([told])
    groups.sort(key=lambda group: min(map(spans.index, group)))
    for told in beside:
        _joined(told, groups)
    return groups


def _joined(told: Told, groups: Sequence[list[Told]]) -> bool:
    """Whether a group says it too; it then holds it, once for each paragraph."""
    for group in groups:
        if _repeats(told, group[0]):
            if told[0].key not in {passage.key for passage, _ in group}:
                group.append(told)
            return True
    return False


def _text(told: Told) -> str:
    passage, span = told
    return span.of(passage.text)


def _repeats(told: Told, fuller: Told) -> bool:
    (one, _), (other, _) = told, fuller
    return one.cable_id == other.cable_id and one.key != other.key and is_held(_text(told), _text(fuller))


def is_held(sentence: str, fuller: str) -> bool:
    """Whether the fuller sentence holds all words of the other but a few, which are no numbers and no names.

    It denies as often as the other, or it might say the opposite.
    """
    words, held = _WORD.findall(sentence), set(_WORD.findall(fuller.casefold()))
    missing = [number for number, word in enumerate(words) if word.casefold() not in held]
    return (
        len(words) >= _FEWEST_WORDS
        and len(missing) <= _MOST_MISSING * len(words)
        and all(words[number].isalpha() and (words[number].islower() or number == 0) for number in missing)
        and len(_DENIAL.findall(sentence)) == len(_DENIAL.findall(fuller))
    )
