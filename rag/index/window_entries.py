"""The entries of a paragraph in the vector index: its windows, each with the fields that searches filter on."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from rag.domain.access import access_class, header_class
from rag.domain.cable import Cable, Paragraph
from rag.index.context import context_of
from rag.index.windows import window_cutter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Vector: TypeAlias = "NDArray[np.float32]"


@dataclass(frozen=True, slots=True)
class Window:
    """One entry of the vector index. Ids are `KEY/0`, `KEY/1` ... for the windows of one paragraph."""

    id: str
    text: str
    metadata: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The paragraph's key."""
        return paragraph_key_of(self.id)

    @property
    def digest(self) -> str:
        """A digest of its text. Windows with the same digest share a vector."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class StoredWindow:
    """A window as the vector index stores it: its id, and the digest of the text that was encoded."""

    id: str
    digest: str

    @property
    def key(self) -> str:
        """The paragraph's key."""
        return paragraph_key_of(self.id)


StoredEntry: TypeAlias = tuple[StoredWindow, Vector]
"""A stored window with its unit vector."""

Entry: TypeAlias = tuple[Window, Vector]
"""A window with its unit vector."""


class WindowEntries:
    """Makes the windows of paragraphs. They depend only on the paragraph and the model."""

    def __init__(self, model_folder: Path, may_read: Callable[[str | None], bool] = lambda marking: True) -> None:
        """`may_read` is asked for each effective marking whether the encoder may read such paragraphs."""
        self._cutter = window_cutter(model_folder)
        self._may_read = may_read

    def of(self, cables: Iterable[Cable]) -> list[Window]:
        """All windows of these cables to be indexed: none of a paragraph that the encoder may not read."""
        return [
            Window(f"{paragraph.key}/{number}", text, fields_of(cable, paragraph))
            for cable in cables
            for paragraph in cable.paragraphs
            if self._may_read(paragraph.effective_marking)
            for number, text in enumerate(self.texts(cable, paragraph))
        ]

    def texts(self, cable: Cable, paragraph: Paragraph) -> list[str]:
        """The texts of a paragraph's windows: each a piece of it, preceded by its context."""
        return self._cutter.cut(context_of(cable, paragraph), paragraph.text)


def paragraph_key_of(window_id: str) -> str:
    """Key of the paragraph to which a window belongs."""
    return window_id.rpartition("/")[0]


def fields_of(cable: Cable, paragraph: Paragraph) -> dict[str, Any]:
    """The fields that searches filter a paragraph on, as in `Window.metadata`."""
    metadata: dict[str, Any] = {
        "cable_id": str(cable.id),
        "post": cable.id.post,
        "access": access_class(paragraph.effective_marking),
        "header_access": header_class(cable),
        "classification": (cable.classification or "").upper(),
    }
    if cable.date is not None:
        metadata["seconds"] = int(cable.date.timestamp())
    # One flag for each tag, because Chroma filters on scalars only.
    return metadata | {f"tag:{tag}": True for tag in cable.tags}
