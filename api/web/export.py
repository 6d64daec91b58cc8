"""Answers and conversations as text to take along."""

import re
from collections.abc import Sequence

from api.web.cable_view import permalink
from rag.answer import Answer

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def answer_text(answer: Answer) -> str:
    """The question and the answer with its citations in brackets, then the quotes."""
    lines = [answer.question, "", _said(answer)]
    if answer.quotes:
        lines += ["", *(f"{quote.citation}: “{quote.quote}”" for quote in answer.quotes)]
    return "\n".join(lines)


def answer_markdown(answer: Answer, origin: str) -> str:
    """The same as Markdown; citations link to the reader under `origin` (`https://host`)."""
    names = {quote.key: quote.citation for quote in answer.quotes}
    said = [
        " ".join((_escaped(each.text), *(f"[{names[key]}]({origin}{permalink(key)})" for key in each.citations)))
        for each in answer.sentences
        if each.supported and all(key in names for key in each.citations)
    ]
    if answer.abstained or not said:
        said.insert(0, _escaped(_refusal(answer)))
    lines = [f"## {_escaped(answer.question)}", "", " ".join(said)]
    for quote in answer.quotes:
        lines += ["", f"> {_escaped(quote.quote)}", f"> — [{quote.citation}]({origin}{permalink(quote.key)})"]
    return "\n".join(lines)


def conversation_markdown(answers: Sequence[Answer], origin: str) -> str:
    """A whole conversation, oldest first."""
    return "\n\n".join(answer_markdown(answer, origin) for answer in answers) + "\n"


def _said(answer: Answer) -> str:
    return " ".join(filter(None, (_refusal(answer), answer.text)))


def _refusal(answer: Answer) -> str:
    return f"The archive does not say ({answer.reason})." if answer.abstained else ""


def _escaped(text: str) -> str:
    """Cable text as Markdown shows it: no character of it is markup."""
    return _SPECIAL.sub(r"\\\1", text)
