"""What a sentence denies of its question: what the question takes for granted, and the names it asks about."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rag.text.negation import NEGATOR, is_negated, may_deny
from rag.text.surface_facts import names, words

_SOURCES = r"^(?:no[,:;] )?(?:the|these|none of the) (?:sources?|cables?|paragraphs?|passages?)"
_SILENT = re.compile(
    rf"(?:{_SOURCES} (?:(?:do|does|did) not|say nothing|mention no)"
    r"|\b(?:and|but) (?:do|does|did) not (?:mention|say|state|name|attribute))\b([^;:]*?)(?=[;:]|, but |\.$|$)",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(r"\b(?:was|is|were|are) not ((?:[A-Z][\w'’-]* ?){1,4})(?=but\b|, but\b|but,)")
_DENIAL = re.compile(r"(?P<denial>[^:;]+)[:;]\s+(?P<instead>\S.*)", re.DOTALL)
_DO_NOT_SAY = re.compile(rf"{_SOURCES} (?:do|does|did) not \w+", re.IGNORECASE)
_CONCEDED = re.compile(r"\b(?:doubt|only|just|merely|den(?:y|ie[sd])|dispute[sd]?)\b", re.IGNORECASE)
"""Behind a negation these say that it was so."""

_AUXILIARY = re.compile(r"\b(?:did|do|does|would|will|could|can|had|has|have|was|were|is|are)\b", re.IGNORECASE)

Terms = Callable[[str], Sequence[str]]
"""The words of a text by their stems, without those that say nothing."""


@dataclass(frozen=True, slots=True)
class PremiseDenial:
    """A sentence such as "It did not refuse: it agreed on May 3": what is denied, and what is said instead."""

    denial: str
    instead: str

    @classmethod
    def of(cls, sentence: str, question: str, sources: Iterable[str], terms: Terms) -> "PremiseDenial | None":
        """The sentence as a denial of what its question says, and none of the sentences `sources`; else None.

        A source may say it where it has, without a negation, a word of what is denied, which begins with the verb.
        Names, and words of what is said instead, say nothing.
        """
        if not (parts := _DENIAL.fullmatch(sentence)) or not (negator := NEGATOR.search(parts["denial"])):
            return None
        said = _DO_NOT_SAY.match(sentence)
        behind = parts["denial"][said.end() if said else negator.end() :]
        if is_negated(behind) or _CONCEDED.search(behind) or may_deny(parts["instead"]):
            return None
        asked = {*terms(question)}.difference(terms(" ".join(names(parts["denial"]))), terms(parts["instead"]))
        denied = asked.intersection(terms(_AUXILIARY.split(behind)[-1]))
        if not denied or any(denied.intersection(terms(text)) and not is_negated(text) for text in sources):
            return None
        return cls(parts["denial"], parts["instead"])


def denied_words(sentence: str, question: str, denial: PremiseDenial | None) -> str:
    """The words of the question that the sentence says are not in the sources, or were not so.

    They stand directly behind "not", or in a clause that says what the sources do not, or in one that denies what the
    question takes for granted.
    """
    asked = words(question)
    clauses = [clause[1] for clause in _SILENT.finditer(sentence)] + [name[1] for name in _NOT_BUT.finditer(sentence)]
    if denial is not None:
        clauses.append(denial.denial)
    return " ".join(word for clause in clauses for word in clause.split() if words(word) & asked)
