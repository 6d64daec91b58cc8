from rag.catalog.catalog import Catalog
from rag.encoders.embedding import PACKAGED_MODEL, model_folder
from rag.index.calibration import LEAST_WINDOWS, WINDOWS, calibration_windows
from rag.index.window_entries import WindowEntries
from tests.rag.samples import make_cable

ENTRIES = WindowEntries(model_folder(PACKAGED_MODEL))


def put(catalog: Catalog, windows: int) -> None:
    """A cable with this many distinct windows, and one more that occurs twice."""
    texts = (f"Lantern number {number}." for number in range(windows))
    catalog.put(make_cable("08QUILL1", *texts, "The same words.", "The same words.", subject=None))


def test_the_windows_are_distinct_and_a_sample_by_seed(catalog: Catalog) -> None:
    put(catalog, WINDOWS + 10)
    windows = calibration_windows(catalog, ENTRIES)
    assert len(set(windows)) == len(windows) == WINDOWS
    assert windows == calibration_windows(catalog, ENTRIES)
    assert windows != calibration_windows(catalog, ENTRIES, seed=1)
    assert windows != sorted(windows)


def test_too_few_windows_are_none(catalog: Catalog) -> None:
    put(catalog, LEAST_WINDOWS - 2)
    assert calibration_windows(catalog, ENTRIES) == []
    put(catalog, LEAST_WINDOWS)
    assert len(calibration_windows(catalog, ENTRIES)) >= LEAST_WINDOWS
