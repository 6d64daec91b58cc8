"""The post of a cable id from a printed name: `RIO DE JAN` -> `RIODEJANEIRO`, `BISHTEK` -> `BISHKEK`."""

from collections.abc import Sequence
from functools import lru_cache

from ingest.header import post_names
from ingest.header.spelling import nearest
from rag.domain.cable_id import compact_post

_LONGEST = 5  # words: BANDAR SERI BEGAWAN with a label letter or two before it
_FUZZY_FROM = 5  # letters; shorter names are too similar
_TWO_ERRORS_FROM = 9  # letters
_PREFIX_FROM = 5  # letters; telegrams of the 1970s truncate names to six: PORTAU, BUENOS

_NOT_POSTS = frozenset(post_names.NOT_POSTS.split())
_BEFORE_POST = frozenset(post_names.BEFORE_POST.split())


def _names(table: str) -> list[str]:
    return [name.strip() for name in table.replace("\n", " ").split(";") if name.strip()]


POSTS: frozenset[str] = frozenset(
    compact_post(name) for table in (*post_names.REGIONS, post_names.MISSIONS) for name in _names(table)
)
_OTHER_SENDERS = frozenset(compact_post(name) for name in _names(post_names.OTHER_SENDERS))


def _aliases() -> dict[str, str]:
    joined = post_names.ALIASES.replace(",\n", ", ")
    posts: dict[str, str] = {}
    for line in joined.strip().splitlines():
        aliases, post = line.split("=")
        posts.update({compact_post(alias): compact_post(post) for alias in aliases.split(",")})
    return posts


_ALIASES = _aliases()


def known_post(name: str) -> str | None:
    """The post of a correct or commonly abbreviated name: `New Delhi` -> `NEWDELHI`, `SECSTATE` -> `STATE`."""
    compact = compact_post(name)
    if compact in POSTS or compact in _OTHER_SENDERS:
        return compact
    return _ALIASES.get(compact)


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
