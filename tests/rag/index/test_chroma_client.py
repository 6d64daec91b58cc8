"""What Chroma's errors mean."""

import httpx
import pytest
from chromadb.errors import InternalError, NotFoundError

from rag.errors import GraphDamaged, StoreUnavailable
from rag.index.chroma_client import guarded, retry_until_on_disk


def raised_for(error: Exception) -> StoreUnavailable:
    def fail() -> None:
        raise error

    with pytest.raises(StoreUnavailable, match="the vector index cannot be used") as raised:
        guarded(fail)()
    return raised.value


@pytest.mark.parametrize(
    ("error", "damaged"),
    [
        (InternalError("Error executing plan: Internal error: Error getting embedding"), True),
        (InternalError("error returned from database: (code: 11) database disk image is malformed"), True),
        (InternalError("(code: 26) file is not a database"), True),
        (InternalError("Error creating hnsw reader: No such file or directory (os error 2)"), True),
        (InternalError("(code: 5) database is locked"), False),
        (InternalError("(code: 14) unable to open database file"), False),
        (InternalError("Permission denied (os error 13)"), False),
        (InternalError("Too many open files (os error 24)"), False),
        (InternalError("Nothing found on disk"), False),
        (NotFoundError("Collection does not exist"), False),
        (httpx.ConnectError("refused"), False),
        (OSError("gone"), False),
    ],
)
def test_only_what_the_files_hold_is_damage(error: Exception, damaged: bool) -> None:
    assert isinstance(raised_for(error), GraphDamaged) is damaged


def test_a_server_that_has_not_written_yet_is_asked_again() -> None:
    waiting = [raised_for(InternalError("Nothing found on disk"))] * 2

    def query() -> str:
        if waiting:
            raise waiting.pop()
        return "found"

    assert retry_until_on_disk(query) == "found"
    with pytest.raises(StoreUnavailable, match="gone"):
        retry_until_on_disk(lambda: (_ for _ in ()).throw(raised_for(OSError("gone"))))
