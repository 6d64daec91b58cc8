"""The archive of a sender: a key's clearance decides, and without a key there is none."""

from pathlib import Path

import pytest
from starlette.datastructures import State
from starlette.requests import HTTPConnection

from api.auth.admission import archive_of, scoped_archive
from api.auth.gate import Gate
from rag.archive import Archive
from rag.catalog.catalog import Catalog
from rag.catalog.keys import Keys
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.errors import Unauthorized


def connection(token: str | None) -> HTTPConnection:
    headers = [(b"authorization", f"Bearer {token}".encode())] if token else []
    return HTTPConnection({"type": "http", "headers": headers, "client": ("10.0.0.9", 1)})


def test_a_sender_gets_the_archive_of_their_clearance(sample: Archive, tmp_path: Path) -> None:
    with Catalog(f"sqlite:///{tmp_path / 'keys.sqlite3'}") as catalog:
        keys = Keys(catalog)
        token = keys.add("reader", Clearance(Level.C))
        state = State({"archive": sample, "gate": Gate(keys, None)})
        assert scoped_archive(connection(token), state) is sample.as_reader(Clearance(Level.C))
        with pytest.raises(Unauthorized):
            scoped_archive(connection(None), state)
        assert archive_of(state) is sample
