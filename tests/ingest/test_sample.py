"""The bundled sample archive against the truth its author wrote down."""

import json
from pathlib import Path
from typing import Any

import pytest

import ingest
from ingest.parser import parse
from ingest.sources.document import Document
from rag.domain.cable_json import cable_json

_TRUTH = Path(__file__).resolve().parents[1] / "sample_expected.json"
_SAMPLE = Path(ingest.__file__).parent / "sample"
_EXPECTED: list[dict[str, Any]] = json.loads(_TRUTH.read_text("utf-8"))
_BY_ARCHIVE = {"label", "variants", "duplicates"}  # only an archive knows these


@pytest.fixture(scope="module")
def parsed() -> dict[str, dict[str, Any]]:
    cables = {}
    for file in sorted(_SAMPLE.glob("*.txt")):
        for cable in parse(Document(file.name, file.read_bytes())):
            cables[str(cable.id)] = cable_json(cable)
    return cables


@pytest.mark.parametrize("expected", _EXPECTED, ids=lambda each: str(each["id"]))
def test_sample_cable(parsed: dict[str, dict[str, Any]], expected: dict[str, Any]) -> None:
    cable = parsed[expected["id"]]
    fields = expected.keys() - _BY_ARCHIVE - {"paragraphs"}
    assert {field: cable[field] for field in fields} == {field: expected[field] for field in fields}
    shown = [{field: each[field] for field in expected["paragraphs"][0]} for each in cable["paragraphs"]]
    assert shown == expected["paragraphs"]


def test_nothing_else_is_in_the_sample(parsed: dict[str, dict[str, Any]]) -> None:
    assert set(parsed) == {each["id"] for each in _EXPECTED}
