"""Pages of the WikiLeaks viewer."""

from ingest.formats.wikileaks_html import read_viewer_page
from tests.ingest.invented import html_page


def test_table_and_blocks_are_told_from_other_pages() -> None:
    telegram = read_viewer_page(html_page())
    assert telegram is not None
    assert (telegram.metadata.id, telegram.note) == ("08QUILLHAVEN2340", None)
    assert read_viewer_page("<html><pre>UNCLAS</pre></html>") is None
    assert read_viewer_page("<html><p>UNCLAS</p></html>") is None
