"""Optional packages of the evaluation, imported when they are needed."""

from importlib import import_module
from typing import Any

from rag.errors import BadInput


def import_extra(module: str) -> Any:
    """Import a module of an optional package.

    Raises:
        BadInput: it is not installed; the message names the extra that brings it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0].replace("_", "-")
        raise BadInput(f"the package {package} is missing; install it with: pip install 'cables[evals]'") from error
