from rag.answers.catalog.reply import cable_quotes, cable_table
from rag.catalog.catalog import Catalog


def test_cables_are_cited_by_their_labels_and_listed_by_their_ids(catalog: Catalog) -> None:
    cables = list(catalog.cables(["07QUILL12", "08QUILL5"]))
    assert [(quote.key, quote.citation, quote.url) for quote in cable_quotes(cables, catalog)] == [
        ("07QUILL12", "QUILL 12", "/cables/07QUILL12"),
        ("08QUILL5", "QUILL 5", "/cables/08QUILL5"),
    ]
    assert cable_table(cables, True, "two").rows == (
        ("07QUILL12", "2007-05-09", "CONFIDENTIAL", "THE BELL"),
        ("08QUILL5", None, "CONFIDENTIAL", "SECRET OF THE FERRIES"),
    )
