from itertools import islice

import numpy as np

from evals.bench.replicas import Replicas
from rag.archive import Archive
from rag.domain.cable import Cable


def replicas(archive: Archive) -> Replicas:
    ids = archive.catalog.ids()
    cables = list(archive.catalog.cables(ids))
    return Replicas(cables, archive.indexes.vectors.stored(ids))


def made(archive: Archive, count: int) -> list[tuple[Cable, Cable]]:
    return list(islice(replicas(archive).cables(500), count))


def test_copies_have_new_ids_posts_and_words_and_old_markings(archive: Archive) -> None:
    pairs = made(archive, 4)
    assert [copy.id.serial for copy, _ in pairs] == [500, 501, 502, 503]
    for copy, original in pairs:
        assert copy.post.startswith("REPLICA")
        assert len(copy.paragraphs) == len(original.paragraphs)
        assert [each.marking for each in copy.paragraphs] == [each.marking for each in original.paragraphs]
    assert any(copy.paragraphs[0].text != original.paragraphs[0].text for copy, original in pairs)


def test_the_same_replicas_come_every_time(archive: Archive) -> None:
    assert made(archive, 3) == made(archive, 3)


def test_entries_are_unit_vectors_near_the_originals(archive: Archive) -> None:
    source = replicas(archive)
    pairs = list(islice(source.cables(500), 2))
    entries = source.entries(pairs)
    assert len(entries) >= sum(len(copy.paragraphs) for copy, _ in pairs)
    assert np.allclose([np.linalg.norm(vector) for _, vector in entries], 1, atol=1e-5)
