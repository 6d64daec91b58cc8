from pathlib import Path

import pytest

from rag.catalog.manifest import current_manifest
from rag.errors import StoreInUse, StoreMismatch, StoreMissing
from rag.settings import Settings
from rag.store import OpenStore

MODEL = "a model"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=tmp_path / "store")


def test_a_store_is_made_only_where_asked(settings: Settings) -> None:
    with pytest.raises(StoreMissing, match="cables ingest"):
        OpenStore(settings, MODEL)
    assert not settings.store.exists()


def test_a_new_store_notes_what_it_is_built_with(settings: Settings) -> None:
    store = OpenStore(settings, MODEL, create=True)
    assert current_manifest(MODEL).items() <= store.catalog.manifest().items()
    store.close()


def test_the_indexes_have_one_owner_until_it_closes(settings: Settings) -> None:
    first = OpenStore(settings, MODEL, create=True)
    with pytest.raises(StoreInUse):
        OpenStore(settings, MODEL)
    first.close()
    OpenStore(settings, MODEL).close()


def test_a_refused_store_is_released(settings: Settings) -> None:
    OpenStore(settings, MODEL, create=True).close()
    with pytest.raises(StoreMismatch, match="another model"):
        OpenStore(settings, "another model")
    OpenStore(settings, MODEL).close()


def test_the_owner_of_an_embedded_store_announces_its_address(settings: Settings) -> None:
    store = OpenStore(settings, MODEL, create=True)
    store.announce("http://127.0.0.1:1234")
    assert "http://127.0.0.1:1234" in (settings.store / "owner.lock").read_text()
    store.close()


def test_with_a_chroma_server_only_who_creates_the_store_owns_it(settings: Settings) -> None:
    served = settings.model_copy(update={"chroma_url": "http://localhost:1"})
    owner = OpenStore(served, MODEL, create=True)
    reader = OpenStore(served, MODEL)
    owner.announce("http://127.0.0.1:1234")
    assert (owner.owned, reader.owned, reader.lock) == (True, False, None)
    assert "1234" not in (served.store / "owner.lock").read_text()
    reader.close()
    owner.close()
