"""What requests may not ask for, refused in the form of the OpenAI API: a message, the parameter and a code."""

from http import HTTPStatus

from rag.errors import CablesError

MODEL = "cables"
"""The only model."""


class RequestRefused(CablesError):
    """A request names a model or sets a parameter that the service does not have."""

    def __init__(self, message: str, param: str, code: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(message)
        self.param = param
        self.code = code
        self.status = status


def check_model(model: str) -> None:
    """Raises RequestRefused where there is no such model."""
    if model != MODEL:
        message = f"there is no model {model[:40]!r}; use {MODEL}"
        raise RequestRefused(message, "model", "model_not_found", HTTPStatus.NOT_FOUND)


def check_unset(param: str, value: object, instead: str) -> None:
    """Raises RequestRefused where a parameter that would change the answer is set; `instead` says what to do."""
    if value not in (None, False):
        raise RequestRefused(f"{param} is not supported; {instead}", param, "unsupported_parameter")


def check_one(param: str, number: int | None) -> None:
    """Raises RequestRefused where more or fewer than one answer is asked for."""
    if number not in (None, 1):
        raise RequestRefused(f"{param} must be 1: there is one answer to a question", param, "unsupported_value")


def check_format(param: str, kind: str | None) -> None:
    """Raises RequestRefused where an answer is to be anything but text."""
    if kind not in (None, "text"):
        message = f"{param} {kind[:40]!r} is not supported: answers are text; their JSON object is in `{MODEL}`"
        raise RequestRefused(message, param, "unsupported_value")
