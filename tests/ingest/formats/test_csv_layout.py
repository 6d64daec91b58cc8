"""Tables as spreadsheets, databases and programs export them."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from ingest.formats.csv_layout import CsvLayout, UnknownCsv, find_layout
from tests.ingest.documents import TRANSMISSION, body, reason, results, summary, telegram

_CABLES = (("02HARARE1051", 1051, "HARARE"), ("02LUSAKA1177", 1177, "LUSAKA"), ("02GABORONE1299", 1299, "GABORONE"))
_ALL = [f"{cable_id} UC SULLIVAN" for cable_id, _, _ in _CABLES]
_DATES = ("2002-05-02 12:00:00", "2002-05-03 12:00:00", "2002-05-04 12:00:00")


def _table(names: Sequence[str], order: str, **options: Any) -> str:
    """A table of the three cables; `order` names its columns by letters: number, id, date, origin, class, head, text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, **options)
    if names:
        writer.writerow(names)
    for number, ((cable_id, serial, post), date) in enumerate(zip(_CABLES, _DATES, strict=True), 1):
        cells = {
            "n": number, "i": cable_id, "d": date, "o": f"Embassy {post.title()}", "c": "UNCLASSIFIED", "h": TRANSMISSION,
            "t": body(serial, post), "w": f"{TRANSMISSION}\n{body(serial, post)}", "x": f"{date}\n", "s": "NEWS, \"OLD\"",
        }  # fmt: skip
        writer.writerow([cells[letter] for letter in order])
    return text.getvalue()


def _escaped(names: str = "") -> str:
    rows = [[i, d, TRANSMISSION.replace("\n", "\\n"), body(serial, post).replace("\n", "\\n")]
            for (i, serial, post), d in zip(_CABLES, _DATES, strict=True)]  # fmt: skip
    return names + "".join("\t".join(row) + "\n" for row in rows)


@pytest.mark.parametrize(
    "table",
    [
        _table(["canonical_id", "date", "classification", "embassy", "content"], "idcow"),
        _table(["content", "embassy", "canonical_id", "date"], "woid"),
        _table(["", "reference_id", "body", "subject", "created_at"], "nitsd"),
        _table(["n", "text"], "nw"),
        _table(["a", "b", "c", "d"], "idot"),
        _table([], "ithdc"),
        _table([], "it"),
        _table(["Id", "Date", "Body"], "idt", delimiter=";"),
        _table(["Id", "Date", "Body"], "idt", delimiter="\t"),
        _table(["Id", "Date", "Body"], "idt", delimiter="|"),
        _table(["Id", "Date", "Body"], "idt", escapechar="\\", doublequote=False, quoting=csv.QUOTE_ALL),
        _table(["Id", "Date", "Body"], "idt").replace("\r\n", "\r"),
        _table(["Id", "Date", "Body"], "idt").replace("\r\n", "\n"),
        "sep=;\r\n" + _table(["Id", "Date", "Body"], "idt", delimiter=";"),
        "\ufeff" + _table(["Id", "Date", "Body"], "idt"),
        _escaped(),
        _escaped("id\tdate\theader\tbody\n"),
    ],
)
def test_exports(table: str) -> None:
    assert summary(table) == _ALL


@pytest.mark.parametrize("encode", [lambda text: text.encode("utf-16"), lambda text: text.encode("cp1252")])
def test_encodings(encode: Callable[[str], bytes]) -> None:
    table = _table(["Id", "Date", "Body"], "idt", delimiter="\t").replace(
        "evening news", "evening news of the café, naïve"
    )
    cables = results(encode(table))
    assert summary(encode(table)) == _ALL
    assert all("café, naïve" in repr(each) for each in cables)


def test_a_row_of_names_within_the_table_is_no_cable() -> None:
    assert summary(_table(["Id", "Date", "Body"], "idt") * 2) == _ALL * 2


def test_a_stray_quote_spoils_one_row() -> None:
    for names, order in ((["id", "date", "body"], "idt"), (["body", "id", "date"], "tid"), ([], "ndict")):
        table = _table(names, order)
        place = table.index("LUSAKA 001177") + 150
        rows = summary(f'{table[:place]}"{table[place:]}')
        assert rows[0] == _ALL[0] and rows[-1] == _ALL[2]


@pytest.mark.parametrize(
    "table",
    [
        "name,age,city\nBob,3,Paris\nAl,4,Rome\n",
        '"a","b"\n"1","x"\n',
        "id,date,subject,origin\n02HARARE1051,2002-05-02,RAIN,Embassy Harare\n02HARARE1052,2002-05-02,RAIN,Embassy Harare\n",
        '"x;y";"UNCLAS and more, of which\nnobody knows"\n"z";"CONFIDENTIAL too"\n',
    ],
)
def test_a_table_that_is_not_understood_is_refused_as_one(table: str) -> None:
    assert reason(table).startswith("a CSV file without a column of telegrams")


def test_names_without_rows_are_refused() -> None:
    assert "without any row" in reason("id,date,body\n")


@pytest.mark.parametrize(
    "text", [telegram(), "Identifier\tCreated\tClassification\tOrigin\n08X1\t2008\tU\tE\n\ntext", "a, b\n"]
)
def test_other_text_is_no_table(text: str) -> None:
    assert find_layout(text) is None


def test_columns_and_row_boundaries() -> None:
    layout = find_layout(_table(["content", "canonical_id", "date"], "tid"))
    assert isinstance(layout, CsvLayout)
    assert dict(layout.columns) == {"body": 0, "id": 1, "created": 2}
    assert layout.begins is None and layout.ends is not None
    assert isinstance(find_layout("name,age,city\nBob,3,Paris\nAl,4,Rome\n"), UnknownCsv)
