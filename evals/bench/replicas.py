"""A large archive out of a small one: copies of its cables with other words, other vectors, other posts and days."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle

import numpy as np

from rag.cable import Cable, Paragraph
from rag.cable_id import CableId
from rag.paragraph_key import ParagraphKey
from rag.window_entries import Entry, HeldEntry, Vector, Window, fields_of

POSTS = 270
WORDS_CHANGED = 0.2  # share of a copy's words
_ASIDE = 0.5  # how far a copy's vector goes towards that of another window ...
_NOISE = 0.3  # ... and in a direction of its own, in lengths of a unit vector
_FIRST_DAY = datetime(2003, 1, 1, 12, tzinfo=UTC)
_DAYS = 7 * 365
_WORD = re.compile(r"\w+")


class Replicas:
    """Endless copies of some cables. The shares of TAGS and markings stay; posts and days are spread anew."""

    def __init__(self, cables: Sequence[Cable], held: Sequence[HeldEntry]) -> None:
        self._cables = cables
        self._random = random.Random(0)
        self._noise = np.random.default_rng(0)
        self._vocabulary = [word for cable in cables for each in cable.paragraphs for word in _WORD.findall(each.text)]
        self._all = np.array([vector for _, vector in held], dtype=np.float32)
        self._vectors: dict[str, list[Vector]] = {}
        for window, vector in held:
            self._vectors.setdefault(window.key, []).append(np.asarray(vector, dtype=np.float32))
        # The busiest of the posts sends about one cable in seventy.
        self._posts = {_post(rank): 1 / (rank + 30) for rank in range(POSTS)}

    def cables(self, first_serial: int) -> Iterator[tuple[Cable, Cable]]:
        """Copies with their originals, round after round; serials rise from `first_serial`."""
        for serial, cable in enumerate(cycle(self._cables), first_serial):
            yield self._copy(cable, serial), cable

    def entries(self, pairs: Sequence[tuple[Cable, Cable]]) -> list[Entry]:
        """As many windows of each copy as its original has, each with a vector near the original's."""
        made, near = [], []
        for copy, original in pairs:
            for own, model in zip(copy.paragraphs, original.paragraphs, strict=True):
                held, fields = self._vectors[str(model.key)], fields_of(copy, own)
                made += [Window(f"{own.key}/{number}", own.text, fields) for number in range(len(held))]
                near += held
        vectors = np.array(near)
        vectors += _ASIDE * self._all[self._noise.integers(0, len(self._all), len(made))]
        noise = self._noise.normal(size=vectors.shape).astype(np.float32)
        vectors += _NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return list(zip(made, vectors, strict=True))

    def _copy(self, cable: Cable, serial: int) -> Cable:
        date = _FIRST_DAY + timedelta(days=self._random.randrange(_DAYS))
        [post] = self._random.choices(list(self._posts), list(self._posts.values()))
        cable_id = CableId(date.year % 100, post, serial)
        paragraphs = tuple(self._paragraph(cable_id, each) for each in cable.paragraphs)
        return replace(cable, id=cable_id, post=post, date=date, paragraphs=paragraphs, source=f"{cable_id}.txt")

    def _paragraph(self, cable_id: CableId, paragraph: Paragraph) -> Paragraph:
        text = _WORD.sub(self._word, paragraph.text)
        return replace(paragraph, key=ParagraphKey(cable_id, paragraph.key.locator), text=text, layout=text)

    def _word(self, match: re.Match[str]) -> str:
        return self._random.choice(self._vocabulary) if self._random.random() < WORDS_CHANGED else match[0]


def _post(rank: int) -> str:
    """A name that no post has."""
    return f"REPLICA{chr(65 + rank // 26)}{chr(65 + rank % 26)}"
