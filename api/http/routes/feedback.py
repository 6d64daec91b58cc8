"""`POST /feedback`."""

from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.http.dependencies import OpenArchive
from api.http.schemas import StrictBody
from api.problems import problem_responses
from rag.catalog.feedback import Feedback, FeedbackVerdict

router = APIRouter()


class FeedbackRequest(StrictBody):
    """What a reader says of an answer."""

    question: str = Field(min_length=1, max_length=4000, examples=["What did the judge blame for the disaster?"])
    verdict: Literal["up", "down"]
    reason: str | None = Field(None, max_length=4000)
    citations: list[Annotated[str, Field(max_length=80)]] = Field(
        default=[], max_length=100, examples=[["08TOKYO2367#3"]]
    )
    answer: str | None = Field(None, max_length=20_000)


class FeedbackBody(BaseModel):
    id: str


@router.post(
    "/feedback",
    status_code=HTTPStatus.CREATED,
    response_model=FeedbackBody,
    responses=problem_responses(HTTPStatus.BAD_REQUEST),
    tags=["ask"],
)
def feedback(body: FeedbackRequest, archive: OpenArchive) -> dict[str, str]:
    """Say whether an answer was good; whoever runs the service reads it with `cables feedback export`."""
    verdict = FeedbackVerdict(body.question, body.verdict, body.reason, tuple(body.citations), body.answer)
    return {"id": Feedback(archive.catalog).add(verdict)}
