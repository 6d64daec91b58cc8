"""What the vector index holds of a paragraph: its windows, each with the fields searches filter on."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from rag.access import access_class, header_class
from rag.cable import Cable, Paragraph
from rag.context import context_of
from rag.windows import WindowCutter

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
        return key_of(self.id)

    @property
    def digest(self) -> str:
        """Of its text, for which one vector suffices."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class HeldWindow:
    """What the vector index says of a window: its id, and the digest of the text that was encoded."""

    id: str
    digest: str

    @property
    def key(self) -> str:
        """The paragraph's key."""
        return key_of(self.id)


HeldEntry: TypeAlias = tuple[HeldWindow, Vector]
"""A window that is held, with its unit vector."""

Entry: TypeAlias = tuple[Window, Vector]
"""A window with its unit vector."""


class WindowEntries:
    """Makes windows of paragraphs: the same ones in every process that has the same model."""

    def __init__(self, model_folder: Path) -> None:
        self._cutter = WindowCutter(model_folder)

    def of(self, cables: Iterable[Cable]) -> list[Window]:
        """All windows of these cables."""
        return [
            Window(f"{paragraph.key}/{number}", text, fields_of(cable, paragraph))
            for cable in cables
            for paragraph in cable.paragraphs
            for number, text in enumerate(self.texts(cable, paragraph))
        ]

    def texts(self, cable: Cable, paragraph: Paragraph) -> list[str]:
        """A paragraph as the encoder sees it: its context in front of each piece that fits the window."""
        return self._cutter.cut(context_of(cable, paragraph), paragraph.text)


def key_of(window_id: str) -> str:
    """Key of the paragraph a window is of."""
    return window_id.rpartition("/")[0]


def fields_of(cable: Cable, paragraph: Paragraph) -> dict[str, Any]:
    """What searches filter a paragraph on, as in `Window.metadata`."""
    metadata: dict[str, Any] = {
        "cable_id": str(cable.id),
        "post": cable.id.post,
        "access": access_class(paragraph.effective_marking),
        "header_access": header_class(cable),
        "classification": (cable.classification or "").upper(),
    }
    if cable.date is not None:
        metadata["seconds"] = int(cable.date.timestamp())
    # One flag a tag: Chroma filters scalars.
    return metadata | {f"tag:{tag}": True for tag in cable.tags}
