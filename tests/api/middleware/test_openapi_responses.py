"""The middleware's responses in the OpenAPI document."""

from fastapi import FastAPI

from api.middleware.openapi_responses import MIDDLEWARE_STATUSES, document_middleware
from api.problems import problem_responses


def test_limited_routes_document_the_responses_and_keep_their_own() -> None:
    app = FastAPI()
    app.add_api_route("/search", lambda: "found", responses={503: {"description": "Closed on Sundays"}})
    app.add_api_route("/healthz", lambda: "ok")
    document_middleware(app, lambda _path: problem_responses(*MIDDLEWARE_STATUSES))
    paths = app.openapi()["paths"]
    assert {"408", "413", "429", "431", "503", "504"} <= set(paths["/search"]["get"]["responses"])
    assert paths["/search"]["get"]["responses"]["503"]["description"] == "Closed on Sundays"
    assert set(paths["/healthz"]["get"]["responses"]) == {"200"}
