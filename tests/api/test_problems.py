import json
from http import HTTPStatus

import pytest

from api.problems import MEDIA_TYPE, error_details, problem, problem_responses
from rag.errors import BadInput, CablesError, NotFound, StoreInUse, Unauthorized


def test_a_problem_is_a_json_object_of_its_own_media_type() -> None:
    response = problem(HTTPStatus.TOO_MANY_REQUESTS, "ask less often", retry_after=7)
    assert response.media_type == MEDIA_TYPE and response.headers["retry-after"] == "7"
    assert json.loads(bytes(response.body)) == {
        "type": "about:blank",
        "title": "Too Many Requests",
        "status": 429,
        "detail": "ask less often",
    }


def test_what_is_not_there_now_says_when_to_try_again() -> None:
    assert int(problem(HTTPStatus.SERVICE_UNAVAILABLE, "no index").headers["retry-after"]) > 0
    assert "retry-after" not in problem(HTTPStatus.NOT_FOUND, "no").headers


def test_a_missing_key_is_asked_for() -> None:
    assert problem(HTTPStatus.UNAUTHORIZED, "show a key").headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Unauthorized("no"), 401),
        (NotFound("no"), 404),
        (BadInput("no"), 400),
        (StoreInUse("no"), 503),
        (CablesError("no"), 500),
    ],
)
def test_each_error_of_the_product_has_its_status(error: CablesError, status: int) -> None:
    assert error_details(error)["status"] == status


def test_the_text_of_a_foreign_error_is_not_shown() -> None:
    assert "secret" not in json.dumps(error_details(RuntimeError("the secret path")))


def test_every_route_documents_a_missing_key_and_invalid_input() -> None:
    assert set(problem_responses(HTTPStatus.NOT_FOUND)) == {404, 401, 422}
