"""The flat index against plain comparisons with every vector, and between processes that share its folder."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.domain.filters import Filters
from rag.errors import StoreUnavailable
from rag.index.flat_vectors import FlatVectors
from rag.index.window_entries import Entry, Window, paragraph_key_of

DIMENSIONS = 70  # not a multiple of a word's bits
CLASSES = ("U", "C", "S/NF", "-")
TAGS = ("PREL", "ETRD", "ÉTÉ")
NOISE = np.random.default_rng(1)


def entries(first: int, cables: int) -> list[Entry]:
    """Three windows of two paragraphs a cable, with fields of all kinds."""
    chance = random.Random(first)  # noqa: S311 - the same windows each time
    found: list[Entry] = []
    for serial in range(first, first + cables):
        cable_id = f"0{serial % 4 + 5}POST{serial % 7}{serial}"
        for window_id in (f"{cable_id}#1/0", f"{cable_id}#1/1", f"{cable_id}#2/0"):
            fields: dict[str, Any] = {
                "cable_id": cable_id,
                "post": f"POST{serial % 7}",
                "access": chance.choice(CLASSES),
                "header_access": chance.choice(CLASSES),
                "classification": chance.choice(("", "SECRET")),
            }
            if serial % 5:
                fields["seconds"] = int(datetime(2000 + serial % 9, 5, 17, tzinfo=UTC).timestamp())
            fields |= {f"tag:{tag}": True for tag in chance.sample(TAGS, serial % 3)}
            vector = NOISE.normal(size=DIMENSIONS)
            found.append((Window(window_id, "", fields), (vector / np.linalg.norm(vector)).astype(np.float32)))
    return found


def cables_of(held: Sequence[Entry]) -> list[str]:
    return sorted({window.metadata["cable_id"] for window, _ in held})


def filled(folder: Path, held: Sequence[Entry], at_once: int = 10, compared: int = 4096) -> FlatVectors:
    """An index written `at_once` cables at a time."""
    index, cables = FlatVectors(folder, compared), cables_of(held)
    for start in range(0, len(cables), at_once):
        some = cables[start : start + at_once]
        index.replace(some, [entry for entry in held if entry[0].metadata["cable_id"] in some])
    return index


def passes(fields: dict[str, Any], filters: Filters, classes: frozenset[str] | None) -> bool:
    day = datetime.fromtimestamp(fields["seconds"], UTC).date() if "seconds" in fields else None
    return all(
        (
            classes is None or fields["access"] in classes,
            classes is None or not filters.of_header or fields["header_access"] in classes,
            not filters.posts or fields["post"] in filters.posts,
            not filters.cables or fields["cable_id"] in filters.cables,
            not filters.tags or any(f"tag:{tag}" in fields for tag in filters.tags),
            not filters.classifications or fields["classification"] in filters.classifications,
            filters.date_from is None or (day is not None and day >= filters.date_from),
            filters.date_to is None or (day is not None and day <= filters.date_to),
        )
    )


def nearest(
    held: Sequence[Entry], vector: Any, k: int, filters: Filters, classes: frozenset[str] | None
) -> list[tuple[str, float]]:
    best: dict[str, float] = {}
    for window, own in held:
        if passes(dict(window.metadata), filters, classes):
            best[window.key] = max(best.get(window.key, -1.0), float(own @ vector))
    return sorted(best.items(), key=lambda item: -item[1])[:k]


CONDITIONS = (
    (Filters(), None),
    (Filters(), frozenset(("U",))),
    (Filters(posts=frozenset(("POST3", "NOWHERE"))), frozenset(("U", "C", "S/NF"))),
    (Filters(tags=frozenset(("ÉTÉ", "ETRD"))), None),
    (Filters(tags=frozenset(("PREL",)), classifications=frozenset(("SECRET",))), frozenset(("U", "C"))),
    (Filters(date_from=date(2003, 1, 1), date_to=date(2004, 5, 17)), None),
    (Filters(date_to=date(2002, 12, 31)), frozenset(("C",))),
    (Filters(cables=frozenset(("05POST00", "06POST11", "05POST77"))), None),
    (Filters(posts=frozenset(("NOWHERE",))), None),
)


@pytest.mark.parametrize(("filters", "classes"), CONDITIONS)
def test_under_conditions_the_nearest_are_found(
    tmp_path: Path, filters: Filters, classes: frozenset[str] | None
) -> None:
    held = entries(0, 120)
    index = filled(tmp_path / "flat", held)
    asked = held[7][1]
    wanted = nearest(held, asked, 20, filters, classes)
    found = index.search(asked.tolist(), 20, filters, classes)
    assert [key for key, _ in found] == [key for key, _ in wanted]
    assert [score for _, score in found] == pytest.approx([score for _, score in wanted], abs=0.001)


def test_of_many_windows_the_nearest_by_signs_are_compared(tmp_path: Path) -> None:
    held = entries(0, 400)
    index = filled(tmp_path / "flat", held, compared=300)
    for _, vector in held[:20]:
        near = vector + 0.05 * NOISE.normal(size=DIMENSIONS)
        near /= np.linalg.norm(near)
        wanted = {key for key, _ in nearest(held, near, 5, Filters(), None)}
        found = [key for key, _ in index.search(near.tolist(), 5, Filters(), None)]
        assert found[0] in wanted and len(wanted & set(found)) >= 3


@pytest.mark.parametrize("compared", (40, 4096))
def test_what_a_reader_may_not_see_changes_no_digit(tmp_path: Path, compared: int) -> None:
    held = entries(0, 300)
    classes = frozenset(("U", "C"))
    visible = [entry for entry in held if entry[0].metadata["access"] in classes]
    mixed = filled(tmp_path / "mixed", held, compared=compared)
    alone = filled(tmp_path / "alone", visible, at_once=7, compared=compared)
    for filters in (Filters(), Filters(posts=frozenset(("POST1", "POST2"))), Filters(tags=frozenset(("PREL",)))):
        for _, vector in held[:15]:
            one, other = (each.search(vector.tolist(), 50, filters, classes) for each in (mixed, alone))
            assert one == other


def test_a_cable_that_is_replaced_leaves_nothing_behind(tmp_path: Path) -> None:
    held = entries(0, 100)
    index = filled(tmp_path / "flat", held)
    gone = cables_of(held)[:60]
    kept = [entry for entry in held if entry[0].metadata["cable_id"] not in gone]
    index.replace(gone, [])
    assert index.ids() == {window.id for window, _ in kept} and index.count() == len(kept)
    window, vector = held[0]
    anew = replace(
        window,
        metadata={"cable_id": gone[0], "post": "NEW", "access": "U", "header_access": "U"} | {"classification": ""},
    )
    index.replace([gone[0]], [(replace(anew, id=f"{gone[0]}#9/0"), vector)])
    reopened = FlatVectors(tmp_path / "flat")
    for each in (index, reopened):
        ((name, (fields, half)),) = each.stored([gone[0]]).items()
        assert (name, fields) == (f"{gone[0]}#9/0", anew.metadata)
        assert np.abs(half - vector).max() < 0.001
        assert paragraph_key_of(name) in [key for key, _ in each.search(vector.tolist(), 5, Filters(), None)]


def test_fields_come_out_as_they_went_in_after_segments_were_joined(tmp_path: Path) -> None:
    held = entries(0, 260)
    index = filled(tmp_path / "flat", held, at_once=7)
    assert len(index.segments()) < 9  # of 38 written
    found = index.stored(cables_of(held))
    assert {name: fields for name, (fields, _) in found.items()} == {window.id: window.metadata for window, _ in held}


def test_a_reader_sees_what_another_process_has_written(tmp_path: Path) -> None:
    held = entries(0, 150)
    reader = FlatVectors(tmp_path / "flat")
    assert reader.search(held[0][1].tolist(), 5, Filters(), None) == [] and reader.count() == 0
    writer = FlatVectors(tmp_path / "flat")
    for start in range(0, len(held), 3):  # a segment is joined with others many times over
        writer.replace(cables_of(held[start : start + 3]), held[start : start + 3])
        assert reader.count() == start + 3
    assert reader.ids() == {window.id for window, _ in held}


def test_what_a_broken_off_write_left_is_cleared_away(tmp_path: Path) -> None:
    folder = tmp_path / "flat"
    held = entries(0, 20)
    index = filled(folder, held)
    (folder / "unfinished-9").mkdir()
    (folder / "77").mkdir()  # written and never named
    again = FlatVectors(folder)
    assert again.count() == len(held)
    again.replace(["05POST00"], [])
    again.replace([], entries(500, 1))
    assert not (folder / "unfinished-9").exists() and not (folder / "77").exists()
    assert again.count() == index.count() == len(held)


def test_a_segment_that_is_lost_is_told_in_one_line(tmp_path: Path) -> None:
    filled(tmp_path / "flat", entries(0, 5))
    for file in (tmp_path / "flat" / "1").iterdir():
        file.unlink()
    with pytest.raises(StoreUnavailable, match="cables rebuild --all"):
        FlatVectors(tmp_path / "flat").count()


def test_an_index_for_another_encoder_stands_beside_it(tmp_path: Path) -> None:
    one, other, third = (filled(tmp_path / name, entries(0, 4)) for name in ("one", "other", "third"))
    one.keep_only({"other"})
    assert (one.count(), other.count(), third.count()) == (12, 12, 0)


def test_after_compacting_no_file_holds_what_was_dropped_and_others_read_on(tmp_path: Path) -> None:
    held = entries(0, 30)
    index, reader = filled(tmp_path / "flat", held), FlatVectors(tmp_path / "flat")
    gone, vector = cables_of(held)[:12], held[0][1]
    assert reader.count() == 90 and len(reader.segments()) == 3
    (tmp_path / "other").mkdir()
    index.replace(gone, [])
    index.compact()
    index.keep_only(())
    left = {window.id for window, _ in held if window.metadata["cable_id"] not in gone}
    assert (
        reader.ids()
        == index.ids()
        == left
        == {name for part in reader.segments() for name in part.window_ids(part.live)}
    )
    assert all(part.live.all() for part in index.segments()) and len(index.segments()) == 2
    assert {path.name for path in tmp_path.iterdir()} == {"flat"}
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    dropped = [np.asarray(vector, dtype=np.float16).tobytes() for window, vector in held if window.id not in left]
    assert not any(each in data for each in dropped for data in files)
    assert reader.search(vector.tolist(), 3, Filters(), None)


def test_a_sample_is_spread_over_all_segments_and_leaves_out_what_was_dropped(tmp_path: Path) -> None:
    held = entries(1, 30)
    index = filled(tmp_path, held)
    index.replace([held[0][0].metadata["cable_id"]], [])
    sample = index.sample(20)
    assert len(set(sample)) == 20 and set(sample) <= {window.id for window, _ in held[3:]}
    assert len({each.partition("#")[0] for each in sample}) > 10
    assert len(index.sample(1000)) == 87 and FlatVectors(tmp_path / "none").sample(5) == []
