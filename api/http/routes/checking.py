"""`POST /check`: the citations and quotations of a draft."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter

from api.http.citing_schemas import CheckedDraftBody, CheckRequest
from api.http.dependencies import Audited, OpenArchive
from api.problems import problem_responses
from rag.checking.draft_check import check_draft, shown_keys

router = APIRouter(tags=["read"])


@router.post("/check", response_model=CheckedDraftBody, responses=problem_responses(HTTPStatus.BAD_REQUEST))
def check(body: CheckRequest, archive: OpenArchive, audited: Audited) -> dict[str, Any]:
    """Find every citation in a draft, and compare what is quoted beside it with the paragraph."""
    checked = check_draft(body.text, archive.catalog, archive.lexical)
    audited.shown(shown_keys(checked))
    return {"citations": [each.json() for each in checked]}
