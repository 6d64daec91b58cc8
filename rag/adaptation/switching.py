"""Switches between encoders. An entry of the manifest names the one in use; it changes once all vectors are stored."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from rag.archive import Archive
from rag.catalog.manifest import ADAPTED
from rag.domain.paragraph_key import cable_id_of
from rag.encoders.encoder import SearchEmbeddings
from rag.index.vectors import collection_of
from rag.index.window_entries import WindowEntries, paragraph_key_of

_BATCH_CABLES = 32
_MEASURED = 24  # texts
_COPIES = 2.6  # times 4 bytes a number: the graph's file, its journal while it grows, and the flat index
_ORIGINAL_CONTENT = "original_content"
"""The manifest's entry for the content digest of the catalog for which the original's vectors are complete."""


@dataclass(frozen=True, slots=True)
class SwitchCost:
    """About what it takes to index an archive with an encoder: texts, seconds, and bytes on the disk."""

    texts: int
    seconds: float
    bytes: int


def switch_cost(archive: Archive, encoder: SearchEmbeddings) -> SwitchCost:
    """About what `switch_to` would take, by encoding a few texts of the archive."""
    ids = archive.catalog.ids()
    sample = ids[:: -(-len(ids) // _MEASURED)] if ids else []
    texts = [window.text for window in WindowEntries(encoder.folder).of(archive.catalog.cables(sample))]
    if not texts:
        return SwitchCost(0, 0.0, 0)
    encoder.load()
    chosen = texts[:: -(-len(texts) // _MEASURED)]
    start = time.perf_counter()
    vectors = encoder.encode_documents(chosen)
    each = (time.perf_counter() - start) / len(chosen)
    total = round(len(texts) * len(ids) / len(sample))
    return SwitchCost(total, total * each, round(total * vectors.shape[1] * 4 * _COPIES))


def switch_to(archive: Archive, name: str, encoder: SearchEmbeddings, progress: Callable[[int, int], None]) -> None:
    """Index the archive with this adapted or fetched encoder in a collection of its own, then search with it.

    The archive is searched as before until the last step, which is one transaction. The original's vectors are kept.
    What an interrupted call has encoded is not encoded again.
    """
    _index(archive, name, encoder, progress)
    entries = {ADAPTED: name}
    if active_encoder(archive) is None:
        entries[_ORIGINAL_CONTENT] = archive.catalog.content_digest()
    archive.catalog.set_manifest(entries)
    if archive.encoders.has(name):
        archive.encoders.keep_only([name])


def switch_back(archive: Archive, progress: Callable[[int, int], None]) -> None:
    """Search with the original encoder again; the archive must have been opened with it.

    Its vectors are reused unless the archive has changed since or they are incomplete.
    """
    vectors = archive.indexes.vectors
    manifest, content = archive.catalog.manifest(), archive.catalog.content_digest()
    if (
        manifest.get(_ORIGINAL_CONTENT) != content
        or {paragraph_key_of(window_id) for window_id in vectors.ids()} != archive.indexes.lexical.keys()
    ):
        _index(archive, None, archive.embeddings, progress)
    archive.catalog.set_manifest({ADAPTED: ""})
    archive.encoders.keep_only([])


def active_encoder(archive: Archive) -> str | None:
    """The name of the encoder that the archive is searched with in place of the original, or None."""
    return archive.catalog.manifest().get(ADAPTED) or None


def _index(archive: Archive, name: str | None, encoder: SearchEmbeddings, progress: Callable[[int, int], None]) -> None:
    cable_ids = archive.catalog.ids()
    vectors = archive.vectors(encoder, name)
    archive.make_fast(encoder)
    vectors.keep_only({collection_of(encoder_name) for encoder_name in (None, active_encoder(archive))})
    for start in range(0, len(cable_ids), _BATCH_CABLES):
        ids = cable_ids[start : start + _BATCH_CABLES]
        windows = vectors.entries.of(archive.catalog.cables(ids))
        known = {window.digest: vector for window, vector in vectors.stored(ids)}
        texts = {window.digest: window.text for window in windows if window.digest not in known}
        if texts:
            known |= dict(zip(texts, encoder.encode_documents(list(texts.values())), strict=True))
        vectors.replace(ids, [(window, known[window.digest]) for window in windows])
        progress(start + len(ids), len(cable_ids))
    held = {cable_id_of(paragraph_key_of(window_id)) for window_id in vectors.ids()}
    vectors.remove(sorted(held - set(cable_ids)))
