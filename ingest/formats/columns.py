"""What the columns of a table, or the keys of a JSON object, hold: recognised by their names and their contents.

Names alone do not suffice: `ID` is a number in one export and the cable's id in another.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from ingest.formats.html_text import markup_to_text
from ingest.formats.metadata import Metadata, parse_created
from ingest.formats.raw_telegram import RawTelegram

_NAMES = {
    "body": """body text content fulltext cabletext bodytext message messagetext telegram telegramtext plaintext
               contents rawtext rawcontent cablebody doctext documenttext""",
    "header": "header head headers transmission transmissionheader cableheader headertext",
    "id": """id identifier referenceid refid cableid canonicalid documentid docid documentnumber cablenumber mrn
             cable cablename messagereferencenumber reference name slug key docnbr docno uid uniqueid""",
    "created": """date created datesent sent datetime timestamp createdat sentat draftdate cabledate documentdate
                  sentdate creationdate senton createdon dtg docdate""",
    "classification": """classification class originalclassification level secrecy marking classificationlevel
                         origclassification""",
    "origin": "origin office embassy post from source sender originator fromoffice sourceoffice drafter mission",
    "references": "references refs ref source reference referencedcables cites refersto related relatedcables",
    "subject": "subject title subjectline headline",
    "tags": "tags tag",
}  # fmt: skip
NAMES: Mapping[str, frozenset[str]] = {role: frozenset(names.split()) for role, names in _NAMES.items()}
_ROLES = ("body", "header", "id", "created", "classification", "references", "origin", "subject", "tags")
_BY_NAME_ONLY = frozenset(("subject", "tags"))

_ID = re.compile(
    r"(?:(?:19|20)?\d\d){1,2}[ _-]?(?!(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]{0,6}[ _-]?\d)"
    r"[A-Z][A-Z .'_-]{2,40}?[ _-]?\d{1,8}(?:_[a-z])?",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[|,;\n]+|\s{2,}")
_CLASSIFICATION = re.compile(
    r"(?:UNCLAS|CONFIDENTIAL|SECRET|TOP SECRET|LIMITED OFFICIAL USE|SENSITIVE|SBU|FOUO)[A-Z /,-]{0,60}", re.IGNORECASE
)
_ORIGIN = re.compile(
    r"(?:(?:American |US |U\.S\. )?(?:Embassy|Consulate(?: General)?|Mission|Interests Section|Delegation|Office)\b|"
    r"Secretary of State|Department of State|AMEMBASSY |AMCONSUL |SECSTATE|US[A-Z]{2,12}(?: [A-Z][a-z]+)?\Z|REO |"
    r"American Institute )",
)
_TRANSMISSION = re.compile(r"(?m)^\s{0,20}(?:VZCZC|FM |DE R|ZN[YR] |(?:[OPRZ] ){1,2}\d{6}\s?Z )")
_TELEGRAM = re.compile(
    r"(?im)^\s{0,20}(?:SUBJ|E\.?O\.? ?\d|TAGS|REF|UNCLAS|C O N F|S E C R E T|CONFIDENTIAL|SECRET|FM )"
)
_LONG = 160  # characters; shorter cells on one line are fields
_NAMED, _FITS, _CONTRADICTS, _ENOUGH = 2, 2, -3, 2
_ESCAPED_LINE = re.compile(r"\\r\\n|\\n|\\r")


def normal_name(name: str) -> str:
    """A column's name without case, spaces and punctuation."""
    return "".join(character for character in name.lower() if character.isalnum())


def role_named(name: str) -> str | None:
    """The first role that a column of this name may have; None for other names."""
    return next((role for role in _ROLES if normal_name(name) in NAMES[role]), None)


def is_cable_id(cell: str) -> bool:
    """Whether a cell is a cable id and nothing else."""
    return len(cell) < 60 and _ID.fullmatch(cell.strip()) is not None


def field_of_cell(cell: str) -> str | None:
    """Which field a value alone tells: `created`, `classification` or `origin`; None for any other text."""
    return next((role for role in ("created", "classification", "origin") if _FITS_ROLE[role](cell)), None)


def is_long_text(cell: str) -> bool:
    """Whether a cell holds a text and not a field's value."""
    return len(cell) > _LONG or "\n" in cell.strip()


def is_telegram_text(cell: str) -> bool:
    """Whether a cell is a text with a line of a telegram."""
    return is_long_text(cell) and _TELEGRAM.search(_lines(cell)) is not None


def assign(names: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, int] | None:
    """The column of each role; None where no column holds the telegram's text.

    `names` are the columns' names, empty ones where the table has no row of names. `rows` are the first rows.
    """
    columns: dict[str, int] = {}
    for role in _ROLES:
        scores = {
            index: _score(role, name, [row[index] for row in rows if index < len(row)])
            for index, name in enumerate(names)
            if index not in columns.values()
        }
        best = max(scores, key=lambda index: scores[index], default=None)
        if best is not None and scores[best] >= _ENOUGH:
            columns[role] = best
    return columns if "body" in columns else None


def _score(role: str, name: str, cells: Sequence[str]) -> float:
    score = float(_NAMED if normal_name(name) in NAMES[role] else 0)
    filled = [cell.strip() for cell in cells if cell.strip()]
    if role in _BY_NAME_ONLY or not filled:
        return score
    fitting = sum(_FITS_ROLE[role](cell) for cell in filled) / len(filled)
    score += _FITS if fitting > 0.5 else _CONTRADICTS if role != "origin" else 0
    if role == "id":
        score += len(set(filled)) / len(filled) * len(filled) / len(cells)  # filled everywhere, each time another
    if role == "body":
        score += sum(_TELEGRAM.search(_lines(cell)) is not None and "SUBJ" in cell.upper() for cell in filled) / len(
            filled
        )
    return score


_FITS_ROLE: Mapping[str, Callable[[str], bool]] = {
    "body": is_long_text,
    "header": lambda cell: _TRANSMISSION.search(_lines(cell)) is not None,
    "id": is_cable_id,
    "created": lambda cell: parse_created(cell) is not None,
    "classification": lambda cell: _CLASSIFICATION.fullmatch(cell) is not None,
    "references": lambda cell: all(map(is_cable_id, _parts(cell))),
    "origin": lambda cell: _ORIGIN.match(cell) is not None,
}


def telegram(columns: Mapping[str, int], cells: Sequence[str]) -> RawTelegram:
    """The telegram of a row."""

    def cell(role: str) -> str | None:
        index = columns.get(role)
        return cells[index].strip() or None if index is not None and index < len(cells) else None

    metadata = Metadata(
        id=cell("id"),
        created=parse_created(cell("created") or ""),
        classification=cell("classification"),
        origin=cell("origin"),
        references=tuple(_parts(cell("references") or "")),
        subject=cell("subject"),
        tags=tuple(_parts(cell("tags") or "")),
    )
    header = cells[columns["header"]] if "header" in columns and columns["header"] < len(cells) else ""
    return RawTelegram(_text(cells[columns["body"]]), _text(header), metadata)


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in _SEPARATORS.split(cell) if part.strip()]


def _lines(cell: str) -> str:
    """The cell with its line breaks, where an export wrote them as `\\n`."""
    return _ESCAPED_LINE.sub("\n", cell) if "\n" not in cell and "\\n" in cell else cell


def _text(cell: str) -> str:
    text = _lines(cell).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return markup_to_text(text)
