"""The key of whoever owns the store's files: commands show it to the running service of their store."""

import os
import secrets
from pathlib import Path

_FILE = "owner.key"


def make_owner_key(folder: Path) -> str:
    """The store's owner key, made where there is none. Only the owner of the files can read it."""
    path = folder / _FILE
    draft = folder / f"{_FILE}.{os.getpid()}"
    if not path.exists():
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"owner_{secrets.token_hex(32)}")
        try:
            os.link(draft, path)  # whole or not at all, and never in place of another worker's
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")


def owner_key(folder: Path) -> str | None:
    """The store's owner key, or None where there is none or it belongs to somebody else."""
    try:
        return (folder / _FILE).read_text(encoding="ascii")
    except OSError:
        return None
