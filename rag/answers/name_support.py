"""Whether names in a sentence are in its sources: as they stand, in another form, abbreviated, or by their country."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from rag.text.countries import UNITED_STATES, countries, country_names
from rag.text.surface_facts import folded, names, words

_ENDINGS = ("s", "es", "n", "an", "ian", "i", "is", "ese", "ite", "ist", "ish", "ns", "ans", "ians", "ites", "ists")
_INSTITUTIONS = frozenset(
    "government ministry minister department embassy ambassador president premier council republic state states union "
    "prime foreign defense interior chief deputy secretary office parliament congress court army party north south "
    "east west northern southern eastern western africa asia europe african asian european mr mrs ms dr sir".split()
)
"""Words with a capital in titles, which alone name nobody."""
_PHRASE = re.compile(r"[A-Z][\w'’-]*(?:(?: (?:of|for|on|in|de|and))?(?: the)? [A-Z][\w'’-]*){1,7}")
_LONG = 7  # letters of a name from which one may be written otherwise


def missing_names(sentence: str, evidence: str) -> list[str]:
    """The names in a sentence that the evidence has in no form.

    Cables are written by embassies of the United States, whose names therefore need no evidence.
    """
    known = words(evidence) | {word.replace("-", "") for word in words(evidence)}
    excused = _spelled_out(sentence, evidence) | _of_countries(sentence, countries(evidence) | {UNITED_STATES})
    missing = []
    for name in names(sentence):
        bare = folded(name).removesuffix("'s").rstrip("'")
        parts = [part for part in bare.split("-") if part]
        if len(bare) == 1 or bare in _INSTITUTIONS or bare in excused or all(_is_known(part, known) for part in parts):
            continue
        if _is_known(bare.replace("-", ""), known) or _abbreviates(name, evidence):
            continue
        missing.append(name)
    return missing


def _is_known(name: str, known: frozenset[str] | set[str]) -> bool:
    if name in known:
        return True
    forms = {name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)}
    if forms & known or any(f"{name}{ending}" in known for ending in _ENDINGS):
        return len(name) > 3
    return len(name) >= _LONG and any(
        word[0] == name[0] and Levenshtein.distance(word, name, score_cutoff=1) <= 1 for word in known if word
    )


def _abbreviates(name: str, evidence: str) -> bool:
    """Whether the name consists of the first letters of a row of words with capitals in the evidence."""
    if not name.isupper() or not 1 < len(name) <= 6:
        return False
    return any(name in initials for initials in _initials(evidence))


def _initials(evidence: str) -> frozenset[str]:
    """The first letters of each row of words with capitals, with and without the small words between."""
    found = set()
    for phrase in _PHRASE.findall(evidence):
        parts = re.split(r"[ -]", phrase)
        found.add("".join(part[0] for part in parts if part[:1].isupper()))
        found.add("".join(part[0].upper() for part in parts if part))
    return frozenset(found)


def _spelled_out(sentence: str, evidence: str) -> set[str]:
    """The words, folded, of phrases in the sentence whose first letters are an abbreviation in the evidence."""
    abbreviations = set(re.findall(r"\b[A-Z]{2,6}\b", evidence))
    found: set[str] = set()
    for phrase in _PHRASE.findall(sentence):
        parts = phrase.split()
        for start in range(len(parts)):
            for stop in range(start + 2, len(parts) + 1):
                if _letters(parts[start:stop]) & abbreviations:
                    found.update(folded(part).removesuffix("'s").rstrip("'") for part in parts[start:stop])
    return found


def _letters(parts: Sequence[str]) -> set[str]:
    capitals = "".join(part[0] for part in parts if part[0].isupper())
    all_but_the = "".join(part[0].upper() for part in parts if part != "the")
    return {capitals, all_but_the} if parts[0][0].isupper() and parts[-1][0].isupper() else set()


def _of_countries(sentence: str, known: frozenset[str]) -> set[str]:
    """The words of the names of these countries in the sentence."""
    return {word for name, code in country_names(sentence) if code in known for word in name.split()}
