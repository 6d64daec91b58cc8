"""What a language model is shown of the paragraphs found: many of them whole, or the likeliest sentences of a few.

A small model reads slowly and loses its way in a long prompt; a large one misses the paragraph that it is not shown.
"""

from collections.abc import Sequence
from itertools import pairwise

from rag.answers.evidence import CandidateSentence
from rag.domain.retrieved_paragraph import Excerpt, RetrievedParagraph
from rag.text.prompt_injection import is_prompt_injection

_WHOLE = 20
_WHOLE_CHARACTERS = 48_000
"""Some 12,000 tokens, which every large model's context holds beside its answer."""

# Chosen on the `tune` halves: of the facts in the twenty paragraphs found, as many as so few words can hold.
_EXCERPTS = 6
_WORDS = 330
_GAP = " … "


def whole(paragraphs: Sequence[RetrievedParagraph]) -> list[Excerpt]:
    """The first twenty paragraphs, whole, best first; fewer where they are long."""
    excerpts: list[Excerpt] = []
    for paragraph in paragraphs[:_WHOLE]:
        if excerpts and sum(len(each.text) for each in excerpts) + len(paragraph.text) > _WHOLE_CHARACTERS:
            break
        excerpts.append(Excerpt(paragraph, paragraph.text))
    return excerpts


def likeliest(candidates: Sequence[CandidateSentence], words: int = _WORDS, most: int = _EXCERPTS) -> list[Excerpt]:
    """The likeliest sentences with those around them, at most `words` words of `most` paragraphs, likeliest first.

    The neighbours hold who "he" is and what "this" was. One that gives orders to a machine is left out.
    """
    chosen: dict[str, set[int]] = {}
    paragraphs: dict[str, RetrievedParagraph] = {}
    left = words
    for candidate in sorted(candidates, key=lambda each: -each.odds):
        paragraph = candidate.paragraph
        if paragraph.key not in chosen and len(chosen) >= most:
            continue
        known = chosen.get(paragraph.key, set())
        at = candidate.place
        for wanted in (_around(paragraph, at), {at}):
            further = wanted - known
            length = sum(len(paragraph.sentences[each].of(paragraph.text).split()) for each in further)
            if further and length <= left:
                left -= length
                chosen[paragraph.key] = known | further
                paragraphs[paragraph.key] = paragraph
                break
    return [Excerpt(paragraphs[key], _joined(paragraphs[key], sorted(chosen[key]))) for key in chosen]


def _around(paragraph: RetrievedParagraph, at: int) -> set[int]:
    near = range(max(0, at - 1), min(len(paragraph.sentences), at + 2))
    return {each for each in near if not is_prompt_injection(paragraph.sentences[each].of(paragraph.text))} | {at}


def _joined(paragraph: RetrievedParagraph, sentences: Sequence[int]) -> str:
    """The sentences in order, with a mark where one or more between them are left out."""
    text = paragraph.sentences[sentences[0]].of(paragraph.text)
    for one, other in pairwise(sentences):
        text += (" " if other == one + 1 else _GAP) + paragraph.sentences[other].of(paragraph.text)
    return text
