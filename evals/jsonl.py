"""Reading and writing JSON lines."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rag.errors import BadInput


def read_json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each JSON object of a file with its position (`file:line`); empty lines are skipped.

    Raises:
        BadInput: the file cannot be read or a line is not a JSON object.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise BadInput(f"{path} cannot be read: {reason}; name a file of JSON lines") from error
    yield from json_lines(str(path), text)


def json_lines(name: str, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each JSON object of a text with its position (`name:line`); empty lines are skipped.

    Raises:
        BadInput: a line is not a JSON object.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
            raise BadInput(f"{where}: not JSON: {reason}") from error
        if not isinstance(fields, dict):
            raise BadInput(f"{where}: a JSON object is wanted, this is a {type(fields).__name__}")
        yield where, fields


def write_json_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one object a line. Replaces the file and makes its folder.

    Raises:
        BadInput: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}; name a file that can") from error
