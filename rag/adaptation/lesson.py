"""What an adaptation learns from, and what it is checked on."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.access import Clearance
from rag.adaptation.held_out import HeldOut, split
from rag.adaptation.mining import PairMiner
from rag.adaptation.pairs import Pair
from rag.adaptation.recipe import Recipe
from rag.archive import Archive
from rag.errors import CablesError

_MOST_HELD_OUT = 300
_OTHERS = 1000  # paragraphs of other cables among which those of held-out ones are looked for
_PAIRS_A_CABLE = 6


class TooLittleToLearn(CablesError):
    """The archive holds too few pairs to adapt an encoder to it."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Pairs to learn from and held-out ones; `texts` holds paragraphs by key, with their context and without."""

    pairs: tuple[Pair, ...]
    held: HeldOut
    texts: Mapping[str, tuple[str, str]]


def lesson_of(archive: Archive, recipe: Recipe, reader: Clearance, progress: Callable[[int, int], None]) -> Lesson:
    """Mine what `reader` may see of the archive; `progress` gets cables done, and of how many.

    Raises:
        TooLittleToLearn: there are not enough pairs.
    """
    catalog = archive.catalog.as_reader(reader)
    vectors, lexical = archive.indexes.vectors.as_reader(reader), archive.indexes.lexical.as_reader(reader)
    ids = catalog.ids()
    random.Random(recipe.seed).shuffle(ids)  # noqa: S311 - no secret
    mined: list[Pair] = []
    for done, pairs in enumerate(PairMiner(catalog, vectors, lexical, archive.embeddings).pairs(ids), 1):
        mined += [pair for pair in pairs if pair.near]
        progress(done, len(ids))
        if len(mined) >= recipe.most_pairs:
            break
    learned, held = split(mined, recipe.held_out)
    _check(recipe, learned, held)
    held = held[:_MOST_HELD_OUT]
    keys = list(dict.fromkeys(key for pair in learned for key in (pair.key, *pair.near)))
    looked_in = dict.fromkeys((*(key for pair in held for key in pair.among), *keys[:_OTHERS]))
    found = catalog.paragraphs([*keys, *looked_in])
    texts = {key: (vectors.windows(*found[key])[0], found[key][1].text) for key in keys}
    # Without their context: it holds the very headings and subjects that ask.
    pool = {key: found[key][1].text for key in looked_in}
    return Lesson(tuple(learned), HeldOut(held, pool), texts)


def _check(recipe: Recipe, learned: Sequence[Pair], held: Sequence[Pair]) -> None:
    if len(learned) >= recipe.least_pairs and len(held) >= recipe.least_held_out:
        return
    raise TooLittleToLearn(
        f"too little to learn from: the archive gives {len(learned)} pairs of a text and its paragraph, "
        f"and {len(held)} to check with; {recipe.least_pairs} and {recipe.least_held_out} are needed, which some "
        f"{recipe.least_pairs // _PAIRS_A_CABLE} cables with summaries give. The encoder stays as it is"
    )
