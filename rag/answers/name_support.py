"""Whether names in a sentence are in its sources: as they stand, in another form, abbreviated, or by their country."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from rag.text.countries import UNITED_STATES, countries, country_names
from rag.text.surface_facts import folded, names, words

_ENDINGS = ("s", "es", "n", "an", "ian", "i", "is", "ese", "ite", "ist", "ish", "ns", "ans", "ians", "ites", "ists")
_INSTITUTIONS = frozenset(
    "government ministry minister department embassy ambassador president premier chancellor parliament republic state "
    "mr mrs ms dr sir general brigadier colonel major captain lieutenant admiral marshal commander secretary counselor "
    "counsellor consul consulate political economic".split()
)
"""Words with a capital in titles, which alone name nobody."""
_USUAL = {
    "PM": "prime minister",
    "FM": "foreign minister",
    "MFA": "foreign ministry",
    "EU": "european union",
    "UN": "united nations",
    "UNSC": "security council",
}
"""Abbreviations that are read in one way only, or have letters of which the words have none."""
_BODIES = frozenset(
    "administration agency agreement assembly association authority bank board bureau center centre command commission "
    "committee community congress corporation corps council court department directorate force forces front fund group "
    "institute league ministry movement office organization organisation party program programme republic service "
    "services summit team treaty union university".split()
)
"""Words with which a body that is abbreviated ends; rows of names without one are persons."""
_PHRASE = re.compile(
    r"(?<![\w'’-])[A-Z][\w'’-]{0,40}(?:(?: (?:of|for|on|in|de|and))?(?: the)? [A-Z][\w'’-]{0,40}){1,7}"
)
_LEAST_LETTERS = 3  # of an abbreviation that its words are read from; fewer are the initials of many a person
_STEM = 4  # letters that a name must share with another form of it
_LONG = 9  # letters of a name from which one may be written otherwise


def missing_names(sentence: str, evidence: str) -> list[str]:
    """The names in a sentence that the evidence has in no form.

    Cables are written by embassies of the United States, whose names therefore need no evidence.
    """
    written = words(evidence)
    known = written | {word.replace("-", "") for word in written}
    spoken = countries(evidence) | {UNITED_STATES}
    excused = _spelled_out(sentence, evidence) | {
        word for name, code in country_names(sentence) if code in spoken for word in name.split()
    }
    initials = _initials(evidence)
    missing = []
    for name in names(sentence):
        bare = folded(name).removesuffix("'s").rstrip("'")
        if len(bare) == 1 or bare in known or bare in _INSTITUTIONS or bare in excused:
            continue
        if countries(name):
            missing.append(name)  # of another country, however alike the words are
        elif not (_is_known(bare, known) or (name.isupper() and any(name in row for row in initials))):
            missing.append(name)
    return missing


def _is_known(name: str, known: frozenset[str]) -> bool:
    """Whether the name, each of its parts, or another form of it is among the words."""
    if name.replace("-", "") in known or all(part in known for part in name.split("-") if part):
        return True
    stems = {name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)}
    if any(len(stem) >= _STEM for stem in stems & known):
        return True
    if len(name) >= _STEM and any(f"{name}{ending}" in known for ending in _ENDINGS):
        return True
    return len(name) >= _LONG and any(
        Levenshtein.distance(word, name, score_cutoff=1) <= 1 for word in known if word[:1] == name[0]
    )


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
    if sum(map(str.isupper, evidence)) > sum(map(str.islower, evidence)):
        return set()  # any word may be taken for an abbreviation
    abbreviations = set(re.findall(r"\b[A-Z]{2,6}\b", evidence))
    found = {word for short in abbreviations & set(_USUAL) for word in _USUAL[short].split()}
    for phrase in _PHRASE.findall(sentence):
        parts = phrase.split()
        for start in range(len(parts)):
            for stop in range(start + 2, len(parts) + 1):
                if _letters(parts[start:stop]) & abbreviations:
                    found.update(folded(part).removesuffix("'s").rstrip("'") for part in parts[start:stop])
    return found


def _letters(parts: Sequence[str]) -> set[str]:
    if not (parts[0][0].isupper() and parts[-1][0].isupper()):
        return set()
    if folded(parts[-1]) not in _BODIES and not {"of", "for", "and", "on"} & set(parts):
        return set()
    capitals = "".join(part[0] for part in parts if part[0].isupper())
    all_but_the = "".join(part[0].upper() for part in parts if part != "the")
    return {letters for letters in (capitals, all_but_the) if len(letters) >= _LEAST_LETTERS}
