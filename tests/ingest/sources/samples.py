"""Archives made for tests, and what reading them gave."""

import io
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from ingest.sources.document import Document, Rejection


def document_names(results: Iterable[Document | Rejection]) -> list[str]:
    """The file names of the documents among results."""
    return [Path(each.name).name for each in results if isinstance(each, Document)]


def reasons(results: Iterable[Document | Rejection]) -> dict[str, str]:
    """The reasons of the rejections among results by their names."""
    return {each.name: each.reason for each in results if isinstance(each, Rejection)}


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive of the members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name) if name.startswith("/") else name, data)
    return buffer.getvalue()


def tarred(members: Iterable[tuple[tarfile.TarInfo, bytes]], mode: str = "w:gz") -> bytes:
    """A tar archive of the members."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()
