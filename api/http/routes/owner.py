"""Routes for commands of the store's owner, on the machine of the store, with the owner's key."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from api.auth.admission import archive_of
from api.auth.gate import Gate
from rag.archive import Archive
from rag.catalog.tombstones import Tombstones
from rag.domain.cable_id import CableId
from rag.domain.outgoing import Outgoing
from rag.domain.withdrawal import WithdrawalOrder
from rag.errors import NotFound

router = APIRouter(prefix="/owner", include_in_schema=False)
_CABLES_AT_ONCE = 8  # a few seconds of work, well within the time limit of a request


def _owned(request: Request) -> Archive:
    gate = request.app.state.gate
    assert isinstance(gate, Gate)  # noqa: S101 - set by the lifespan
    gate.admit_owner(request)
    return archive_of(request.app.state)


OwnedArchive = Annotated[Archive, Depends(_owned)]


class WithdrawalRequest(BaseModel):
    """What to take out; with `name`, only that."""

    model_config = ConfigDict(extra="forbid")

    cable_id: str = Field(max_length=64)
    locators: list[Annotated[str, Field(max_length=16)]] = Field(default=[], max_length=500)
    reason: str = Field(max_length=2000)
    by: str | None = Field(None, max_length=200)
    name: str | None = Field(None, max_length=200)
    replacement: str = Field("", max_length=200)

    def order(self) -> WithdrawalOrder:
        """The order this asks for."""
        cable_id, locators = str(CableId.parse(self.cable_id)), tuple(self.locators)
        return WithdrawalOrder(cable_id, locators, self.reason, self.by, self.name, self.replacement)


@router.get("/index")
def outgoing(archive: OwnedArchive) -> Outgoing | None:
    """What indexing would send to another machine."""
    return archive.outgoing()


@router.post("/index")
def index(archive: OwnedArchive) -> dict[str, int]:
    """Index some of the cables the catalog marks as not indexed; questions are answered meanwhile."""
    indexed = archive.index_pending(most=_CABLES_AT_ONCE)
    return {"indexed": indexed, "waiting": len(archive.catalog.unindexed())}


@router.post("/withdrawals")
def withdraw(body: WithdrawalRequest, archive: OwnedArchive) -> dict[str, Any]:
    """Withdraw a cable or paragraphs of it, or redact a name; answers when no file of the store holds it any more."""
    return archive.withdraw(body.order()).json()


@router.get("/withdrawals")
def withdrawals(archive: OwnedArchive) -> list[dict[str, Any]]:
    """What was withdrawn and redacted, oldest first, with the reasons."""
    return [stone.json() for stone in Tombstones(archive.catalog).all()]


@router.delete("/withdrawals/{cable_id}")
def lift(cable_id: str, archive: OwnedArchive) -> list[dict[str, Any]]:
    """Let a cable come back: the next ingest of it brings what was withdrawn or redacted."""
    lifted = Tombstones(archive.catalog).lift(str(CableId.parse(cable_id)))
    if not lifted:
        raise NotFound(f"nothing of {cable_id[:64]} was withdrawn or redacted")
    return [stone.json() for stone in lifted]
