"""`cables cite` and `cables check`."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from api.cli.options import Json, Store, audited, by_service_or_archive, settings_for
from api.cli.rendering import plain
from rag.citing.citation_style import MEDIA_TYPES, CitationStyle
from rag.errors import BadInput
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.archive import Archive
    from rag.citing.citable import Holding

_SHOWN = 160  # characters of a quotation


def cite(
    citation: Annotated[str, typer.Argument(help='A paragraph or a cable: "TOKYO 2367 ¶3", 08TOKYO2367.')],
    style: Annotated[CitationStyle, typer.Option(help="The style, or the format of a reference manager.")] = (
        CitationStyle.CHICAGO
    ),
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Cite a paragraph or a cable, for a note, a bibliography or a reference manager."""
    from rag.catalog.catalog import open_catalog
    from rag.catalog.lookup import open_citation
    from rag.citing.citable import Citable
    from rag.citing.citation_text import cite_in

    settings = settings_for(store)
    with open_catalog(settings) as catalog:
        opened = open_citation(catalog, citation)
    audited(settings, "cite").shown(cables=[str(opened.cable.id)])
    cited = cite_in(style, Citable.of(opened, holding_of(settings)))
    if as_json:
        print(json.dumps(cited.json(), ensure_ascii=False))
    else:
        print("\n".join(filter(None, (cited.text.rstrip("\r\n"), cited.in_text))))


def check(
    draft: Annotated[str, typer.Argument(metavar="FILE", help="Text, Markdown, HTML or DOCX; - for stdin.")],
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Check the citations of a draft and the words it quotes; exit code 1 if anything is not right."""
    from ingest.formats.draft_text import draft_text

    text, settings = draft_text(_read(draft)), settings_for(store)

    def by_archive(archive: "Archive") -> dict[str, Any]:
        from rag.checking.draft_check import check_draft, shown_keys

        checked = check_draft(text, archive.catalog, archive.indexes.lexical)
        audited(settings, "check").shown(shown_keys(checked))
        return {"citations": [each.json() for each in checked]}

    checked = by_service_or_archive(settings, lambda service: service.check(text), by_archive)["citations"]
    wrong = [each for each in checked if not is_right(each)]
    if as_json:
        print(json.dumps({"citations": checked}, ensure_ascii=False))
    else:
        print_checked(Console(), text, checked)
        print(f"Citations: {len(checked)}; to look at: {len(wrong)}." if checked else "The draft cites no cable.")
    if wrong:
        raise typer.Exit(1)


def is_right(citation: dict[str, Any]) -> bool:
    """Whether a checked citation means one paragraph or cable, and all that is quoted from it is there."""
    return citation["status"] == "ok" and all(each["status"] == "exact" for each in citation["quotations"])


def print_checked(console: Console, text: str, checked: Sequence[dict[str, Any]]) -> None:
    """A line for each citation, and for each quotation that is not exact."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("line", "citation", "status", "means", "or"):
        table.add_column(name, justify="right" if name == "line" else "left", no_wrap=name in ("line", "status"))
    for each in checked:
        line = str(text.count("\n", 0, each["start"]) + 1)
        near = ", ".join(suggested["citation"] for suggested in each["suggestions"])
        means = each["key"] or ""
        table.add_row(line, *(plain(cell) for cell in (_one_line(each["text"]), each["status"], means, near)))
        for quoted in each["quotations"]:
            if quoted["status"] != "exact":
                changes = "; ".join(f"“{it['draft']}” for “{it['source']}”" for it in quoted["differences"])
                cells = (_one_line(quoted["text"])[:_SHOWN], quoted["status"], ", ".join(quoted["keys"]), changes)
                table.add_row("", *(plain(cell) for cell in cells))
    if checked:
        console.print(table)


def answer_with_notes(settings: Settings, answer: dict[str, Any], style: CitationStyle) -> str:
    """An `ask` object as text with numbered notes, each of which stands alone."""
    from rag.catalog.catalog import open_catalog
    from rag.citing.citation_text import cite_in
    from rag.citing.endnotes import notes_of, with_endnotes

    if style in MEDIA_TYPES:
        raise BadInput(f"notes cannot be in {style}; choose chicago, chicago-bibliography or mla")
    supported = [(each["text"], each["citations"]) for each in answer["sentences"] if each["supported"]]
    keys = [key for _, cited in supported for key in cited]
    with open_catalog(settings) as catalog:
        notes = notes_of(catalog, keys, holding_of(settings), lambda citable: cite_in(style, citable))
    return with_endnotes(supported, notes)


def holding_of(settings: Settings) -> "Holding":
    """Where readers find the cables, as citations name it."""
    from api.client import ClientSettings
    from rag.citing.citable import Holding

    return Holding(settings.archive_name, ClientSettings().public_url)


def _read(draft: str) -> bytes:
    if draft == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(draft).read_bytes()
    except OSError as error:
        raise BadInput(f"{draft} cannot be read: {error.strerror}") from error


def _one_line(text: str) -> str:
    return " ".join(text.split())
