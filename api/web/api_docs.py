"""`/docs`: the HTTP interface in Swagger UI. Its files come from a package, so nothing is loaded from elsewhere."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.web.templates import page

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def api_docs(request: Request) -> HTMLResponse:
    """The page; it shows the interface, never the archive."""
    return page(request, "docs.html", openapi=str(request.app.openapi_url))
