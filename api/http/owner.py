"""What the store's owner has the service do: for commands on its machine, which show the owner's key."""

from fastapi import APIRouter, Request

from api.admission import archive_of
from api.gate import Gate

router = APIRouter(prefix="/owner", include_in_schema=False)
_CABLES_AT_ONCE = 8  # some seconds of work, well within the patience of the service


@router.post("/index")
def index(request: Request) -> dict[str, int]:
    """Index some of the cables the catalog marks as not indexed; questions are answered meanwhile."""
    gate, archive = request.app.state.gate, archive_of(request.app.state)
    assert isinstance(gate, Gate)  # noqa: S101 - set by the lifespan
    gate.admit_owner(request)
    indexed = archive.sync(most=_CABLES_AT_ONCE)
    return {"indexed": indexed, "waiting": len(archive.catalog.unindexed())}
