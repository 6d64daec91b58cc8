"""A small model that is known by the hashes of its files, and packages that hold it in parts."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

from rag.models.known_models import KnownModel, Packages

FILES = {"model.bin": b"weights " * 40, "1_Pooling/config.json": b"{}"}


def small_known_model(
    files: Mapping[str, bytes] = FILES, packages: Packages | None = None, terms: str = "", name: str = "small"
) -> KnownModel:
    return KnownModel(
        name=name,
        title="A small model",
        kind="encoder",
        size=sum(map(len, files.values())),
        licence="none",
        languages="none",
        published="",
        measured="",
        terms=terms,
        hub="someone/small",
        packages=packages or Packages(()),
        files={path: hashlib.sha256(content).hexdigest() for path, content in files.items()},
    )


def write_files(folder: Path, files: Mapping[str, bytes] = FILES) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def zipped(folder: str, files: Mapping[str, bytes] = FILES) -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        for name, content in {**files, "../outside": b"x"}.items():
            archive.writestr(f"{folder}/{name}", content)
    return data.getvalue()


def write_wheels(folder: Path, whole: bytes, parts: int) -> tuple[str, ...]:
    """Write `parts` wheels that hold the data; returns their requirements in order."""
    folder.mkdir()
    size = -(-len(whole) // parts)
    for number in range(parts):
        with ZipFile(folder / f"part{number}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"part{number}/data.bin", whole[number * size : (number + 1) * size])
            wheel.writestr(f"part{number}/__init__.py", "raise SystemExit('a package must not be imported')")
            information = f"part{number}-1.0.dist-info"
            wheel.writestr(f"{information}/METADATA", f"Metadata-Version: 2.1\nName: part{number}\nVersion: 1.0\n")
            wheel.writestr(f"{information}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{information}/RECORD", "")
    return tuple(f"part{number}==1.0" for number in range(parts))
