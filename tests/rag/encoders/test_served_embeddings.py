"""Embeddings of a server: how it is called, and an archive that is indexed and searched with it."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings
from pydantic import SecretStr

from ingest.pipeline import ingest
from ingest.sources.paths import documents
from rag.archive import Archive
from rag.catalog.manifest import ERASE
from rag.domain.outgoing import Outgoing
from rag.domain.withdrawal import WithdrawalOrder
from rag.encoders.embedding import PACKAGED_MODEL
from rag.encoders.embedding_client import RETRIES
from rag.encoders.served_embeddings import ServedEmbeddings
from rag.errors import BadInput, ModelUnavailable
from rag.index.reindex import request_reindex
from rag.index.repair import mark_for_repair
from rag.query.query import Query
from rag.settings import Settings
from tests.conftest import SAMPLE
from tests.rag.embedding_server import DIMENSIONS, MODEL, EmbeddingServer, embedding_server
from tests.rag.samples import make_cable

QUESTION = "How far will the wheat duty fall, and by when?"


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with embedding_server() as started:
        yield started


@pytest.fixture
def settings(tmp_path: Path, server: EmbeddingServer) -> Settings:
    """A store whose embedding server is on this machine."""
    return Settings(
        store=tmp_path / "store",
        embedding_model=MODEL,
        embedding_base_url=server.url,
        embedding_api_key=SecretStr("none"),
    )


@pytest.fixture
def remote(settings: Settings, server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The same, but the provider's own variables name the server, so it may be anywhere."""
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    return settings.model_copy(update={"embedding_base_url": None, "embedding_api_key": None})


class FailingClient(Embeddings):
    """Raises these errors in turn, then answers with vectors of `dimensions` numbers."""

    def __init__(self, *errors: Exception, dimensions: int = 3) -> None:
        self.errors = list(errors)
        self.dimensions = dimensions
        self.calls = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return [[2.0] * self.dimensions for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class RefusedCall(Exception):
    status_code = 404


def ingested(settings: Settings) -> None:
    with Archive(settings, create=True) as archive:
        ingest(archive, documents([SAMPLE]))


def test_an_archive_is_indexed_and_searched_with_it(settings: Settings, server: EmbeddingServer) -> None:
    ingested(settings)
    assert max(map(len, server.calls)) == 64 and len(server.sent) == len(set(server.sent))
    with Archive(settings) as archive:
        windows, vectors = zip(*archive.indexes.vectors.stored(archive.catalog.ids()), strict=True)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=0.001) and len(vectors[0]) == DIMENSIONS
        assert archive.catalog.manifest()["model"] == MODEL
        assert (archive.precision(), archive.judge.name) == (MODEL, PACKAGED_MODEL)
        assert archive.outgoing() is None  # on this machine
        server.calls.clear()
        found = archive.search(QUESTION)
        assert "wheat duty" in found[0].paragraph.text
        assert not archive.chain.invoke(Query(QUESTION)).abstained
        assert server.sent.count(QUESTION) == 1
        server.calls.clear()
        assert archive.retriever.similar(found[0].cable, found[0].paragraph, 3)
        assert server.calls == []
        assert archive.audit().agrees
        assert len(windows) > len(server.sent) > 0  # a sample


def test_a_server_that_fails_for_a_moment_is_asked_again(settings: Settings, server: EmbeddingServer) -> None:
    server.failures = 2
    ingested(settings)
    with Archive(settings) as archive:
        assert archive.audit().agrees


def test_what_a_failing_server_leaves_is_indexed_later(settings: Settings, server: EmbeddingServer) -> None:
    ingested(settings)
    with Archive(settings) as archive:
        held = archive.indexes.vectors.ids()
        for number in range(40):
            archive.catalog.put(make_cable(f"08QUILL{number}", f"Lantern number {number}."))
        server.failures = 1 + RETRIES
        with pytest.raises(ModelUnavailable):
            archive.index_pending()
        assert len(archive.catalog.unindexed()) == 40 and archive.indexes.vectors.ids() == held
        assert archive.index_pending() == 40
        assert archive.audit().agrees


def test_a_question_that_cannot_be_encoded_says_so_in_one_line(settings: Settings, server: EmbeddingServer) -> None:
    with Archive(settings, create=True) as archive:
        archive.catalog.put(make_cable("08QUILL1", "A lantern."))
        archive.index_pending()
        server.failures, server.status = 1, 401
        with pytest.raises(ModelUnavailable, match="CABLES_EMBEDDING_MODEL=openai:words failed") as raised:
            archive.search("lantern")
        assert "\n" not in str(raised.value)
        assert archive.search("lantern")


def test_text_above_the_cap_is_not_sent_and_found_by_its_words(remote: Settings, server: EmbeddingServer) -> None:
    capped = remote.model_copy(update={"embedding_max_classification": "SBU"})
    with Archive(capped, create=True) as archive:
        cable = make_cable("08QUILL1", ("C", "The harpoonist was arrested."), ("U", "The ferry was late."))
        archive.catalog.put(cable)
        archive.catalog.put(make_cable("08QUILL2", ("", "Nobody marked this lantern."), classification=None))
        (text,) = [window.text for window in archive.indexes.vectors.entries.of([cable])]
        assert archive.outgoing() == Outgoing(MODEL, 1, len(text))
        archive.index_pending()
        assert archive.outgoing() is None
        assert server.sent == [text] and "LIGHTHOUSES" not in text  # nor the subject, which is confidential
        assert archive.search("harpoonist")[0].key == "08QUILL1#1"
        assert archive.search("lantern")[0].key == "08QUILL2#1"
        assert archive.retriever.similar(cable, cable.paragraphs[0], 3) == []
        assert archive.audit().agrees
    with Archive(remote) as archive:  # without the cap
        assert {each.entry for each in archive.audit().differences} == {"08QUILL1#1/0", "08QUILL2#1/0"}
        mark_for_repair(archive.catalog, archive.indexes, archive.audit())
        archive.index_pending()
        assert archive.audit().agrees
    with pytest.raises(BadInput, match="CABLES_EMBEDDING_MAX_CLASSIFICATION='quite secret' is no marking"):
        Archive(remote.model_copy(update={"embedding_max_classification": "quite secret"}))


def test_a_redaction_is_carried_out_while_the_server_fails(settings: Settings, server: EmbeddingServer) -> None:
    with Archive(settings, create=True) as archive:
        archive.catalog.put(make_cable("08QUILL1", "Our source Ysolde Vantongeren told econoff.", "He left."))
        archive.index_pending()
        server.failures = 1 + RETRIES
        archive.withdraw(WithdrawalOrder("08QUILL1", (), "a source", None, "Ysolde Vantongeren", "XXXX"))
        assert ERASE not in archive.catalog.manifest()
        assert archive.indexes.vectors.ids() == set() and archive.catalog.unindexed() == ["08QUILL1"]
        assert archive.index_pending() == 1
        assert archive.audit().agrees


def test_a_store_goes_over_to_a_server_and_back(settings: Settings) -> None:
    packaged = settings.model_copy(update={"embedding_model": PACKAGED_MODEL})
    with Archive(packaged, create=True) as archive:
        archive.catalog.put(make_cable("08QUILL1", "A lantern."))
        archive.index_pending()
    for changed in (settings, packaged):
        request_reindex(changed)
        with Archive(changed) as archive:
            assert archive.index_pending() == 1
            assert archive.audit().agrees


def test_a_client_without_retries_gets_them() -> None:
    client = FailingClient(ConnectionError("no route"), TimeoutError())
    encoded = ServedEmbeddings("ollama:words", client, first_pause=0.001).encode(["a", "b"])
    assert np.allclose(np.linalg.norm(encoded, axis=1), 1.0) and encoded.shape == (2, 3)
    assert client.calls == 3


@pytest.mark.parametrize(
    ("model", "error", "calls"),
    [
        ("ollama:words", ConnectionError("no route"), 1 + RETRIES),
        ("ollama:words", RefusedCall("no such model"), 1),
        ("openai:words", ConnectionError("no route"), 1),  # its client has tried again already
    ],
)
def test_a_failure_that_lasts_is_raised(model: str, error: Exception, calls: int) -> None:
    client = FailingClient(*[error] * 9)
    with pytest.raises(ModelUnavailable, match=f"CABLES_EMBEDDING_MODEL={model} failed"):
        ServedEmbeddings(model, client, first_pause=0.001).embed_documents(["a"])
    assert client.calls == calls


def test_all_replies_have_the_dimensions_of_the_first() -> None:
    client = FailingClient()
    embeddings = ServedEmbeddings("openai:words", client)
    assert len(embeddings.embed_query("a")) == 3
    assert embeddings.encode([]).shape == (0, 0)
    client.dimensions = 4
    with pytest.raises(ModelUnavailable, match="other than 1 vectors of 3 numbers"):
        embeddings.embed_documents(["a"])


def test_a_question_of_several_threads_is_sent_once_until_it_is_forgotten() -> None:
    client = FailingClient()
    embeddings, together = ServedEmbeddings("openai:words", client), Barrier(4)

    def ask() -> None:
        together.wait()
        embeddings.embed_query("Who?")

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert client.calls == 1
    embeddings.forget()
    embeddings.embed_query("Who?")
    assert client.calls == 2
