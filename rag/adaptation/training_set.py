"""The pairs an encoder is trained on and those it is evaluated on."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.adaptation.held_out import HeldOut, split
from rag.adaptation.mining import PairMiner
from rag.adaptation.pairs import Pair
from rag.adaptation.training_config import TrainingConfig
from rag.archive import Archive
from rag.domain.access import Clearance
from rag.errors import CablesError

_MOST_HELD_OUT = 300
_DISTRACTORS = 1000  # paragraphs of other cables in the pool of the held-out pairs
_PAIRS_PER_CABLE = 6


class TooFewPairs(CablesError):
    """The archive gives too few pairs to adapt an encoder to it."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Training pairs and held-out pairs. `texts` maps a key to the paragraph's text with its context and without."""

    pairs: tuple[Pair, ...]
    held_out: HeldOut
    texts: Mapping[str, tuple[str, str]]


def mine_training_set(
    archive: Archive, config: TrainingConfig, reader: Clearance, progress: Callable[[int, int], None]
) -> TrainingSet:
    """Mine what `reader` may see of the archive; `progress` gets the numbers of cables done and in total.

    Raises:
        TooFewPairs: there are not enough pairs.
    """
    catalog = archive.catalog.as_reader(reader)
    vectors, lexical = archive.indexes.vectors.as_reader(reader), archive.indexes.lexical.as_reader(reader)
    ids = catalog.ids()
    random.Random(config.seed).shuffle(ids)  # noqa: S311 - no secret
    mined: list[Pair] = []
    for done, pairs in enumerate(PairMiner(catalog, vectors, lexical, archive.embeddings).pairs(ids), 1):
        mined += [pair for pair in pairs if pair.near]
        progress(done, len(ids))
        if len(mined) >= config.most_pairs:
            break
    training, held_out = split(mined, config.held_out)
    _check(config, training, held_out)
    held_out = held_out[:_MOST_HELD_OUT]
    keys = list(dict.fromkeys(key for pair in training for key in (pair.key, *pair.near)))
    pool_keys = dict.fromkeys((*(key for pair in held_out for key in pair.among), *keys[:_DISTRACTORS]))
    paragraphs = catalog.paragraphs([*keys, *pool_keys])
    texts = {key: (vectors.entries.texts(*paragraphs[key])[0], paragraphs[key][1].text) for key in keys}
    # Without their context, which contains the headings and subjects that serve as queries.
    pool = {key: paragraphs[key][1].text for key in pool_keys}
    return TrainingSet(tuple(training), HeldOut(held_out, pool), texts)


def _check(config: TrainingConfig, training: Sequence[Pair], held_out: Sequence[Pair]) -> None:
    if len(training) >= config.least_pairs and len(held_out) >= config.least_held_out:
        return
    raise TooFewPairs(
        f"the archive is too small to adapt the encoder: it gives {len(training)} training pairs and {len(held_out)} "
        f"held-out pairs; {config.least_pairs} and {config.least_held_out} are needed, which about "
        f"{config.least_pairs // _PAIRS_PER_CABLE} cables with summaries give. The encoder is unchanged"
    )
