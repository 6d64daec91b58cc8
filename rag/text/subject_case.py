"""Subjects printed in capitals, in sentence case, with the spelling that the cable's own text gives each word."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from rag.domain.cable import Cable

_WORD = re.compile(r"[^\W_]+(?:[./'’&][^\W_]+)*")
_STANDS = re.compile(r"[\d./&]")
_ORDINAL = re.compile(r"\d+(?:ST|ND|RD|TH)")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_PAIR = re.compile(r"(?=\b([^\W\d_]+) ([^\W\d_]+))")
_BEGINS = re.compile(r"(?:^|[.!?:;]|--)[\s\"“'‘(\[]*$")
_MONTH_OR_DAY = re.compile(
    r"\b(?:january|february|april|june|july|august|september|october|november|december|jan|feb|apr|jun|jul|aug|sept?"
    r"|oct|nov|dec|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b"
    r"|\b(?:march|mar|may)\b(?=\.? \d)"  # beside a number only
    r"|(?:(?<=\b\d )|(?<=\b\d\d )|(?<=\d(?:st|nd|rd|th) ))(?:march|mar|may)\b"
)
_BEFORE = 6  # characters that tell whether a word begins a sentence


def titled(cable: Cable) -> str:
    """The cable's subject, on one line, in sentence case; its own post keeps its capitals. Empty where it has none."""
    texts = (paragraph.text for paragraph in cable.paragraphs)
    return in_sentence_case(" ".join((cable.subject or "").split()), (*texts, f"of {post_in_words(cable.post)}"))


def post_in_words(post: str) -> str:
    """A post as a sentence writes it; missions such as USNATO keep their capitals."""
    return post if post.startswith(("US", "UN")) else post.title()


def in_sentence_case(subject: str, texts: Iterable[str]) -> str:
    """A subject in capitals as a sentence writes it; one that is not in capitals as it is.

    A word is spelled as most often inside the sentences of `texts`, where they have it: names and acronyms keep their
    capitals. Other words are small, but for the first, months and days of the week, and words with digits, dots or
    slashes stand as they are. "March" and "may" are months beside a number, as in
    "May 30".
    """
    if not subject.isupper():
        return subject
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names: set[str] = set()
    for text in texts:
        if text.isupper():
            continue  # it does not tell names from words
        for match in _PAIR.finditer(text):
            if match[1].istitle() and match[2].istitle() and not _begins_sentence(text, match.start()):
                names.add(f"{match[1]} {match[2]}")
        for match in _WORD.finditer(text):
            if not _begins_sentence(text, match.start()):
                word = _POSSESSIVE.sub("", match[0])
                spellings[word.casefold()][word] += 1
    written = _WORD.sub(lambda match: _spelled(match[0], spellings), subject)
    written = _MONTH_OR_DAY.sub(lambda match: match[0].capitalize(), written)
    known = {name.casefold(): name for name in names}
    for one, other in _PAIR.findall(written):  # "Port Zephyr", although "port" is mostly small
        if (name := known.get(f"{one} {other}".casefold())) and other[0].isupper():
            written = written.replace(f"{one} {other}", name)
    return written[:1].upper() + written[1:]


def _begins_sentence(text: str, start: int) -> bool:
    return _BEGINS.search(text[max(0, start - _BEFORE) : start]) is not None


def _spelled(word: str, spellings: dict[str, Counter[str]]) -> str:
    base = _POSSESSIVE.sub("", word)
    if found := spellings.get(base.casefold()):
        return max(found, key=lambda each: (found[each], each.islower())) + word[len(base) :].lower()
    stands = _STANDS.search(word) and not _ORDINAL.fullmatch(word)
    return word if stands else word.lower()
