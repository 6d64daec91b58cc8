"""Whether names in a sentence are in its sources: as they stand, in another form, abbreviated, or by their country."""

import re
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from rag.text.countries import UNITED_STATES, countries, country_names
from rag.text.name_sounds import letters_of, same_name
from rag.text.surface_facts import folded, names, without_possessive, words

_ENDINGS = ("s", "es", "n", "an", "ian", "i", "is", "ese", "ite", "ist", "ish", "ns", "ans", "ians", "ites", "ists")
_INSTITUTIONS = frozenset(
    "government ministry minister department embassy ambassador president premier chancellor parliament republic state "
    "mr mrs ms dr sir general brigadier colonel major captain lieutenant admiral marshal commander secretary counselor "
    "counsellor consul consulate political economic".split()
)
"""Words with a capital in titles, which alone name nobody."""
_BODIES = frozenset(
    "administration agency agreement assembly association authority bank board bureau center centre command commission "
    "committee community congress corporation corps council court department directorate force forces front fund group "
    "institute league ministry movement office organization organisation party program programme republic service "
    "services summit team treaty union university".split()
)
"""Words with which a body that is abbreviated ends; rows of names without one are persons."""
_PHRASE = re.compile(
    r"(?<![\w'’-])[A-Z][\w'’-]{0,40}(?:(?: (?:of|for|on|in|de|and|bin|ibn|al))?(?: the)? [A-Z][\w'’-]{0,40}){1,7}"
)
_PAIR = re.compile(r"(?=\b([A-Z][\w'’-]+) ([A-Z][\w'’-]+))")
_LEAST_LETTERS = 3  # of an abbreviation that its words are read from; fewer are the initials of many a person
_STEM = 4  # letters that a name must share with another form of it
_LONG = 9  # letters of a name from which one may be written otherwise


def missing_names(sentence: str, evidence: str, question: str = "") -> list[str]:
    """The names in a sentence that the evidence has in no form.

    Cables are written by embassies of the United States, whose names therefore need no evidence. Whoever the question
    names may be in the evidence by initials alone.
    """
    written = words(evidence)
    known = written | {word.replace("-", "") for word in written}
    spoken = countries(evidence) | {UNITED_STATES}
    excused = _spelled_out(sentence, evidence, words(question)) | {
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


def spelled_otherwise(question: str, spellings: Mapping[str, Sequence[str]], evidence: str) -> list[str]:
    """The names of the question that the evidence has in another spelling.

    `spellings` are those of the archive. A name that sounds the same beside the same other name is one too: "Ismael
    Khan" of "Ismail Khan".
    """
    written, pairs = words(evidence), _pairs(evidence)
    found = [name for name, forms in spellings.items() if any(words(form) <= written for form in forms)]
    for first, last in _pairs(question):
        found += [first for other, same in pairs if same == last and _sound_alike(first, other)]
        found += [last for same, other in pairs if same == first and _sound_alike(last, other)]
    return found


def _pairs(text: str) -> set[tuple[str, str]]:
    """Words with capitals that follow each other, two by two."""
    return {(without_possessive(first), without_possessive(last)) for first, last in _PAIR.findall(text)}


def _sound_alike(name: str, other: str) -> bool:
    return same_name(letters_of(name), letters_of(other))


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


def _spelled_out(sentence: str, evidence: str, asked: frozenset[str]) -> set[str]:
    """The words, folded, of phrases in the sentence whose first letters are an abbreviation in the evidence.

    A phrase is the name of a body, or of words that are `asked` for: "MbZ" of a question about Mohammed bin Zayed.
    """
    if sum(map(str.isupper, evidence)) > sum(map(str.islower, evidence)):
        return set()  # any word may be taken for an abbreviation
    abbreviations = {short.upper() for short in re.findall(r"\b[A-Z][A-Za-z]{0,4}[A-Z]\b", evidence)}
    found: set[str] = set()
    for phrase in _PHRASE.findall(sentence):
        parts = phrase.split()
        for start in range(len(parts)):
            for stop in range(start + 2, len(parts) + 1):
                row = parts[start:stop]
                bare = {folded(part).removesuffix("'s").rstrip("'") for part in row}
                if (bare <= asked or _is_body(row)) and _letters(row) & abbreviations:
                    found |= bare
    return found


def _is_body(parts: Sequence[str]) -> bool:
    return folded(parts[-1]) in _BODIES or not {"of", "for", "and", "on"}.isdisjoint(parts)


def _letters(parts: Sequence[str]) -> set[str]:
    if not (parts[0][0].isupper() and parts[-1][0].isupper()):
        return set()
    capitals = "".join(part[0] for part in parts if part[0].isupper())
    all_but_the = "".join(part[0].upper() for part in parts if part != "the")
    return {letters for letters in (capitals, all_but_the) if len(letters) >= _LEAST_LETTERS}
