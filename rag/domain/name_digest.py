"""Names and texts that are recognised without being kept: keyed digests of their letters (HMAC, RFC 2104)."""

import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from rag.errors import BadInput

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 12
_BROKEN = 2  # words by which a line break, a hyphen or a stray blank may cut a name into more


def letters(text: str) -> str:
    """The text's letters and digits alone, without case and accents: the same for every way a name is set."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def digest_of(text: str, salt: str) -> str:
    """The digest of a text's letters under the key `salt`, 64 hexadecimal digits."""
    return hmac.digest(salt.encode(), letters(text).encode(), "sha256").hex()


def words_of(text: str) -> list[str]:
    """The words of a text, each by its letters."""
    return [letters(match[0]) for match in _WORD.finditer(text)]


def word_runs(text: str, length: int) -> list[tuple[str, ...]]:
    """All runs of `length` words in a text, by which what quotes it is found."""
    words = words_of(text)
    return [tuple(words[start : start + length]) for start in range(len(words) - length + 1)]


@dataclass(frozen=True, slots=True)
class NameDigest:
    """A name as a digest of its letters, the number of its words, and what is set in its place."""

    digest: str
    words: int
    salt: str
    replacement: str

    @classmethod
    def of(cls, name: str, replacement: str, salt: str) -> Self:
        """The digest of a name.

        Raises:
            BadInput: it is no name, or the replacement holds it.
        """
        words = len(_WORD.findall(name))
        if not 1 <= words <= _MOST_WORDS or len(letters(name)) < 2:
            raise BadInput(f"a name has 2 letters or more, in 1 to {_MOST_WORDS} words")
        found = cls(digest_of(name, salt), words, salt, replacement)
        if found.is_in(replacement):
            raise BadInput("the replacement holds the name itself; choose another, such as XXXX")
        return found

    def is_in(self, text: str | None) -> bool:
        """Whether the text holds the name."""
        return any(True for _ in _spans(text or "", [self]))


def replace_names(text: str, names: Iterable[NameDigest]) -> str:
    """The text with each of the names replaced, in whatever case, spacing or punctuation it stands."""
    parts: list[str] = []
    end = 0
    for first, last, name in _spans(text, list(names)):
        parts += text[end:first], name.replacement
        end = last
    return "".join((*parts, text[end:]))


def _spans(text: str, names: list[NameDigest]) -> Iterator[tuple[int, int, NameDigest]]:
    """Start and end of each name in the text, in order; of those that start at one word the longest."""
    wanted = {(name.salt, name.digest): name for name in names}
    salts = {name.salt.encode() for name in names}
    longest = max((name.words for name in names), default=0) + _BROKEN
    spans = [match.span() for match in _WORD.finditer(text)] if names else []
    words = [letters(text[first:last]) for first, last in spans]
    start = 0
    while start < len(spans):
        for count in range(min(longest, len(spans) - start), 0, -1):
            joined = "".join(words[start : start + count]).encode()
            digests = ((salt.decode(), hmac.digest(salt, joined, "sha256").hex()) for salt in salts)
            if (found := next(filter(None, map(wanted.get, digests)), None)) is not None:
                yield spans[start][0], spans[start + count - 1][1], found
                start += count - 1
                break
        start += 1
