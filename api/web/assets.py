"""The pages' own files, served under paths that change with their content."""

import gzip
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import PurePath

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FILES = {
    **dict.fromkeys(
        ("page.css", "page.js", "ask.js", "docs.js", "htmx.min.js", "hx-sse.min.js", "icon.svg"), "api.web"
    ),
    **dict.fromkeys(("swagger-ui.css", "swagger-ui-bundle.js"), "fastapi_offline"),
}
"""The files, each with the package in whose folder `static` it is."""

VENDORED = {
    "htmx.min.js": "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130",
    "hx-sse.min.js": "18ef2761356ec1fe0bb6d92612315b37517a7c1e9856b661c5ae81fef239d103",
}
"""SHA-256 of the files of htmx.org 4.0.1 (npm, Zero-Clause BSD), unchanged; the second is from its `dist/ext`."""

router = APIRouter(include_in_schema=False)


def asset_path(name: str) -> str:
    """The path of one of the files, without the service's prefix."""
    return f"/assets/{_digest(name)}/{name}"


@router.get("/assets/{digest}/{name}")
def asset(digest: str, name: str, request: Request) -> Response:
    """One of the files, for good: another content has another path."""
    if name not in _FILES or digest != _digest(name):
        raise HTTPException(404, "there is no such file; reload the page")
    headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
    media_type = _TYPES[PurePath(name).suffix]
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(_compressed(name), media_type=media_type, headers=headers | {"content-encoding": "gzip"})
    return Response(content_of(name), media_type=media_type, headers=headers)


@cache
def content_of(name: str) -> bytes:
    """The bytes of one of the files."""
    return (resources.files(_FILES[name]) / "static" / name).read_bytes()


@cache
def _digest(name: str) -> str:
    return sha256(content_of(name)).hexdigest()[:12]


@cache
def _compressed(name: str) -> bytes:
    return gzip.compress(content_of(name), mtime=0)
