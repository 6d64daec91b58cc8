import random
from pathlib import Path

import pytest

from evals.fit_phrasings import FILLERS, PHRASINGS, encoded, fitted, known_words, samples, save
from evals.jsonl import read_json_lines
from rag.encoders.embedding import SentenceEmbeddings
from rag.query.phrasing import PhrasingReader, fitted_models

PHRASED = {
    "count": ("how many cables mention {name}", "number of cables on {topic}", "how many cables from {post}", "how many in {time}"),
    "list": ("list cables on {topic}", "show cables that mention {name}", "list cables signed by {signer}", "show cables from {post}"),
    "content": ("who lit the lamp?", "why was the ferry late?"),
    "summary": ("sum up {cable}", "gist of {cable}", "summary of {cable}"),
    "in_cable": ("what does {cable} say on {topic}", "what has {cable} on {name}"),
}  # fmt: skip
ROWS: list[dict[str, object]] = [
    {"set": 1, "kind": kind, "text": text} for kind, texts in PHRASED.items() for text in texts
]
CHANCE = random.Random(1)  # noqa: S311 - phrasings are no secrets
VALUES = {
    "topic": ["eel traps", "the tariff"], "name": ["Orsk", "Skell"], "post": ["Quill"], "time": ["2008"],
    "bounded": ["before 2008"], "signer": ["Starkey"],
}  # fmt: skip


def test_slots_are_filled_and_labelled() -> None:
    filled = list(samples(ROWS, VALUES, CHANCE))
    assert len(filled) == 3 * 13 + 2  # those without slots once
    first = filled[0]
    [(start, end, label)] = first.labelled
    assert (first.text[start:end] in VALUES["name"], label, first.kind) == (True, "topic", "count")
    assert filled[2].text.islower()
    assert {each.of_cable for each in filled if each.kind in ("summary", "in_cable")} == {True}


def test_words_are_those_of_several_phrasings() -> None:
    assert known_words(ROWS) >= {"cables", "mention"} - {"mention"}
    assert "lamp" not in known_words(ROWS, least=1) and "gist" in known_words(ROWS, least=1)


def test_models_are_fitted_stored_and_read_again(tmp_path: Path) -> None:
    encoder, words = SentenceEmbeddings(), known_words(ROWS, least=2)
    chosen = encoded(list(samples(ROWS, VALUES, CHANCE)), words, frozenset(["QUILL"]), encoder)
    save(fitted(chosen, words, words), tmp_path / "weights.npz")
    reader = PhrasingReader(encoder, fitted_models(tmp_path / "weights.npz"))
    assert reader.read("how many cables mention Orsk", {"QUILL"}).kind == "count"
    assert reader.read("what does § say on eel traps", {"QUILL"}).kind == "in_cable"
    assert reader.read("why was the lamp late?", {"QUILL"}).kind == "content"


@pytest.mark.parametrize("file", [PHRASINGS, FILLERS])
def test_the_phrasings_are_in_the_repository(file: Path) -> None:
    assert file.is_file()


def test_every_phrasing_has_known_slots_and_a_kind() -> None:
    models = fitted_models()
    kinds = {*models.of_archive.classes, *models.of_cable.classes}
    for where, row in read_json_lines(PHRASINGS):
        assert row["kind"] in kinds, where
        assert ("{cable}" in row["text"]) == (row["kind"] in models.of_cable.classes), where
