"""What the tools' results look like to a model that reads text; the JSON objects go beside it."""

from typing import Any


def answer_text(answer: dict[str, Any]) -> str:
    """An `ask` object: the cited answer, then the words that support it."""
    if answer["abstained"]:
        closest = f"\nClosest paragraphs: {', '.join(answer['closest'])}" if answer["closest"] else ""
        said = f"\n{answer['answer']}" if answer["answer"] else ""
        return f"No answer: {answer['reason']}.{said}{closest}"
    quotes = [f'- {each["citation"]} ({each["key"]}): "{each["quote"]}"' for each in answer["citations"]]
    note = [f"\nNote: {answer['reason']}"] if answer["reason"] else []
    return "\n".join([answer["answer"], "\nSources:", *quotes, *note])


def passages_text(passages: list[dict[str, Any]]) -> str:
    """Search results, best first."""
    if not passages:
        return "Nothing in the archive matches."
    return "\n\n".join(
        f"{rank}. {each['citation']} ({each['key']}), {(each['date'] or 'no date')[:10]}, {each['subject']}\n"
        f"{each['text']}"
        for rank, each in enumerate(passages, 1)
    )


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
        for each in graph[side]:
            about = f"{(each['date'] or '')[:10]} {each['subject'] or ''}".strip()
            lines.append(f"- {each['cable_id']} {about}" if each["in_archive"] else f"- {each['cable_id']} (not held)")
    return "\n".join(lines)
