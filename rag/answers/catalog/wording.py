"""Conditions in words, for sentences and for the rule of a table."""

from collections.abc import Iterator, Mapping

from rag.catalog.scope import in_words
from rag.domain.filters import Filters
from rag.query.cable_conditions import CableConditions
from rag.query.word_terms import WordTerm


def counted(number: int, noun: str = "cable", plural: str = "") -> str:
    """ "1 cable", "12 cables", "no cable"; without `plural` an "s" is put behind the noun."""
    if number == 0:
        return f"no {noun}"
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def described(conditions: CableConditions, filters: Filters, posts: Mapping[str, str]) -> str:
    """Such as "from Berlin in 2008 whose text or subject has Merkel"; empty for the whole archive."""
    return " ".join(filter(None, (in_words(filters, posts), *_further(conditions))))


def _further(conditions: CableConditions) -> Iterator[str]:
    if conditions.all_tags:
        yield f"tagged {' and '.join(conditions.all_tags)}"
    if conditions.signer:
        yield f"signed by {conditions.signer}"
    if conditions.terms:
        yield f"whose text or subject has {' and '.join(map(_alternatives, conditions.terms))}"


def _alternatives(group: tuple[WordTerm, ...]) -> str:
    return " or ".join(f"“{term}”" if term.exact else f"a form of “{term}”" for term in group)


def listed(values: list[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} and {values[-1]}" if values else ""


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', ':', '?')) else '.'}"
