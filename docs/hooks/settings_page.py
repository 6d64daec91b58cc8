"""`python -m docs.hooks.settings_page`: writes docs/settings.md from the settings classes."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import SecretStr
from pydantic_settings import BaseSettings

from api.client import ClientSettings
from api.http.settings import HttpSettings
from api.slack.settings import SlackSettings
from rag.settings import Settings

PAGE = Path(__file__).parents[1] / "settings.md"

CLASSES: tuple[tuple[str, type[BaseSettings]], ...] = (
    ("The archive, its indexes and models", Settings),
    ("The HTTP service", HttpSettings),
    ("Clients of the service", ClientSettings),
    ("The Slack bot", SlackSettings),
)

_HEAD = """\
# Settings

<!-- Written by `make docs` from the settings classes. Change the classes, not this page. -->

Every setting is an environment variable. The commands and the service also read them from a file `.env` in the folder
in which they are started; the environment wins. An empty value counts as unset.
"""


def settings_page() -> str:
    """The page as Markdown: a table for each settings class."""
    tables = (f"\n## {title}\n\n{_table(settings)}" for title, settings in CLASSES)
    return _HEAD + "".join(tables)


def variables(settings: type[BaseSettings]) -> Iterator[tuple[str, str]]:
    """The environment variable and the field name of each setting."""
    prefix = settings.model_config["env_prefix"]
    for name, field in settings.model_fields.items():
        alias = field.validation_alias
        yield (alias if isinstance(alias, str) else f"{prefix}{name}".upper()), name


def descriptions(settings: type[BaseSettings]) -> dict[str, str]:
    """The docstring under each field, on one line."""
    [definition] = ast.parse(textwrap.dedent(inspect.getsource(settings))).body
    assert isinstance(definition, ast.ClassDef)  # noqa: S101 - the source of a class
    found: dict[str, str] = {}
    for statement, following in zip(definition.body, definition.body[1:], strict=False):
        match statement, following:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = " ".join(text.split())
    return found


def _table(settings: type[BaseSettings]) -> str:
    told = descriptions(settings)
    rows = ["| variable | type | default | meaning |", "|---|---|---|---|"]
    for variable, name in variables(settings):
        field = settings.model_fields[name]
        cells = (f"`{variable}`", _type(field.annotation), _default(name, field.default), _cell(told[name]))
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _type(annotation: Any) -> str:
    if get_origin(annotation) in (Union, UnionType):
        [annotation] = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) is Literal:
        return " or ".join(f"`{choice}`" for choice in get_args(annotation))
    if get_origin(annotation) is tuple:
        return "JSON list"
    names = {str: "text", int: "whole number", float: "number", bool: "`true` or `false`", Path: "path"}
    return names.get(annotation, "secret text" if annotation is SecretStr else annotation.__name__)


def _default(name: str, value: Any) -> str:
    if name in ("store", "models"):
        return "the user data folder"  # its path differs from machine to machine
    if value is None:
        return "unset"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return "`[]`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(settings_page(), encoding="utf-8")
