import shutil
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.domain.access import OWNER, Clearance
from rag.domain.marking import Level
from rag.encoders.embedding import PACKAGED_MODEL
from rag.errors import ModelUnavailable, StoreInUse, StoreMismatch, StoreMissing
from rag.index.reindex import request_reindex
from rag.query.query import Query
from rag.settings import Settings
from tests.rag.encoders.small_models import small_model, small_reranker
from tests.rag.samples import make_cable


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=tmp_path / "store")


def test_a_wrong_setting_is_reported_before_anything_is_made(settings: Settings) -> None:
    with pytest.raises(ModelUnavailable):
        Archive(settings.model_copy(update={"llm": "nobody:knows"}), create=True)
    assert not settings.store.exists()


def test_a_reranker_that_is_none_is_reported_before_anything_is_made(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="CABLES_RERANKER"):
        Archive(settings.model_copy(update={"reranker": str(tmp_path)}), create=True)
    assert not settings.store.exists()


def test_a_missing_store_is_not_made(settings: Settings) -> None:
    with pytest.raises(StoreMissing):
        Archive(settings)
    assert not (settings.store / "catalog.sqlite3").exists()


def test_an_archive_owns_its_store_until_it_is_closed(settings: Settings) -> None:
    with Archive(settings, create=True), pytest.raises(StoreInUse):
        Archive(settings)
    with Archive(settings) as archive:
        archive.check()
    archive.close()  # a second time


def test_cables_are_indexed_once_and_catalog_and_indexes_agree(settings: Settings) -> None:
    with Archive(settings, create=True) as archive:
        archive.catalog.put(make_cable("08QUILL1", "The lamp was lit.", "The bell was rung."))
        archive.catalog.put(make_cable("08QUILL2", "The ferry was late."))
        progress: list[int] = []
        assert archive.index_pending(progress.append) == 2
        assert archive.index_pending() == 0
        assert sum(progress) == 2
        assert archive.audit().agrees
        assert archive.search("ferry")[0].key == "08QUILL2#1"


def test_a_reader_has_one_scope_and_the_owner_is_the_default(settings: Settings) -> None:
    with Archive(settings, create=True) as archive:
        reader = Clearance(Level.U)
        assert archive.as_reader(reader) is archive.as_reader(Clearance(Level.U))
        assert archive.as_reader(reader).catalog.reader == reader
        assert archive.retriever is archive.as_reader(OWNER).retriever


def test_another_encoder_searches_and_the_packaged_one_judges(tmp_path: Path) -> None:
    folder = small_model(tmp_path, dense=True, prompts=True)
    settings = Settings(store=tmp_path / "store", embedding_model=str(folder))
    with Archive(settings, create=True) as archive:
        archive.catalog.put(make_cable("08GANNET4", "The harpoonist Oskar Vell was arrested. " * 40, "It rained."))
        archive.index_pending()
        assert (archive.embeddings.name, archive.judge.name) == ("model", PACKAGED_MODEL)
        ids, _, vectors = archive.indexes.vectors._collection.of_cables(["08GANNET4"])
        assert len(ids) > 3 and len(vectors[0]) == 80
        assert archive.search("Who was arrested?")[0].key == "08GANNET4#1"
        assert not archive.chain.invoke(Query("Which harpoonist was arrested?")).abstained
        assert archive.audit().agrees


def test_a_reranker_orders_what_is_found_and_its_time_is_told(sample_store: Path, tmp_path: Path) -> None:
    store = shutil.copytree(sample_store, tmp_path / "store")
    asked = "How far will the wheat duty fall, and by when?"
    with Archive(Settings(store=store)) as plain:
        expected = plain.search(asked)
        assert "reranking" not in plain.chain.invoke(Query(asked)).timings_ms
    with Archive(Settings(store=store, reranker=str(small_reranker(tmp_path / "reranker")))) as archive:
        archive.load_models()
        found = archive.search(asked)
        assert [each.key for each in found] != [each.key for each in expected]
        answer = archive.chain.invoke(Query(asked))
        timings = answer.timings_ms
        assert 0 < timings["reranking"] <= timings["retrieval"]
        assert timings["total"] == pytest.approx(timings["retrieval"] + timings["answer"], abs=0.11)


def test_an_archive_is_searched_with_shortened_vectors_and_rebuilt_for_others(tmp_path: Path) -> None:
    settings = Settings(store=tmp_path / "store", embedding_dimensions=64)
    with Archive(settings, create=True) as archive:
        archive.catalog.put(make_cable("08QUILL1", "The lantern was lit.", "The ferry is late."))
        archive.index_pending()
        assert len(archive.embeddings.embed_query("a lamp")) == 64 and archive.judge is not archive.embeddings
        assert archive.search("When does the boat come?", 1)[0].key == "08QUILL1#2"
        assert archive.audit().agrees
    with pytest.raises(StoreMismatch, match="built with model all-MiniLM-L6-v2@64"):
        Archive(Settings(store=tmp_path / "store"))
    request_reindex(Settings(store=tmp_path / "store"))
    with Archive(Settings(store=tmp_path / "store"), create=True) as archive:
        assert archive.index_pending() == 1 and archive.audit().agrees
