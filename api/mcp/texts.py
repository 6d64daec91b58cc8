"""The tools' results as text, for models that do not read the JSON objects beside it."""

from collections import Counter
from typing import Any

from rag.domain.answer import CLOSEST_PASSAGES
from rag.domain.answer_table import table_lines

_ROWS = 100
"""Rows of a table at most; the structured object has all."""
_POSTS = 20


def answer_text(answer: dict[str, Any]) -> str:
    """An `ask` object: the cited answer, then the words that support it."""
    if answer["abstained"]:
        return no_answer_text(answer)
    quotes = [
        f"- {item['citation']} ({item['key']})" + (f': "{item["quote"]}"' if item["quote"] else "")
        for item in answer["citations"]
    ]
    table = answer.get("table")
    rows = (
        [f"\n{' · '.join(table['columns'])}", *table_lines(table, _ROWS), f"Counted: {table['rule']}."] if table else []
    )
    note = [f"\nNote: {answer['reason']}"] if answer["reason"] else []
    return "\n".join([answer["answer"], *rows, *(["\nSources:"] if quotes else []), *quotes, *note])


def no_answer_text(answer: dict[str, Any]) -> str:
    """An `ask` object that abstains: the reason, then the closest passages, or else the closest paragraphs' keys."""
    if answer["answer"]:
        return f"{CLOSEST_PASSAGES}: {answer['reason']}.\n\n{answer['answer']}"
    closest = f"\nClosest paragraphs: {', '.join(answer['closest'])}" if answer["closest"] else ""
    return f"No answer: {answer['reason']}.{closest}"


def passages_text(passages: list[dict[str, Any]]) -> str:
    """Search results, best first."""
    if not passages:
        return "Nothing in the archive matches."
    return "\n\n".join(
        f"{rank}. {passage['citation']} ({passage['key']}), {(passage['date'] or 'no date')[:10]}, "
        f"{passage['subject']}\n{passage['text']}"
        for rank, passage in enumerate(passages, 1)
    )


def scan_text(page: dict[str, Any]) -> str:
    """A page of a scan: the totals, then the hits in order of time with the words around their matches."""
    if not page["total"]:
        return "No paragraph holds that."
    years = Counter[str]()
    for month in page["by_month"]:
        years[month["value"][:4]] += month["count"]
    by_year = ", ".join(f"{year}: {count:,}" for year, count in years.items())
    by_post = ", ".join(f"{post['value']}: {post['count']:,}" for post in page["by_post"][:_POSTS])
    lines = [
        f"{page['total']:,} paragraphs, {page['undated']:,} of them undated.",
        f"By year: {by_year or 'none is dated'}.",
        f"By post: {by_post}{', ...' if len(page['by_post']) > _POSTS else ''}.",
    ]
    hits = (
        f"- {hit['citation']} ({hit['key']}), {(hit['date'] or 'no date')[:10]}: {hit['snippet']}"
        for hit in page["hits"]
    )
    more = [f"More with cursor {page['next']}"] if page["next"] else []
    return "\n".join([*lines, *hits, *more])


def timeline_text(months: list[dict[str, Any]]) -> str:
    """Months with how many paragraphs match."""
    return ", ".join(f"{each['month']}: {each['paragraphs']:,}" for each in months) or "No dated paragraph matches."


def resolved_text(resolution: dict[str, Any]) -> str:
    """What a citation means, or that the archive holds nothing just so."""
    resolved = resolution["resolved"]
    return unresolved_text(resolution) if resolved is None else _meant(resolved)


def unresolved_text(resolution: dict[str, Any]) -> str:
    """That the archive holds no such cable or paragraph, with what may have been meant."""
    near = ", ".join(_meant(each) for each in resolution["suggestions"])
    return f"the archive holds no {resolution['citation'][:60]!r}" + (f"; near it: {near}" if near else "")


def cable_text(cable: dict[str, Any]) -> str:
    """A whole cable: its fields, then its paragraphs under their citations."""
    names = ("id", "date", "origin", "classification", "caveats", "subject", "tags", "references")
    shown = {name: ", ".join(cable[name]) if isinstance(cable[name], list) else cable[name] for name in names}
    fields = [f"{name}: {value}" for name, value in shown.items() if value]
    paragraphs = [f"\n{paragraph_text(paragraph)}" for paragraph in cable["paragraphs"]]
    return "\n".join([cable["label"], *fields, *paragraphs])


def paragraph_text(paragraph: dict[str, Any]) -> str:
    """One paragraph under its citation."""
    marking = f" ({paragraph['marking']})" if paragraph["marking"] else ""
    return f"{paragraph['citation']}{marking}\n{paragraph['layout']}"


def references_text(graph: dict[str, Any]) -> str:
    """The cables that a cable refers to and those that refer to it."""
    lines = [graph["cable_id"]]
    for title, side in (("refers to", "outgoing"), ("is referred to by", "incoming")):
        lines.append(f"{title}:" if graph[side] else f"{title}: none")
        for cable in graph[side]:
            about = f"{(cable['date'] or '')[:10]} {cable['subject'] or ''}".strip()
            lines.append(f"- {cable['cable_id']} {about if cable['in_archive'] else '(not held)'}")
    return "\n".join(lines)


def cited_text(cited: dict[str, Any]) -> str:
    """A citation, then how the text points to it where the style has that."""
    return "\n".join(filter(None, (cited["text"], cited["in_text"])))


def checked_text(checked: dict[str, Any]) -> str:
    """The citations of a draft, each with what it means or may mean, and the quotations beside it."""
    if not checked["citations"]:
        return "The draft cites no cable."
    lines = []
    for each in checked["citations"]:
        near = ", ".join(f"{suggested['citation']} ({suggested['key']})" for suggested in each["suggestions"])
        means = f" ({each['key']})" if each["key"] else ""
        lines.append(f"- {each['text']}{means}: {each['status']}" + (f"; perhaps {near}" if near else ""))
        for quoted in each["quotations"]:
            changes = "; ".join(f"“{it['draft']}” for “{it['source']}”" for it in quoted["differences"])
            lines.append(f"  {quoted['text']}: {quoted['status']}" + (f": {changes}" if changes else ""))
    return "\n".join(lines)


def _meant(meant: dict[str, Any]) -> str:
    return f"{meant['citation']} ({meant['key'] or meant['cable_id']})"
