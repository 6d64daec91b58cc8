"""The pages' own files, served under paths that change with their content."""

from functools import cache
from hashlib import sha256
from importlib import resources

from fastapi import FastAPI
from fastapi.responses import Response

_FILES = {"page.css": "text/css", "page.js": "text/javascript"}


def asset_path(name: str) -> str:
    """The path of one of the files."""
    return f"/assets/{sha256(_content(name)).hexdigest()[:12]}/{name}"


def serve_assets(app: FastAPI) -> None:
    """Add a route for each file."""
    for name, media_type in _FILES.items():
        _serve(app, name, media_type)


def _serve(app: FastAPI, name: str, media_type: str) -> None:
    @app.get(asset_path(name), include_in_schema=False)
    def asset() -> Response:
        headers = {"cache-control": "public, max-age=31536000, immutable"}
        return Response(_content(name), media_type=media_type, headers=headers)


@cache
def _content(name: str) -> bytes:
    return (resources.files("api.web") / name).read_bytes()
