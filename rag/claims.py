"""What a sentence claims that can be checked by its words alone: names, numbers, negations."""

import re
import unicodedata

_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
_WORDS |= {"dozen": "12", "hundred": "100", "thousand": "1000", "million": "1000000", "billion": "1000000000"}
_WORDS |= {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "half": "0.5"}
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sept sep oct nov dec".split()
)
_NEGATIVE = re.compile(
    r"\b(?:no|not|never|none|neither|nor|nothing|nobody|cannot|without|unable|unwilling)\b|n['’]t\b", re.IGNORECASE
)
_REFUSING = re.compile(
    r"\b(?:refus|den(?:y|ie)|declin|reject|oppos|fail|lack|absen|exclu|rule[sd]? out|prevent|prohibit|ban(?:s|ned)?\b"
    r"|forb|abandon|abolish|unlikely|far from|little|few\b|hardly|barely|only\b|stop|halt|avoid)",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset(
    "the a an in on at by for from to of and but or if as it its this that these those he she they his her their we "
    "our i you there here when where while who what which why how after before during since until according also "
    "however both all some many most several one two three four five six seven eight nine ten no not yes".split()
)


def folded(text: str) -> str:
    """Lower case without accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold().replace("’", "'")


def numbers(text: str) -> frozenset[str]:
    """Numbers in digits, whichever way they are written: `2,500` and `2500`, `twelve` and `12`."""
    found = {_plain(match) for match in _DIGITS.findall(text)}
    return frozenset(found | {_WORDS[word] for word in map(folded, _WORD.findall(text)) if word in _WORDS})


def stated_numbers(text: str) -> frozenset[str]:
    """The numbers a sentence claims: those in digits, and those in words from two up."""
    words = {_WORDS[word] for word in map(folded, _WORD.findall(text)) if word in _WORDS}
    return frozenset({_plain(match) for match in _DIGITS.findall(text)} | (words - {"0", "1", "2", "0.5"}))


def words(text: str) -> frozenset[str]:
    """All words, folded, possessives stripped, hyphenated words also in their parts."""
    found: set[str] = set()
    for word in map(folded, _WORD.findall(text)):
        bare = word.removesuffix("'s").rstrip("'")
        found |= {bare, *bare.split("-")}
    return frozenset(found)


def names(text: str) -> list[str]:
    """Capitalised words, as written, without months and without the small words that open a sentence."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        bare = folded(word).removesuffix("'s").rstrip("'")
        opens = not text[: match.start()].rstrip(" \"'“‘(") or text[: match.start()].rstrip(" \"'“‘(")[-1] in ".!?"
        if not word[0].isupper() or bare in _NOT_NAMES or bare in _MONTHS or (len(bare) == 1 and not word.isupper()):
            continue
        if opens and not word[1:].isupper() and not _followed_by_name(text, match.end()):
            continue  # any sentence opens with a capital; a name there is found again by its other words
        found.append(word)
    return list(dict.fromkeys(found))


def negated(text: str) -> bool:
    """Whether the sentence denies something in so many words."""
    return _NEGATIVE.search(text) is not None


def may_deny(text: str) -> bool:
    """Whether the text holds any word a denial could rest on, such as "refused" or "only"."""
    return negated(text) or _REFUSING.search(text) is not None


def months(text: str) -> frozenset[str]:
    """Months, by their first three letters."""
    return frozenset(
        word[:3]
        for match in _WORD.findall(text)
        if (word := folded(match)) in _MONTHS and (word != "may" or match == "May")
    )


def _plain(number: str) -> str:
    grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number)
    plain = number.replace(",", "") if grouped else number.replace(",", ".")
    whole, _, part = plain.partition(".")
    return f"{int(whole)}.{part}" if part and part.strip("0") and part.isdigit() else str(int(whole or "0"))


def _followed_by_name(text: str, end: int) -> bool:
    return re.match(r" [A-Z][a-z]", text[end : end + 3]) is not None
