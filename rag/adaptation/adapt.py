"""Adapting an archive's encoder to it: mine pairs, learn, keep what gained, index anew, and only then switch."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from rag.access import OWNER, Clearance
from rag.adaptation.examples import batches, examples
from rag.adaptation.held_out import Ranks
from rag.adaptation.lesson import Lesson, lesson_of
from rag.adaptation.recipe import Recipe
from rag.adaptation.switching import switch_to
from rag.adaptation.training import Learner, train
from rag.archive import Archive

Progress = Callable[[str, int, int], None]
"""Gets the stage (`mining`, `learning`, `indexing`), how much of it is done, and of how much."""

_FIGURES = "adaptation.json"


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What came of it. `encoder` is the adapted encoder's name, or None where the original is kept."""

    encoder: str | None
    learned: int
    held_out: int
    before: Ranks
    after: Ranks


def adapt(archive: Archive, recipe: Recipe, progress: Progress, reader: Clearance = OWNER) -> Adaptation:
    """Adapt the encoder to what `reader` may see of the archive, and search with it if held-out figures rise.

    Whatever ends this early, the archive goes on with the encoder it had. What was learned is kept in the store, so
    that the same adaptation begun again goes straight to the index.

    Raises:
        TooLittleToLearn: there are not enough pairs.
    """
    archive.sync()
    lesson = lesson_of(archive, recipe, reader, lambda done, total: progress("mining", done, total))
    name = f"{archive.original.name}-{_fingerprint(archive.original.folder, recipe, lesson)}"
    if not archive.encoders.has(name):
        result = _learned(archive, name, recipe, lesson, lambda done, total: progress("learning", done, total))
        if result.encoder is None:
            return result
    folder = archive.encoders.folder(name)
    if name != archive.adapted:
        switch_to(archive, name, archive.encoder(name), lambda done, total: progress("indexing", done, total))
    return _read(folder / _FIGURES)


def _learned(
    archive: Archive, name: str, recipe: Recipe, lesson: Lesson, progress: Callable[[int, int], None]
) -> Adaptation:
    """Train, and keep the encoder with its figures in the store where it gained."""
    rounds = [examples(lesson.pairs, lesson.texts, turn) for turn in range(recipe.epochs)]
    steps = sum(sum(1 for _ in batches(each, recipe.batch, recipe.seed + turn)) for turn, each in enumerate(rounds))
    learner = Learner(archive.original.folder, recipe, steps)
    seen: list[Ranks] = []

    def check() -> float:
        seen.append(lesson.held.ranks(learner.encode))
        return seen[-1].mrr

    weights = train(learner, rounds, recipe, steps, check, lambda done: progress(done, steps))
    before, after = seen[0], max(seen[1:], key=lambda ranks: ranks.mrr)
    gained = after.mrr >= before.mrr + recipe.least_gain
    result = Adaptation(name if gained else None, len(lesson.pairs), len(lesson.held.pairs), before, after)
    if gained:

        def write(folder: Path) -> None:
            learner.save(folder, weights)
            (folder / _FIGURES).write_text(json.dumps(asdict(result)), encoding="utf-8")

        archive.encoders.add(name, write)
    return result


def _read(path: Path) -> Adaptation:
    held = json.loads(path.read_text(encoding="utf-8"))
    before, after = Ranks(**held.pop("before")), Ranks(**held.pop("after"))
    return Adaptation(**held, before=before, after=after)


def _fingerprint(original: Path, recipe: Recipe, lesson: Lesson) -> str:
    """Of everything that decides what is learned: the original weights, the recipe, the pairs with their texts."""
    digest = hashlib.sha256(json.dumps(asdict(recipe), sort_keys=True).encode())
    for file in sorted(original.rglob("*.safetensors")):
        with file.open("rb") as opened:
            digest.update(hashlib.file_digest(opened, "sha256").digest())
    for pair in lesson.pairs:
        digest.update(repr((pair, lesson.texts[pair.key])).encode())
    for pair in lesson.held.pairs:
        digest.update(repr(pair).encode())
    return digest.hexdigest()[:12]
