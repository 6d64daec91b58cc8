"""Which encoder searches: the new vectors first, then one entry of the manifest decides."""

from collections.abc import Callable

from rag.archive import Archive
from rag.embedding import SentenceEmbeddings
from rag.manifest import ADAPTED
from rag.vectors import collection_of
from rag.window_entries import key_of

_CABLES_AT_ONCE = 32
_ORIGINAL_CONTENT = "original_content"
"""The manifest's entry for what the catalog held when the original's vectors were last in step with it."""


def switch_to(archive: Archive, name: str, encoder: SentenceEmbeddings, progress: Callable[[int, int], None]) -> None:
    """Index the archive with this adapted encoder beside what is there, then search with it.

    Until the last step, which is one transaction, the archive is searched as before. The original's vectors stay.
    """
    _filled(archive, name, encoder, progress)
    entries = {ADAPTED: name}
    if searching(archive) is None:
        entries[_ORIGINAL_CONTENT] = archive.catalog.content_digest()
    archive.catalog.set_manifest(entries)
    archive.encoders.keep_only(name)


def switch_back(archive: Archive, progress: Callable[[int, int], None]) -> None:
    """Search with the original encoder again; the archive must be open with it.

    Its vectors are still there; they are made anew where the archive has changed since, or they are not complete.
    """
    vectors = archive.indexes.vectors
    manifest, content = archive.catalog.manifest(), archive.catalog.content_digest()
    if (
        manifest.get(_ORIGINAL_CONTENT) != content
        or {key_of(each) for each in vectors.ids()} != archive.indexes.lexical.keys()
    ):
        _filled(archive, None, archive.embeddings, progress)
    archive.catalog.set_manifest({ADAPTED: ""})
    archive.encoders.keep_only(None)


def searching(archive: Archive) -> str | None:
    """The adapted encoder whose vectors the store says to search, or None for the original."""
    return archive.catalog.manifest().get(ADAPTED) or None


def _filled(
    archive: Archive, name: str | None, encoder: SentenceEmbeddings, progress: Callable[[int, int], None]
) -> None:
    held = archive.catalog.ids()
    vectors = archive.vectors(encoder, name)
    archive.make_fast(encoder)
    vectors.restart({collection_of(each) for each in {None, searching(archive)} - {name}})
    for start in range(0, len(held), _CABLES_AT_ONCE):
        ids = held[start : start + _CABLES_AT_ONCE]
        windows = vectors.entries.of(cable for each in ids if (cable := archive.catalog.cable(each)) is not None)
        vectors.replace(ids, list(zip(windows, encoder.encode([window.text for window in windows]), strict=True)))
        progress(start + len(ids), len(held))
