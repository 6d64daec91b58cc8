"""A store of four short invented cables, quickly made."""

from pathlib import Path

from rag.archive import Archive
from rag.domain.cable import Cable
from rag.settings import Settings
from tests.rag.samples import make_cable

HIDDEN_OIL = "The harbour master Quaxworth hid eleven barrels of lamp oil from the customs officers in March."
OPEN_OIL = "The newspapers of the port wrote that lamp oil is short and that the price of a barrel has doubled."
CABLES = [
    make_cable("08QUILL1", HIDDEN_OIL, ("U", OPEN_OIL), subject="LAMP OIL AND ITS PRICE"),
    make_cable("08QUILL2", "Nobody paid for the ferry.", subject="THE FERRY", references=("08QUILL1", "07QUILL9")),
    make_cable(
        "08QUILL3",
        ("U", "The grain tariff falls to nine percent in June."),
        subject="GRAIN",
        classification="UNCLASSIFIED",
    ),
    make_cable(
        "08QUILL4",
        ("U", "The grain tariff is to fall again by June of next year."),
        subject="BARLEY",
        classification="UNCLASSIFIED",
    ),
]


def small_store(folder: Path) -> Path:
    """The folder, filled with the cables."""
    with Archive(Settings(store=folder), create=True) as archive:
        for cable in CABLES:
            archive.catalog.put(cable)
        archive.index_pending()
    return folder


def texts() -> dict[str, str]:
    """The text of each paragraph by its key."""
    return {str(paragraph.key): paragraph.text for cable in CABLES for paragraph in cable.paragraphs}


def subjects() -> dict[str, Cable]:
    """The cables by their ids."""
    return {str(cable.id): cable for cable in CABLES}
