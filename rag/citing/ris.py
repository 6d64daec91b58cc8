"""RIS records, as Zotero, EndNote and Mendeley read them."""

from rag.citing.citable import Citable


def ris(citable: Citable) -> str:
    """The record: a report (`RPRT`) with its type, number and archive. Lines end as the format asks, with CR LF."""
    day = citable.date
    fields = (
        ("TY", "RPRT"),
        ("AU", citable.author),
        ("TI", citable.subject),
        ("PY", str(day.year) if day else "n.d."),
        ("DA", f"{day:%Y/%m/%d}" if day else None),
        ("M3", f"{citable.genre[0].upper()}{citable.genre[1:]}"),
        ("SN", citable.number),
        ("N1", citable.place),
        ("DB", citable.archive),
        ("UR", citable.url),
        ("ID", citable.key),
    )
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join((*lines, "ER  - ", ""))
