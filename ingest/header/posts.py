"""The post of a cable id from a printed name: `RIO DE JAN` -> `RIODEJANEIRO`, `BISHTEK` -> `BISHKEK`."""

from collections.abc import Sequence
from functools import lru_cache

from ingest.header.spelling import nearest
from rag.domain import post_names
from rag.domain.cable_id import compact_post
from rag.domain.known_posts import POSTS, known_post

_LONGEST = 5  # words: BANDAR SERI BEGAWAN with a label letter or two before it
_FUZZY_FROM = 5  # letters; shorter names are too similar
_TWO_ERRORS_FROM = 9  # letters
_PREFIX_FROM = 5  # letters; telegrams of the 1970s truncate names to six: PORTAU, BUENOS

_NOT_POSTS = frozenset(post_names.NOT_POSTS.split())
_BEFORE_POST = frozenset(post_names.BEFORE_POST.split())


def same_post(one: str, other: str) -> bool:
    """Whether two printed names are of one post, in any of its common spellings."""
    return (known_post(one) or compact_post(one)) == (known_post(other) or compact_post(other))


@lru_cache(maxsize=2048)
def probable_post(name: str) -> str | None:
    """The post that a truncated or misspelled name means, or None.

    A name of five letters or more that is the beginning of exactly one post means that post. Else the single nearest
    post is taken, within one error, or two from nine letters on. Known names are not expected here.
    """
    compact = compact_post(name)
    if len(compact) < _FUZZY_FROM or not compact.isalpha() or compact in _NOT_POSTS:
        return None
    begun = [post for post in POSTS if post.startswith(compact)]
    if len(compact) >= _PREFIX_FROM and len(begun) == 1:
        return begun[0]
    return nearest(compact, POSTS, 2 if len(compact) >= _TWO_ERRORS_FROM else 1)


def resolve_post(words: Sequence[str]) -> tuple[str, int] | None:
    """The post that the last words before a serial name, and the number of words in its name.

    Words before the name, such as the letter of a label, are skipped: `["B", "USUN", "NE", "YORK"]` gives
    `("USUNNEWYORK", 3)`.
    """
    tail = list(words[-_LONGEST:])
    sizes = range(len(tail), 0, -1)
    for size in sizes:
        if post := known_post(" ".join(tail[-size:])):
            return post, size
    for size in sizes:
        name = tail[-size:]
        # A letter after the name is that of an airgram: TOKYO A 12.
        if 1 in (len(name[0]), len(name[-1])) or name[0].upper() in _BEFORE_POST:
            continue
        if post := probable_post(" ".join(name)):
            return post, size
    return None


def leading_words(words: Sequence[str]) -> list[str]:
    """The words without leading label letters and words such as `REF` and `AMEMBASSY`."""
    rest = list(words)
    while rest and (len(rest[0]) == 1 or rest[0].upper() in _BEFORE_POST):
        rest.pop(0)
    return rest
