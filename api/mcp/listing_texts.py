"""Counts and lists as text."""

from collections.abc import Iterable
from typing import Any

from rag.domain.tag_meanings import tag_meaning

_KINDS = (("year", "year"), ("post", "post"), ("tag", "TAGS"), ("classification", "classification"))


def count_text(counted: dict[str, Any]) -> str:
    """How many cables there are, and how many of each kind."""
    lines = [_cables(counted["total"]) + "."]
    for kind, name in _KINDS:
        counts = [each | {"meaning": tag_meaning(each["value"])} for each in counted["facets"][kind]]
        lines.append(f"By {name}: {', '.join(_counts(counts)) or 'none'}.")
    return "\n".join(lines)


def cables_text(page: dict[str, Any]) -> str:
    """A page of cables, a line each, under how many there are."""
    if not page["total"]:
        return "No cable meets these conditions; posts_and_tags has the spellings of posts and TAGS."
    lines = [
        ", ".join(filter(None, (_headed(each), each["classification"], each["subject"]))) for each in page["cables"]
    ]
    more = [f"More with cursor {page['next']}"] if page["next"] else []
    return "\n".join([f"{_cables(page['total'])}, oldest first.", *lines, *more])


def names_text(names: dict[str, Any]) -> str:
    """Posts and TAGS with their meanings."""
    lines = []
    for title, kind in (("Posts", "posts"), ("TAGS", "tags")):
        shown, left_out = names[kind], names[f"{kind}_total"] - len(names[kind])
        more = f", and {left_out:,} more" if left_out else ""
        lines.append(f"{title}: {', '.join(_counts(shown)) or 'none'}{more}.")
    return "\n".join(lines)


def _counts(counts: Iterable[dict[str, Any]]) -> list[str]:
    return [
        f"{each['value']}{f' ({meaning})' if (meaning := each.get('meaning')) else ''}: {each['count']:,}"
        for each in counts
    ]


def _headed(cable: dict[str, Any]) -> str:
    return f"- {cable['label']} ({cable['id']}), {(cable['date'] or 'no date')[:10]}"


def _cables(count: int) -> str:
    return f"{count:,} cable{'' if count == 1 else 's'}"
