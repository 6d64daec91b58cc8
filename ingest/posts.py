"""From what a reference prints to the post of a cable id: `RIO DE JAN` -> `RIODEJANEIRO`, `BISHTEK` -> `BISHKEK`."""

from collections.abc import Sequence
from functools import lru_cache

from ingest import post_names
from ingest.spelling import nearest
from rag.cable_id import compact_post

_LONGEST = 5  # words: BANDAR SERI BEGAWAN with a label letter or two before it
_FUZZY_FROM = 5  # letters; shorter names are too near each other
_TWO_ERRORS_FROM = 9  # letters
_PREFIX_FROM = 5  # letters; telegrams of the 1970s cut names to six: PORTAU, BUENOS

_NOT_POSTS = frozenset(post_names.NOT_POSTS.split())
_BEFORE_POST = frozenset(post_names.BEFORE_POST.split())


def _names(table: str) -> list[str]:
    return [name.strip() for name in table.replace("\n", " ").split(";") if name.strip()]


POSTS: frozenset[str] = frozenset(
    compact_post(name)
    for table in (
        post_names.AFRICA,
        post_names.NEAR_EAST,
        post_names.SOUTH_AND_CENTRAL_ASIA,
        post_names.EAST_ASIA_AND_PACIFIC,
        post_names.EUROPE,
        post_names.AMERICAS,
        post_names.MISSIONS,
    )
    for name in _names(table)
)
_OTHER_SENDERS = frozenset(compact_post(name) for name in _names(post_names.OTHER_SENDERS))


def _aliases() -> dict[str, str]:
    joined = post_names.ALIASES.replace(",\n", ", ")
    found: dict[str, str] = {}
    for line in joined.strip().splitlines():
        aliases, post = line.split("=")
        found.update({compact_post(alias): compact_post(post) for alias in aliases.split(",")})
    return found


_ALIASES = _aliases()


def known_post(name: str) -> str | None:
    """The post of a name spelled right or abbreviated as usual: `New Delhi` -> `NEWDELHI`, `SECSTATE` -> `STATE`."""
    compact = compact_post(name)
    if compact in POSTS or compact in _OTHER_SENDERS:
        return compact
    return _ALIASES.get(compact)


@lru_cache(maxsize=2048)
def probable_post(name: str) -> str | None:
    """The post that a cut or misspelled name means, or None.

    A name of five letters or more that begins only one post is that post; else one error is forgiven, two from nine
    letters on, where one post alone is that near. Names spelled right never come here: they are known.
    """
    compact = compact_post(name)
    if len(compact) < _FUZZY_FROM or not compact.isalpha() or compact in _NOT_POSTS:
        return None
    begun = [post for post in POSTS if post.startswith(compact)]
    if len(compact) >= _PREFIX_FROM and len(begun) == 1:
        return begun[0]
    return nearest(compact, POSTS, 2 if len(compact) >= _TWO_ERRORS_FROM else 1)


def resolve_post(words: Sequence[str]) -> tuple[str, int] | None:
    """The post named by the last words before a serial, and how many words name it.

    Words before the name, such as a label's letter, are passed over: `["B", "USUN", "NE", "YORK"]` gives
    `("USUNNEWYORK", 3)`.
    """
    tail = list(words[-_LONGEST:])
    sizes = range(len(tail), 0, -1)
    for size in sizes:
        if post := known_post(" ".join(tail[-size:])):
            return post, size
    for size in sizes:
        name = tail[-size:]
        if len(name[0]) == 1 or name[0].upper() in _BEFORE_POST:
            continue
        if post := probable_post(" ".join(name)):
            return post, size
    return None


def leading_words(words: Sequence[str]) -> list[str]:
    """The words without label letters and `REF`, `AMEMBASSY` and the like before a name."""
    rest = list(words)
    while rest and (len(rest[0]) == 1 or rest[0].upper() in _BEFORE_POST):
        rest.pop(0)
    return rest
