from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.domain.filters import Filters
from rag.index.flat_fields import CategoricalColumn, Fields


def fields_of(cable_id: str, post: str, access: str = "U", seconds: int | None = None, *tags: str) -> dict[str, Any]:
    fields = {"cable_id": cable_id, "post": post, "access": access, "header_access": "C", "classification": "SECRET"}
    dated = {} if seconds is None else {"seconds": seconds}
    return fields | dated | {f"tag:{tag}": True for tag in tags}


METADATA = [
    fields_of("08QUILL1", "QUILL", "U", 86_400, "PREL", "ÉTÉ"),
    fields_of("08OSTERMERE1", "OSTERMERE", "C", None, "ETRD"),
    fields_of("08QUILL2", "QUILL", "S/NF", 0),
    fields_of("08QUILL2", "QUILL", "U", -86_400, "PREL"),
]


def test_a_column_finds_the_rows_of_values_and_passes_over_unknown_ones() -> None:
    column = CategoricalColumn.of(["b", "a", "ü", "b"])
    assert column.isin(["b", "ü", "zzz", ""]).tolist() == [True, False, True, True]
    assert column.isin([]).tolist() == [False] * 4
    assert column.values(np.array([2, 1])) == ["ü", "a"]
    assert CategoricalColumn.of([]).isin(["a"]).tolist() == []


def test_joined_columns_keep_only_categories_in_use() -> None:
    first, second = CategoricalColumn.of(["b", "a"]), CategoricalColumn.of(["c", "b", "long value"])
    joined = CategoricalColumn.joined([first.at(np.array([0])), second])
    assert joined.values(np.arange(4)) == ["b", "c", "b", "long value"]
    assert joined.categories.tolist() == [b"b", b"c", b"long value"]


def test_fields_are_read_back_as_they_were_given(tmp_path: Path) -> None:
    fields = Fields.of(METADATA)
    fields.save(tmp_path)
    rows = np.arange(len(METADATA))
    assert fields.metadata(rows) == Fields.load(tmp_path).metadata(rows) == METADATA


def test_fields_of_no_windows_have_no_rows() -> None:
    assert Fields.of([]).mask(Filters(tags=frozenset(("PREL",))), None).tolist() == []


def test_joined_and_selected_fields_keep_each_rows_values() -> None:
    joined = Fields.joined([Fields.of(METADATA[2:]), Fields.of(METADATA[:2])])
    assert joined.metadata(np.arange(4)) == [*METADATA[2:], *METADATA[:2]]
    assert joined.at(np.array([1, 2])).metadata(np.arange(2)) == [METADATA[3], METADATA[0]]


@pytest.mark.parametrize(
    ("filters", "classes", "rows"),
    [
        (Filters(), None, [0, 1, 2, 3]),
        (Filters(), {"U", "C"}, [0, 1, 3]),
        (Filters(posts=frozenset(("QUILL",))), {"U"}, [0, 3]),
        (Filters(tags=frozenset(("ÉTÉ", "ETRD"))), None, [0, 1]),
        (Filters(cables=frozenset(("08QUILL2",))), None, [2, 3]),
        (Filters(classifications=frozenset(("SECRET",))), None, [0, 1, 2, 3]),
        (Filters(date_from=date(1970, 1, 1)), None, [0, 2]),
        (Filters(date_to=date(1970, 1, 1)), None, [2, 3]),
    ],
)
def test_a_mask_leaves_the_rows_that_pass_all_filters(
    filters: Filters, classes: set[str] | None, rows: list[int]
) -> None:
    assert np.flatnonzero(Fields.of(METADATA).mask(filters, classes)).tolist() == rows


def test_rows_of_cables_are_found() -> None:
    assert Fields.of(METADATA).of_cables(["08QUILL2", "99NOWHERE1"]).tolist() == [False, False, True, True]
