"""Posts that a question names, held or not, in any case: "cables from buenos aires", "Jakarta's telegrams"."""

import re
from collections.abc import Container
from dataclasses import dataclass

from rag.domain.cable_id import compact_post
from rag.domain.known_posts import known_post

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 4  # words
_LEAST_LETTERS = 5
"""From which a post that is not held may be typed in lower case."""
_DEPARTMENT = frozenset(("WASHINGTON", "STATEDEPARTMENT", "DEPARTMENTOFSTATE"))


@dataclass(frozen=True, slots=True)
class NamedPost:
    """Where a post is named, and which it is, as ids spell it."""

    start: int
    end: int
    post: str


def named_posts(question: str, posts: Container[str]) -> list[NamedPost]:
    """The posts a question names, in order; `posts` are those of the archive, as ids spell them."""
    words = list(_WORD.finditer(question))
    found: list[NamedPost] = []
    place = 0
    while place < len(words):
        for size in range(min(_LONGEST, len(words) - place), 0, -1):
            start, end = words[place].start(), words[place + size - 1].end()
            if post := _post(question[start:end], posts):
                found.append(NamedPost(start, end, post))
                place += size
                break
        else:
            place += 1
    return found


def _post(name: str, posts: Container[str]) -> str | None:
    compact = compact_post(name)
    if compact in posts:
        return compact
    known = "STATE" if compact in _DEPARTMENT else known_post(name)
    return known if known and (known in posts or name[0].isupper() or len(compact) >= _LEAST_LETTERS) else None
