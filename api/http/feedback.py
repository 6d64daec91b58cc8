"""`POST /feedback`."""

from http import HTTPStatus

from fastapi import APIRouter

from api.http.browsing_schemas import FeedbackBody, FeedbackRequest
from api.http.dependencies import OpenArchive
from api.http.problems import documented
from rag.feedback import Feedback, Verdict

router = APIRouter()


@router.post(
    "/feedback",
    status_code=HTTPStatus.CREATED,
    response_model=FeedbackBody,
    responses=documented(HTTPStatus.BAD_REQUEST),
    tags=["ask"],
)
def feedback(body: FeedbackRequest, archive: OpenArchive) -> dict[str, str]:
    """Say whether an answer was good; whoever runs the service reads it with `cables feedback export`."""
    verdict = Verdict(body.question, body.verdict, body.reason, tuple(body.citations), body.answer)
    return {"id": Feedback(archive.catalog).add(verdict)}
