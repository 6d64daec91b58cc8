"""Kept answers of one reader of the pages."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.requests import Request

from api.web.asked import Asked
from api.web.kept_service import KeptService
from rag.domain.answer import Answer, Quote, Sentence
from rag.errors import BadInput, NotFound
from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.small_archive import HIDDEN_OIL, small_store

KEY = "08QUILL1#1"
ANSWER = Answer(
    "Who hid oil?",
    "extractive",
    (Sentence(HIDDEN_OIL, (KEY,)),),
    (Quote(KEY, "QUILL 1 ¶1", HIDDEN_OIL, 0, len(HIDDEN_OIL)),),
)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[KeptService]:
    with client_of(Settings(store=small_store(tmp_path / "store"))) as client:
        assert isinstance(client.app, FastAPI)
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "app": client.app}
        place = {"headers": [(b"host", b"127.0.0.1")], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)}
        yield KeptService(Request(scope | place))


def test_an_answer_is_sealed_kept_and_found_again(service: KeptService) -> None:
    sealed = service.seal(Asked("who hid it"), ANSWER)
    kept_id = service.keep(sealed)
    assert service.keep(sealed) == kept_id, "a second click keeps nothing more"
    service.set_note(kept_id, "mine")
    page, reader = service.page(None)
    assert [(each.answer.id, each.note) for each in page.answers] == [(kept_id, "mine")] and reader.owner
    with ThreadPoolExecutor() as pool:  # a browser's test in this process may have a loop here
        before, after = pool.submit(asyncio.run, service.again(kept_id)).result()
    assert before.statuses == {KEY: "unchanged"} and after.quotes
    service.delete(kept_id)
    with pytest.raises(NotFound):
        service.open(kept_id)


def test_words_that_do_not_stand_there_are_neither_kept_nor_saved(service: KeptService) -> None:
    moved = Answer("Who?", "extractive", quotes=(Quote(KEY, "QUILL 1 ¶1", "The harbour", 1, 12),))
    for refuse in (service.keep, service.file):
        with pytest.raises(BadInput, match="changed or withdrawn since"):
            refuse(service.seal(Asked("who"), moved))
    question, text = service.file(service.seal(Asked("who hid it"), ANSWER))
    assert question == "who hid it" and HIDDEN_OIL in text
