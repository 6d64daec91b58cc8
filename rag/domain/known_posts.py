"""The posts whose names are known, in any of their common spellings."""

from rag.domain import post_names
from rag.domain.cable_id import compact_post


def post_table(table: str) -> list[str]:
    """The names of a table of `post_names`, which are separated by semicolons."""
    return [name.strip() for name in table.replace("\n", " ").split(";") if name.strip()]


_NAMES = {
    compact_post(name): name for table in (*post_names.REGIONS, post_names.MISSIONS) for name in post_table(table)
}
POSTS = frozenset(_NAMES)
"""All posts, as ids spell them."""
_OTHER_SENDERS = frozenset(compact_post(name) for name in post_table(post_names.OTHER_SENDERS))


def _aliases() -> dict[str, str]:
    joined = post_names.ALIASES.replace(",\n", ", ")
    posts: dict[str, str] = {}
    for line in joined.strip().splitlines():
        aliases, post = line.split("=")
        posts.update({compact_post(alias): compact_post(post) for alias in aliases.split(",")})
    return posts


_ALIASES = _aliases()


def post_name(post: str) -> str:
    """The name of a post in its words: `LAPAZ` -> `LA PAZ`; an unknown one as it is given."""
    return _NAMES.get(compact_post(post), post)


def known_post(name: str) -> str | None:
    """The post of a correct or commonly abbreviated name: `New Delhi` -> `NEWDELHI`, `SECSTATE` -> `STATE`."""
    compact = compact_post(name)
    if compact in POSTS or compact in _OTHER_SENDERS:
        return compact
    return _ALIASES.get(compact)
