"""A question in its plainer forms: without a statement before it, and with what precedes a colon in its place."""

import re
from collections.abc import Iterator

_SENTENCES = re.compile(r"(?<=[.?!]) +(?=[A-Z])")
_STATEMENT = re.compile(r"(?:I|We|I['’]m|I['’]d|My|Our|The|It|This|That|There|Just|Only|No|A|An)\b[^?]*$")
_OURSELVES = re.compile(r"(?:I|We|I['’]m|My|Our)\b", re.IGNORECASE)
_TOGETHER = re.compile(r",? (?:together|both|combined|taken together|as a pair)$", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:(?:the (?:two|three|pair)|both|all|either) of (?:them|these)|him|her|them|it|this|that|these|there)\b",
    re.IGNORECASE,
)
_LONGEST_HEAD = 12  # words


def restatements(question: str) -> Iterator[str]:
    """The question, then forms that ask the same: "who wrote about Zelaya?" for "Zelaya: who wrote about him?"."""
    text = " ".join(question.split())
    yield text
    sentences = sentences_of(text)
    asked = [sentence for sentence in sentences if not _STATEMENT.match(sentence)]
    if 1 == len(asked) < len(sentences):
        yield asked[0]
    head, colon, rest = text.partition(": ")
    if not colon or len(head.split()) > _LONGEST_HEAD:
        return
    if _OURSELVES.match(head):
        yield rest
        return
    name, rest = _TOGETHER.sub("", head), rest.rstrip(" ?.!")
    if _PRONOUN.search(rest):
        yield _PRONOUN.sub(lambda _: name, rest, count=1)
    else:
        yield f"{rest} of {name}"
        yield f"{rest} from {name}"


def sentences_of(text: str) -> list[str]:
    """The sentences of a question, by its full stops and question marks."""
    return [part for part in _SENTENCES.split(text) if part]
