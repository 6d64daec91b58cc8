"""A large archive from a small one: copies of its cables with changed words, vectors, posts and dates."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle

import numpy as np

from rag.domain.cable import Cable, Paragraph
from rag.domain.cable_id import CableId
from rag.domain.paragraph_key import ParagraphKey
from rag.index.window_entries import Entry, StoredEntry, Vector, Window, fields_of

POSTS = 270
WORDS_CHANGED = 0.2  # share of a copy's words
_TOWARDS_OTHER = 0.5  # weight of another window's vector, added to a copy's
_NOISE = 0.3  # length of the random vector added to a copy's unit vector
_FIRST_DAY = datetime(2003, 1, 1, 12, tzinfo=UTC)
_DAYS = 7 * 365
_WORD = re.compile(r"\w+")


class Replicas:
    """Endless copies of some cables. TAGS and markings keep their shares; posts and dates are drawn anew."""

    def __init__(self, cables: Sequence[Cable], entries: Sequence[StoredEntry]) -> None:
        self._cables = cables
        self._random = random.Random(0)
        self._noise = np.random.default_rng(0)
        self._vocabulary = [
            word for cable in cables for paragraph in cable.paragraphs for word in _WORD.findall(paragraph.text)
        ]
        self._all = np.array([vector for _, vector in entries], dtype=np.float32)
        self._vectors: dict[str, list[Vector]] = {}
        for window, vector in entries:
            self._vectors.setdefault(window.key, []).append(np.asarray(vector, dtype=np.float32))
        # The busiest post sends about one cable in seventy.
        self._posts = {_post(rank): 1 / (rank + 30) for rank in range(POSTS)}

    def cables(self, first_serial: int) -> Iterator[tuple[Cable, Cable]]:
        """Copies with their originals, round after round; serials rise from `first_serial`."""
        for serial, cable in enumerate(cycle(self._cables), first_serial):
            yield self._copy(cable, serial), cable

    def entries(self, pairs: Sequence[tuple[Cable, Cable]]) -> list[Entry]:
        """As many windows of each copy as its original has, each with a vector near the original's."""
        windows, nearby = [], []
        for copy, original in pairs:
            for own, model in zip(copy.paragraphs, original.paragraphs, strict=True):
                vectors_of_original, fields = self._vectors[str(model.key)], fields_of(copy, own)
                windows += [
                    Window(f"{own.key}/{number}", own.text, fields) for number in range(len(vectors_of_original))
                ]
                nearby += vectors_of_original
        vectors = np.array(nearby)
        vectors += _TOWARDS_OTHER * self._all[self._noise.integers(0, len(self._all), len(windows))]
        noise = self._noise.normal(size=vectors.shape).astype(np.float32)
        vectors += _NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return list(zip(windows, vectors, strict=True))

    def _copy(self, cable: Cable, serial: int) -> Cable:
        date = _FIRST_DAY + timedelta(days=self._random.randrange(_DAYS))
        [post] = self._random.choices(list(self._posts), list(self._posts.values()))
        cable_id = CableId(date.year % 100, post, serial)
        paragraphs = tuple(self._paragraph(cable_id, paragraph) for paragraph in cable.paragraphs)
        return replace(cable, id=cable_id, post=post, date=date, paragraphs=paragraphs, source=f"{cable_id}.txt")

    def _paragraph(self, cable_id: CableId, paragraph: Paragraph) -> Paragraph:
        text = _WORD.sub(self._word, paragraph.text)
        return replace(paragraph, key=ParagraphKey(cable_id, paragraph.key.locator), text=text, layout=text)

    def _word(self, match: re.Match[str]) -> str:
        return self._random.choice(self._vocabulary) if self._random.random() < WORDS_CHANGED else match[0]


def _post(rank: int) -> str:
    """A name that no post has."""
    return f"REPLICA{chr(65 + rank // 26)}{chr(65 + rank % 26)}"
