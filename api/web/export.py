"""Answers and conversations as text, for copying and export."""

import re
from collections.abc import Mapping, Sequence

from api.web.cable_view import permalink
from rag.citing.endnotes import with_endnotes
from rag.domain.answer import CLOSEST_PASSAGES, Answer

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def answer_with_endnotes(answer: Answer, notes: Mapping[str, str]) -> str:
    """The question and the answer, its citations as numbered notes; `notes` holds the citation of each key."""
    sentences: list[tuple[str, Sequence[str]]] = [
        (each.text, each.citations) for each in answer.sentences if each.supported
    ]
    if answer.abstained or not sentences:
        sentences.insert(0, (_refusal(answer), ()))
    return f"{answer.question}\n\n{with_endnotes(sentences, notes)}"


def answer_markdown(answer: Answer, origin: str) -> str:
    """The same as Markdown; citations link to the reader under `origin` (`https://host`)."""
    names = {quote.key: quote.citation for quote in answer.quotes}
    sentences = [
        " ".join((_escaped(sentence.text), *(_link(names[key], key, origin) for key in sentence.citations)))
        for sentence in answer.sentences
        if sentence.supported and all(key in names for key in sentence.citations)
    ]
    if answer.abstained or not sentences:
        sentences.insert(0, _escaped(_refusal(answer)))
    lines = [f"## {_escaped(answer.question)}", "", " ".join(sentences)]
    for quote in answer.quotes:
        lines += ["", f"> {_escaped(quote.quote)}", f"> — {_link(quote.citation, quote.key, origin)}"]
    return "\n".join(lines)


def conversation_markdown(answers: Sequence[Answer], origin: str) -> str:
    """A whole conversation, oldest first."""
    return "\n\n".join(answer_markdown(answer, origin) for answer in answers) + "\n"


def _refusal(answer: Answer) -> str:
    if not answer.abstained:
        return ""
    return f"{CLOSEST_PASSAGES if answer.text else 'The archive does not say'} ({answer.reason})."


def _link(citation: str, key: str, origin: str) -> str:
    return f"[{citation}]({origin}{permalink(key)})"


def _escaped(text: str) -> str:
    """Text with every Markdown character escaped."""
    return _SPECIAL.sub(r"\\\1", text)
