"""Adapts an archive's encoder to it: mine pairs, train, and if the encoder improves, index the archive and switch."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from rag.adaptation.examples import batches, examples
from rag.adaptation.held_out import Ranks
from rag.adaptation.switching import switch_to
from rag.adaptation.training import Trainer, train
from rag.adaptation.training_config import TrainingConfig
from rag.adaptation.training_set import TrainingSet, mine_training_set
from rag.archive import Archive
from rag.domain.access import OWNER, Clearance
from rag.encoders.embedding import SentenceEmbeddings
from rag.errors import BadInput
from rag.models.known_models import KNOWN

Progress = Callable[[str, int, int], None]
"""Gets the stage (`mining`, `learning`, `indexing`), how many of its steps are done, and how many there are."""

_FIGURES = "adaptation.json"


@dataclass(frozen=True, slots=True)
class Adaptation:
    """The result. `encoder` is the adapted encoder's name, or None if the original is kept.

    `learned` and `held_out` are numbers of pairs; `before` and `after` are figures on the held-out ones.
    """

    encoder: str | None
    learned: int
    held_out: int
    before: Ranks
    after: Ranks


def adapt(archive: Archive, config: TrainingConfig, progress: Progress, reader: Clearance = OWNER) -> Adaptation:
    """Adapt the encoder to what `reader` may see of the archive, and search with it if held-out figures rise.

    If this is interrupted, the archive keeps its encoder. A trained encoder is stored first, so a repeated run with the
    same training set continues with the indexing.

    Raises:
        BadInput: the encoder is a server's, or a fetched one is in use.
        TooFewPairs: there are not enough pairs.
    """
    if not isinstance(archive.original, SentenceEmbeddings):
        raise BadInput(f"{archive.original.name} cannot be adapted; set CABLES_EMBEDDING_MODEL to a model in a folder")
    if archive.adapted in KNOWN:
        raise BadInput(
            f"the archive is searched with {archive.adapted}; run `cables models use {archive.original.name}` first"
        )
    archive.index_pending()
    training_set = mine_training_set(archive, config, reader, lambda done, total: progress("mining", done, total))
    name = f"{archive.original.name}-{_fingerprint(archive.original.folder, config, training_set)}"
    if not archive.encoders.has(name):
        result = _trained(archive, name, config, training_set, lambda done, total: progress("learning", done, total))
        if result.encoder is None:
            return result
    folder = archive.encoders.folder(name)
    if name != archive.adapted:
        switch_to(archive, name, archive.encoder(name), lambda done, total: progress("indexing", done, total))
    return _read(folder / _FIGURES)


def _trained(
    archive: Archive, name: str, config: TrainingConfig, training_set: TrainingSet, progress: Callable[[int, int], None]
) -> Adaptation:
    """Train, and store the encoder with its figures if it improved."""
    epochs = [examples(training_set.pairs, training_set.texts, number) for number in range(config.epochs)]
    steps = sum(
        sum(1 for _ in batches(epoch, config.batch, config.seed + number)) for number, epoch in enumerate(epochs)
    )
    trainer = Trainer(archive.original.folder, config, steps)
    checks: list[Ranks] = []

    def check() -> float:
        checks.append(training_set.held_out.ranks(trainer.encode))
        return checks[-1].mrr

    weights = train(trainer, epochs, config, steps, check, lambda done: progress(done, steps))
    before, after = checks[0], max(checks[1:], key=lambda ranks: ranks.mrr)
    improved = after.mrr >= before.mrr + config.least_gain
    result = Adaptation(
        name if improved else None, len(training_set.pairs), len(training_set.held_out.pairs), before, after
    )
    if improved:

        def write(folder: Path) -> None:
            trainer.save(folder, weights)
            (folder / _FIGURES).write_text(json.dumps(asdict(result)), encoding="utf-8")

        archive.encoders.add(name, write)
    return result


def _read(path: Path) -> Adaptation:
    figures = json.loads(path.read_text(encoding="utf-8"))
    before, after = Ranks(**figures.pop("before")), Ranks(**figures.pop("after"))
    return Adaptation(**figures, before=before, after=after)


def _fingerprint(original: Path, config: TrainingConfig, training_set: TrainingSet) -> str:
    """A digest of all that the training depends on: the original weights, the config, the pairs with their texts."""
    digest = hashlib.sha256(json.dumps(asdict(config), sort_keys=True).encode())
    for file in sorted(original.rglob("*.safetensors")):
        with file.open("rb") as opened:
            digest.update(hashlib.file_digest(opened, "sha256").digest())
    for pair in training_set.pairs:
        digest.update(repr((pair, training_set.texts[pair.key])).encode())
    for pair in training_set.held_out.pairs:
        digest.update(repr(pair).encode())
    return digest.hexdigest()[:12]
