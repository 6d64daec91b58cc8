"""What answers a reader's questions is put together from the settings."""

from pathlib import Path

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from rag.answers.assembly import build_rewriter, extractor
from rag.archive import Archive
from rag.llm.model_calls import ModelCalls
from rag.query.parsed_query import ParsedQuery
from rag.settings import Settings


def test_without_a_language_model_nothing_is_rewritten(tmp_path: Path) -> None:
    settings = Settings(store=tmp_path)
    assert build_rewriter(settings, None) is None
    assert build_rewriter(settings, ModelCalls(FakeListChatModel(responses=["?"]), 1.0)) is not None


@pytest.mark.parametrize("question", ["Who asked for the boat?", "zzz"])
def test_quotations_come_from_the_paragraphs_alone(sample: Archive, question: str) -> None:
    chooses = extractor(sample.catalog, sample.judge, sample.indexes.lexical)
    assert chooses.extract(ParsedQuery(question), []).sentences == ()
