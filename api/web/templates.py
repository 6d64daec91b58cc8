"""The pages' templates. Autoescape is always on: text of cables and questions reaches a page as text alone."""

from functools import cache
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from api.auth.gate import COOKIE
from api.web.assets import asset_path
from api.web.policy import PAGE_HEADERS


def root_of(request: Request) -> str:
    """The path under which the service is reached, such as `/archive`; empty where it has a host of its own."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def rendered(request: Request, name: str, **context: Any) -> str:
    """A template's text for this request."""
    shown = {"root": root_of(request), "with_key": COOKIE in request.cookies, "path": _path(request)}
    return environment().get_template(name).render(shown | context)


def page(request: Request, name: str, status: HTTPStatus = HTTPStatus.OK, **context: Any) -> HTMLResponse:
    """A template as a page, or as a part of one, under the pages' policy."""
    return HTMLResponse(rendered(request, name, **context), status.value, PAGE_HEADERS)


@cache
def environment() -> Environment:
    """The templates of this package; a name that is not defined is an error."""
    made = Environment(
        loader=PackageLoader("api.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset_path
    made.filters["shouted"] = shouted
    made.filters["day"] = lambda moment: (moment or "")[:10]
    return made


def shouted(text: str | None) -> str:
    """The class of a subject that is printed in capitals: the style sheet sets it in small capitals."""
    return "shouted" if text and text.isupper() else ""


def _path(request: Request) -> str:
    """The path within the service."""
    return request.url.path.removeprefix(root_of(request)) or "/"
