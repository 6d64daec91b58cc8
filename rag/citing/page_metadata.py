"""Metadata of a cable's page that Zotero and search engines read: Highwire tags (`citation_...`) and Dublin Core."""

from rag.citing.citable import Citable


def page_metadata(citable: Citable) -> list[tuple[str, str]]:
    """Names and contents of `<meta>` elements, for the page's head; the contents are text, yet to be escaped."""
    title = citable.subject or f"Cable {citable.number}"
    fields = (
        ("citation_title", title),
        ("citation_author", citable.author),
        ("citation_publication_date", f"{citable.date:%Y/%m/%d}" if citable.date else None),
        ("citation_technical_report_institution", citable.author),
        ("citation_technical_report_number", citable.number),
        ("citation_public_url", citable.url),
        ("DC.title", title),
        ("DC.creator", citable.author),
        ("DC.date", citable.date.isoformat() if citable.date else None),
        ("DC.type", citable.genre),
        ("DC.identifier", citable.number),
        ("DC.source", citable.archive),
    )
    return [(name, content) for name, content in fields if content]
