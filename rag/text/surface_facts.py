"""Facts on the surface of a sentence, which can be checked word by word: names, numbers, months."""

import re
import unicodedata

from rag.domain.periods import MONTHS
from rag.text.number_words import FIGURES, ONE_TO_TEN

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NOT_NAMES = frozenset(
    "the a an in on at by for from to of and but or if as it its this that these those he she they his her their we "
    "our i you there here when where while who what which why how after before during since until according also "
    "however both all some many most several no not yes".split()
    + ONE_TO_TEN
)


_POSSESSIVE = re.compile(r"['’]s?$")


def folded(text: str) -> str:
    """Lower case without accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold().replace("’", "'")


def without_possessive(name: str) -> str:
    """The name without a possessive ending, as it is written: "Villepin's", "Petraeus'"."""
    return _POSSESSIVE.sub("", name)


def numbers(text: str) -> frozenset[str]:
    """All numbers, normalised to digits: `2,500` and `2500`, `twelve` and `12` are the same."""
    return frozenset(_in_digits(text) | _in_words(text))


def stated_numbers(text: str) -> frozenset[str]:
    """The numbers a sentence states: those in digits, and those in words above two ("one" is a pronoun too)."""
    return frozenset(_in_digits(text) | (_in_words(text) - {"0", "1", "2", "0.5"}))


def words(text: str) -> frozenset[str]:
    """All words, folded, possessives stripped, hyphenated words also in their parts."""
    bare_words = (_bare(word) for word in _WORD.findall(text))
    return frozenset(part for word in bare_words for part in (word, *word.split("-")))


def names(text: str) -> list[str]:
    """Capitalised words as written, each once, without months and the function words that open a sentence."""
    names_in_order: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        bare = _bare(word)
        before = text[: match.start()].rstrip(" \"'“‘(¿¡«")
        opens = not before or before[-1] in ".!?"
        if not word[0].isupper() or bare in _NOT_NAMES or bare in MONTHS or (len(bare) == 1 and not word.isupper()):
            continue
        if opens and not word[1:].isupper() and not _followed_by_name(text, match.end()):
            continue  # the first word of a sentence has a capital whether it is a name or not
        names_in_order.append(word)
    return list(dict.fromkeys(names_in_order))


def months(text: str) -> frozenset[str]:
    """Months, by their first three letters."""
    return frozenset(
        word[:3]
        for match in _WORD.findall(text)
        if (word := folded(match)) in MONTHS and (word != "may" or match == "May")
    )


def unknown_names(line: str, known: str) -> bool:
    """Whether the line holds a name or a number that the known text does not."""
    held = words(known)
    named = (folded(name).removesuffix("'s").rstrip("'") for name in names(line))
    return any(name not in held for name in named) or bool(numbers(line) - numbers(known))


def _in_digits(text: str) -> set[str]:
    return {_normalized(number) for number in _DIGITS.findall(text)}


def _in_words(text: str) -> set[str]:
    return {FIGURES[word] for word in map(folded, _WORD.findall(text)) if word in FIGURES}


def _bare(word: str) -> str:
    """Folded, without a possessive ending."""
    return folded(word).removesuffix("'s").rstrip("'")


def _normalized(number: str) -> str:
    grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number)
    decimal = number.replace(",", "") if grouped else number.replace(",", ".")
    whole, _, part = decimal.partition(".")
    return f"{int(whole)}.{part}" if part and part.strip("0") and part.isdigit() else str(int(whole or "0"))


def _followed_by_name(text: str, end: int) -> bool:
    return re.match(r" [A-Z][a-z]", text[end : end + 3]) is not None
