"""BibTeX entries (https://www.bibtex.com/g/bibtex-format/)."""

from rag.citing.citable import Citable

_ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def bibtex(citable: Citable) -> str:
    """The entry. Its key is the cable's id with the paragraph (`08TOKYO2367-3`): `#` and `~` mean something to TeX."""
    day = citable.date
    fields = {
        "author": f"{{{_escaped(citable.author)}}}",  # twice in braces: an institution, not first and last names
        "title": f"{{{_escaped(citable.subject)}}}" if citable.subject else None,
        "howpublished": _escaped(f"{citable.genre[0].upper()}{citable.genre[1:]} {citable.number}"),
        "year": str(day.year) if day else "n.d.",
        "month": f"{day:%b}".lower() if day else None,
        "day": str(day.day) if day else None,
        "note": _escaped(citable.place) if citable.place else None,
        "organization": _escaped(citable.archive) if citable.archive else None,
        "url": citable.url,
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value]
    key = citable.key.replace("#", "-").replace("~", ".")
    return "\n".join((f"@misc{{{key},", *lines, "}")) + "\n"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
