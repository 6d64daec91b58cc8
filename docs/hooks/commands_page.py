"""`python -m docs.hooks.commands_page`: writes docs/commands.md from the command line itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from api.cli.main import app

PAGE = Path(__file__).parents[1] / "commands.md"

_HEAD = """\
# Commands

<!-- Written by `make docs` from the command line itself. Change the commands, not this page. -->

`cables COMMAND --help` prints the same. Errors are one line on stderr that names the remedy.
Exit codes: 0 ok, 1 the work failed, 2 wrong usage.
"""


def commands() -> Iterator[tuple[str, Any]]:
    """Each command as it is typed, such as `cables keys add`, with its click command."""
    yield from _below("cables", get_command(app))


def commands_page() -> str:
    """The page as Markdown: a section for each command."""
    return _HEAD + "".join(_section(name, command) for name, command in commands())


def _below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    for word, child in getattr(command, "commands", {}).items():
        if not hasattr(child, "commands"):
            yield f"{name} {word}", child
            continue
        if child.invoke_without_command:
            yield f"{name} {word}", child
        yield from _below(f"{name} {word}", child)


def _section(name: str, command: Any) -> str:
    arguments = [option for option in command.params if option.param_type_name == "argument"]
    usage = " ".join([name, *(_metavar(each) if each.required else f"[{_metavar(each)}]" for each in arguments)])
    rows = [_row(option) for option in command.params]
    table = "\n".join(["| | default | |", "|---|---|---|", *rows])
    return f"\n## {name}\n\n`{usage}`\n\n{' '.join(command.help.split())}\n\n{table}\n"


def _row(option: Any) -> str:
    is_argument = option.param_type_name == "argument"
    shown = _metavar(option) if is_argument else ", ".join(option.opts)
    if not is_argument and not option.is_flag:
        shown += f" {_metavar(option)}"
    default = "required" if option.required else _default(option)
    return f"| `{shown}` | {default} | {option.help or ''} |"


def _default(option: Any) -> str:
    return "" if getattr(option, "is_flag", False) or option.default is None else f"`{option.default}`"


def _metavar(option: Any) -> str:
    return str(option.metavar or option.name.removeprefix("as_")).upper()


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")
