"""The query language of a scan: words, "phrases", "words near"~5, begin*, -without, one OR other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.domain.scan_query import ScanQuery, ScanTerm
from rag.errors import BadInput
from rag.text.literal_words import literal_text

MOST_SCANNED = 1000
"""Characters of a query."""
_MOST_TERMS = 20
_MOST_NEAR, _MOST_OTHERS = 6, 100  # words; words among them
_SHORTEST = 2  # letters before a *
_MOST_BEGINNINGS = 6
"""Words with a *: each may stand for thousands of words."""
_QUOTES = str.maketrans("“”„«»", '"""""')
_PART = re.compile(r'(?P<without>-)?(?:"(?P<quoted>[^"]*)"(?P<near>~\d*)?|(?P<plain>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class _Part:
    term: ScanTerm
    without: bool
    after_or: bool


def read_scan(text: str) -> ScanQuery:
    """Read a query.

    Blanks mean "and". `OR` joins the terms on both sides of it and binds first: `a b OR c` is a and (b or c).

    Raises:
        BadInput: it cannot be read, or looks for nothing.
    """
    if len(text) > MOST_SCANNED:
        raise BadInput(f"the query has {len(text):,} characters; the most is {MOST_SCANNED:,}")
    text = text.translate(_QUOTES)
    if text.count('"') % 2:
        raise BadInput("a quotation mark is missing: close the phrase")
    if re.search(r"(?<!\S)OR(?!\S)", text) and re.search(r"[()]", re.sub(r'"[^"]*"', "", text)):
        raise BadInput("brackets are not read: OR joins the two words or phrases beside it; leave the brackets out")
    parts = list(_parts(text))
    if len(parts) > _MOST_TERMS:
        raise BadInput(f"the query has {len(parts)} terms; the most is {_MOST_TERMS}")
    beginnings = sum(word.endswith("*") for part in parts for word in part.term.words)
    if beginnings > _MOST_BEGINNINGS:
        raise BadInput(f"the query has {beginnings} words with a *; the most is {_MOST_BEGINNINGS}")
    groups: list[tuple[ScanTerm, ...]] = []
    for part in parts:
        if part.after_or:
            groups[-1] += (part.term,)
        elif not part.without:
            groups.append((part.term,))
    if not groups:
        raise BadInput(
            'nothing to look for; write words, a "phrase" or the beginning of a word with a *, such as fish*'
        )
    return ScanQuery(tuple(groups), tuple(part.term for part in parts if part.without))


def _parts(text: str) -> Iterator[_Part]:
    before: _Part | None = None
    joining = False
    for match in _PART.finditer(text):
        if match["plain"] == "OR" and not match["without"]:
            if joining or before is None or before.without:
                raise _misplaced_or()
            joining = True
            continue
        if (words := _words(match["quoted"] or match["plain"] or "")) == ():
            continue  # nothing but signs
        before = _Part(_term(words, match["near"]), match["without"] is not None, joining)
        if joining and before.without:
            raise _misplaced_or()
        joining = False
        yield before
    if joining:
        raise _misplaced_or()


def _term(words: tuple[str, ...], near: str | None) -> ScanTerm:
    if near is None:
        return ScanTerm(words)
    if len(words) not in range(2, _MOST_NEAR + 1):
        raise BadInput(f'"..."~N looks for two to {_MOST_NEAR} words near each other, not {len(words)}')
    if not near[1:] or int(near[1:]) > _MOST_OTHERS:
        raise BadInput(f'say how many other words may stand between, up to {_MOST_OTHERS}, such as "port closed"~5')
    return ScanTerm(words, int(near[1:]))


def _words(text: str) -> tuple[str, ...]:
    words: list[str] = []
    for written in text.split():
        letters = literal_text(written).split()
        if "*" in written:
            if not written.endswith("*") or written.count("*") > 1 or not letters or len(letters[-1]) < _SHORTEST:
                raise BadInput(
                    f"a * stands for the rest of a word, after two letters or more, such as fish*: {written[:40]}"
                )
            letters[-1] += "*"
        words += letters
    return tuple(words)


def _misplaced_or() -> BadInput:
    return BadInput('OR stands between two words or phrases to look for; write "or" small for the word itself')
