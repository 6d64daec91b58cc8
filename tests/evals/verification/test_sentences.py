"""The sentences of the verification benchmark."""

from collections import Counter
from pathlib import Path

import pytest

from evals.archives import MORE
from evals.verification.sentences import cited_paragraphs, load_sentences
from rag.domain.paragraph_key import ParagraphKey
from rag.errors import BadInput


def test_each_half_has_as_many_true_sentences_as_false_ones_of_every_kind() -> None:
    sentences = load_sentences()
    assert len({each.sentence for each in sentences}) == len(sentences) > 590
    for half in ("tune", "test"):
        counts = Counter(each.supported for each in sentences if each.half == half)
        assert 0.8 < counts[True] / counts[False] < 1.25
    assert all(ParagraphKey.parse(key) for each in sentences for key in each.cites)
    assert all(each.question for each in sentences if each.kind == "premise")


def test_every_cited_paragraph_is_in_the_cables() -> None:
    if MORE.missing:
        pytest.skip(f"there are no cables in {MORE.missing}")
    sentences = load_sentences()[:40]
    paragraphs = cited_paragraphs(sentences, MORE.cables)
    assert set(paragraphs) == {key for each in sentences for key in each.cites}


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        load_sentences(tmp_path / "none.jsonl")
