"""Words that are looked for in cables: names and phrases as they are written, other words in any of their forms."""

import re
from dataclasses import dataclass

from rag.text.surface_facts import without_possessive

_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]{1,80})[\"“”»]")
_WORD = re.compile(r"[^\W_][\w'’.-]*")
_OR = re.compile(r",? or (?:the )?", re.IGNORECASE)
_AND = re.compile(r",? (?:and|plus|as well as|together with|along with) (?:also )?(?:the )?|, ", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?:either|both|(?:the )?(?:names?|words?|terms?|phrases?)|the|a|an|president|prime minister|chancellor|king"
    r"|mr\.?|mrs\.?|dr\.?) ",
    re.IGNORECASE,
)
_STOP = frozenset(
    "a about against all an and any are as at be been between both but by did do does during either for from had has "
    "have her his how if in into is it its many of off on or other our over some such than that the their them there "
    "these they this those to toward towards under up was were what when where which who whom whose why will with "
    "within without would say says said tell tells told according cable report reports reported versus vs matters "
    "matter issue issues question questions topic topics subject".split()
)


@dataclass(frozen=True, slots=True)
class WordTerm:
    """A word or a phrase. `exact`: as it is written, whatever the case; else any form of the word: "ship", "ships"."""

    text: str
    exact: bool = True

    def __str__(self) -> str:
        return self.text


def mentioned_terms(words: str) -> tuple[tuple[WordTerm, ...], ...]:
    """The terms of "Merkel and Sarkozy" (two groups) or "Merkel or Sarkozy" (one of two); each as it is written."""
    if quoted := _QUOTED.findall(words):
        return tuple((WordTerm(phrase.strip()),) for phrase in quoted)
    groups = (tuple(filter(None, map(_written, _OR.split(part)))) for part in _AND.split(words))
    return tuple(group for group in groups if group)


def topic_terms(words: str) -> tuple[tuple[WordTerm, ...], ...]:
    """The terms of a topic, each a group of its own: names and quoted phrases as written, other words in any form."""
    terms = [WordTerm(phrase.strip()) for phrase in _QUOTED.findall(words)]
    run: list[str] = []
    for word in [*_WORD.findall(_QUOTED.sub(" ", words)), ""]:
        plain = without_possessive(word).rstrip(".")
        if plain[:1].isupper():
            run.append(plain)
            if plain == word:
                continue
        if run:
            terms.append(WordTerm(" ".join(run)))
            run = []
        if plain and not plain[0].isupper() and plain.casefold() not in _STOP:
            terms.append(WordTerm(plain, exact=False))
    return tuple((term,) for term in dict.fromkeys(terms))


def _written(words: str) -> WordTerm | None:
    """The words as a phrase, without an article or a title in front."""
    plain = words.strip(" ,.\"'“”")
    while match := _ARTICLE.match(plain):
        plain = plain[match.end() :]
    plain = re.sub(r"['’]s$", "", plain)
    return WordTerm(plain) if plain else None
