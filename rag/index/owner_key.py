"""The owner key of a store: commands show it to the service that runs on the same store."""

import contextlib
import secrets
from pathlib import Path

from rag.atomic_files import create_file

_FILE = "owner.key"


def make_owner_key(folder: Path) -> str:
    """The store's owner key, created if there is none. Only the owner of the files can read it."""
    path = folder / _FILE
    if not path.exists():
        key = f"owner_{secrets.token_hex(32)}"
        with contextlib.suppress(FileExistsError):  # another worker was faster
            create_file(path, lambda draft: draft.write_text(key, encoding="ascii"))
    return path.read_text(encoding="ascii")


def owner_key(folder: Path) -> str | None:
    """The store's owner key, or None where there is none or it belongs to another user."""
    try:
        return (folder / _FILE).read_text(encoding="ascii")
    except OSError:
        return None
