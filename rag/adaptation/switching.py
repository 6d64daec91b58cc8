"""Switches between encoders. An entry of the manifest names the one in use; it changes once all vectors are stored."""

from collections.abc import Callable

from rag.archive import Archive
from rag.catalog.manifest import ADAPTED
from rag.encoders.embedding import SentenceEmbeddings
from rag.index.vectors import collection_of
from rag.index.window_entries import paragraph_key_of

_BATCH_CABLES = 32
_ORIGINAL_CONTENT = "original_content"
"""The manifest's entry for the content digest of the catalog for which the original's vectors are complete."""


def switch_to(archive: Archive, name: str, encoder: SentenceEmbeddings, progress: Callable[[int, int], None]) -> None:
    """Index the archive with this adapted encoder in a collection of its own, then search with it.

    The archive is searched as before until the last step, which is one transaction. The original's vectors are kept.
    """
    _index(archive, name, encoder, progress)
    entries = {ADAPTED: name}
    if active_encoder(archive) is None:
        entries[_ORIGINAL_CONTENT] = archive.catalog.content_digest()
    archive.catalog.set_manifest(entries)
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
    """The name of the adapted encoder that the archive is searched with, or None for the original."""
    return archive.catalog.manifest().get(ADAPTED) or None


def _index(
    archive: Archive, name: str | None, encoder: SentenceEmbeddings, progress: Callable[[int, int], None]
) -> None:
    cable_ids = archive.catalog.ids()
    vectors = archive.vectors(encoder, name)
    archive.make_fast(encoder)
    vectors.restart({collection_of(encoder_name) for encoder_name in {None, active_encoder(archive)} - {name}})
    for start in range(0, len(cable_ids), _BATCH_CABLES):
        ids = cable_ids[start : start + _BATCH_CABLES]
        windows = vectors.entries.of(archive.catalog.cables(ids))
        vectors.replace(ids, list(zip(windows, encoder.encode([window.text for window in windows]), strict=True)))
        progress(start + len(ids), len(cable_ids))
