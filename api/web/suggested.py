"""Questions to start with, made from the subjects of the archive's own cables."""

import re
from collections.abc import Iterable

from rag.domain.cable import Cable

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_PAIR = re.compile(r"(?=\b([^\W\d_]+) ([^\W\d_]+))")
_MAX_LENGTH = 80
_SHORT = 3  # a capitalized word of this length most likely began a sentence


def suggested_question(cable: Cable) -> str | None:
    """A question about what the cable's subject line announces, or None where it makes none."""
    if not cable.subject or len(cable.subject) > _MAX_LENGTH or len(cable.subject.split()) < 3:
        return None
    subject = _as_written(cable.subject, (paragraph.text for paragraph in cable.paragraphs)).rstrip(" .")
    if sum(len(word) > _SHORT and word.isupper() for word in subject.split()) > 2:
        return None  # the text is in capitals too, and does not tell names from words
    return subject if subject.endswith("?") else f"What did {_post_name(cable.post)} report about “{subject}”?"


def _post_name(post: str) -> str:
    """A post as a sentence writes it; missions such as USNATO keep their capitals."""
    return post if post.startswith(("US", "UN")) else post.title()


def _as_written(subject: str, texts: Iterable[str]) -> str:
    """A subject in capitals, spelled as the cable's text spells its words: names and acronyms keep their capitals."""
    text = " ".join(texts)
    names = {pair.lower() for one, other in _PAIR.findall(text) if (pair := f"{one} {other}").istitle()}
    spelled: dict[str, str] = {}
    for word in _WORD.findall(text):
        # A word that occurs in lower case is no name, even if it also begins a sentence.
        if word.islower() or (word.lower() not in spelled and (len(word) > _SHORT or word.isupper())):
            spelled[word.lower()] = word
    folded = " ".join(subject.split())
    written = _WORD.sub(lambda match: spelled.get(match[0].lower(), match[0].lower()), folded)
    for one, other in _PAIR.findall(folded):
        if (pair := f"{one} {other}".lower()) in names:  # "Port Zephyr", although "port" occurs in lower case too
            written = re.sub(rf"\b{re.escape(pair)}\b", pair.title(), written, flags=re.IGNORECASE)
    return written[:1].upper() + written[1:]
