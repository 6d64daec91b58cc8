"""Where readers open a paragraph or a cable on the service's web page."""

from urllib.parse import quote

from rag.domain.paragraph_key import cable_id_of, locator_of


def reader_url(public_url: str, key: str) -> str:
    """The page of a paragraph, or of a cable by its id: `https://cables.example/read/08TOKYO2367#p3`."""
    page = f"{public_url.rstrip('/')}/read/{quote(cable_id_of(key))}"
    return f"{page}#p{quote(locator_of(key), safe='~')}" if locator_of(key) else page
