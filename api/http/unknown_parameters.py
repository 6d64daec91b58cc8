"""Parameters of an address that a route does not have are refused: a misspelled one would be ignored in silence."""

from collections.abc import Iterator
from difflib import get_close_matches

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute


async def refuse_unknown_parameters(request: Request) -> None:
    """For every route of the HTTP API.

    Raises:
        RequestValidationError: the address has a parameter that its route does not have.
    """
    route = request.scope["route"]
    assert isinstance(route, APIRoute)  # noqa: S101 - it is a dependency of one
    known = list(dict.fromkeys(_names(route.dependant)))
    for name in request.query_params:
        if name not in known:
            raise RequestValidationError([{"loc": ("query", name[:40]), "msg": _message(name, known)}])


def _names(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in dependant.query_params)
    for each in dependant.dependencies:
        yield from _names(each)


def _message(name: str, known: list[str]) -> str:
    if not known:
        return "unknown parameter; there are none here"
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"the parameters are {', '.join(known)}"
    return f"unknown parameter; {hint}"
