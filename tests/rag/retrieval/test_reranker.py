import json
from pathlib import Path

import pytest
from sentence_transformers import CrossEncoder

from rag.encoders.torch_encoder import loading_options
from rag.errors import ModelUnavailable
from rag.retrieval.reranker import Reranker
from tests.rag.encoders.small_models import small_model, small_reranker

ASKED = "How far will the wheat duty fall?"
TEXTS = {
    "duty": ["The duty on wheat falls to four percent."],
    "storm": ["It rained on the fields all day."],
    "long": ["The ledgers were hidden behind the lamp store. " * 60],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_reranker(tmp_path_factory.mktemp("reranker"))


@pytest.fixture(scope="module")
def reranker(folder: Path) -> Reranker:
    return Reranker(str(folder))


def test_scores_are_those_of_the_model_best_first(folder: Path, reranker: Reranker) -> None:
    scores = reranker.scores(ASKED, TEXTS)
    model = CrossEncoder(str(folder), **loading_options())
    expected = model.predict([(ASKED, text) for [text] in TEXTS.values()]).tolist()
    assert scores == pytest.approx(dict(zip(TEXTS, expected, strict=True)), abs=1e-5)
    assert list(scores.values()) == sorted(scores.values(), reverse=True)
    assert len(set(scores.values())) == len(TEXTS)


def test_a_text_counts_by_its_best_window(reranker: Reranker) -> None:
    alone = reranker.scores(ASKED, TEXTS)
    together = reranker.scores(ASKED, {"all": [window for own in TEXTS.values() for window in own]})
    assert together == {"all": pytest.approx(max(alone.values()), abs=0.01)}


def test_without_windows_there_are_no_scores(reranker: Reranker) -> None:
    assert reranker.scores(ASKED, {}) == {}


def test_the_model_is_read_once(reranker: Reranker) -> None:
    assert reranker.load() is reranker.load()


def test_a_folder_without_such_a_model_is_refused(tmp_path: Path) -> None:
    encoder, classifier = small_model(tmp_path), small_reranker(tmp_path / "classifier", labels=3)
    broken, other = tmp_path / "broken", tmp_path / "other"
    for made, text in ((broken, "{"), (other, json.dumps({"architectures": ["BertForSequenceClassification"]}))):
        made.mkdir()
        (made / "config.json").write_text(text, encoding="utf-8")
    for wrong in (tmp_path / "nowhere", encoder, classifier, broken, other):
        with pytest.raises(
            ModelUnavailable, match=r"no .*CrossEncoder.* in '/.*; set CABLES_RERANKER to a folder"
        ) as told:
            Reranker(str(wrong))
        assert "\n" not in str(told.value)
