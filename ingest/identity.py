"""Which cable a telegram is and when it was sent: the container's metadata checked against the telegram's text."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from ingest.errors import NotACable
from ingest.formats.metadata import Metadata
from ingest.header.message_line import MessageLine
from ingest.header.posts import same_post
from rag.domain.cable_id import CableId, compact_post
from rag.domain.known_posts import known_post
from rag.errors import BadInput

_TOLERANCE = timedelta(hours=1)
_CUT_TO = 6  # letters
_IN_NAME = re.compile(r"(?<![A-Za-z0-9])(?:19|20)?\d\d[ _-]?[A-Za-z][A-Za-z._ -]{1,30}?[ _-]?\d{1,8}(?![A-Za-z0-9])")
_YEAR = re.compile(r"(?:19|20)?(\d\d)")
_DOUBLED_YEAR = re.compile(r"(?<![A-Za-z0-9])((?:19|20)?\d\d)\1(?=[A-Za-z])")
_COPY_LETTER = re.compile(r"(?<=\d)_[a-z]$")  # of an archive that holds a telegram several times: `1974ATHENS02959_b`


@dataclass(frozen=True, slots=True)
class CableIdentity:
    """A cable's id, its post's name as printed, its date, and the contradictions between text and metadata."""

    id: CableId
    post: str
    date: datetime | None
    problems: tuple[str, ...]


def identify(metadata: Metadata, line: MessageLine | None, dtg: datetime | None, name: str) -> CableIdentity:
    """Find id, post and date: declared id, else message line with the date's year, else the file name.

    A declared id that is malformed, or that misspells the post of the message line, is ignored.

    Raises:
        NotACable: no id can be found.
    """
    problems = list(_date_problems(metadata.created, dtg))
    date = dtg or metadata.created
    declared = _parse(_repaired(metadata.id))
    printed = _from_line(line, _year(metadata, date))
    misspelt = declared and printed and _misspells(declared, printed)
    if metadata.id and (declared is None or misspelt or _parse(metadata.id) is None):
        problems.append(f"malformed id in the metadata: {metadata.id[:40]!r}")
        declared = None if misspelt else declared
    if declared and printed and (declared.post, declared.serial) != (printed.post, printed.serial):
        problems.append(f"the message line says {printed}, the metadata {declared}")
    if declared and date and declared.full_year not in (date.year, date.year + 1, date.year - 1):
        problems.append(f"the id's year does not fit the date {date:%Y-%m-%d}")
    cable_id = declared or printed or _from_name(name, line)
    if cable_id is None:
        raise NotACable("no cable id: neither metadata nor a message line with a date, nor in the file name")
    if not declared and not printed:
        problems.append("the id is taken from the file name")
    return CableIdentity(cable_id, _post(cable_id, line), date, tuple(problems))


def _date_problems(created: datetime | None, dtg: datetime | None) -> list[str]:
    if created is None or dtg is None or abs(created - dtg) <= _TOLERANCE:
        return []
    if (created.hour, created.minute) == (0, 0) and created.date() == dtg.date():
        return []
    return [f"the date-time group says {dtg:%Y-%m-%d %H:%M}, the metadata {created:%Y-%m-%d %H:%M}"]


def _parse(text: str | None) -> CableId | None:
    if not text:
        return None
    try:
        return CableId.parse(_COPY_LETTER.sub("", text))
    except BadInput:
        return None


def _repaired(text: str | None) -> str | None:
    """An id whose year was written once: `7575LIBREVILLE1895` -> `75LIBREVILLE1895`."""
    return text and _DOUBLED_YEAR.sub(r"\1", text)


def _year(metadata: Metadata, date: datetime | None) -> int | None:
    if date is not None:
        return date.year % 100
    leading = _YEAR.match(metadata.id or "")
    return int(leading[1]) if leading else None


def _misspells(declared: CableId, printed: CableId) -> bool:
    """Whether the declared id differs from the printed one only in a post that does not exist: `08TOKOY2367`.

    The archive of the 1970s cuts names off: `1975LIBREV01895`.
    """
    same = (declared.serial, declared.year) == (printed.serial, printed.year)
    cut_off = len(declared.post) >= _CUT_TO and printed.post != declared.post and printed.post.startswith(declared.post)
    return same and known_post(declared.post) is None and (cut_off or known_post(printed.post) is not None)


def _from_line(line: MessageLine | None, year: int | None) -> CableId | None:
    if line is None or year is None:
        return None
    return CableId(year, compact_post(line.post), line.serial)


def _from_name(name: str, line: MessageLine | None) -> CableId | None:
    """The id in a file's name, unless the message line is that of another cable."""
    stem = PurePosixPath(name.replace("\\", "/").rpartition("!")[2] or name).stem
    match = _IN_NAME.search(_DOUBLED_YEAR.sub(r"\1", stem))
    named = _parse(match[0].replace("_", "").replace(".", "")) if match else None
    if named and line and not (named.serial == line.serial and same_post(named.post, line.post)):
        return None
    return named


def _post(cable_id: CableId, line: MessageLine | None) -> str:
    if line is not None and compact_post(line.post) == cable_id.post:
        return " ".join(line.post.upper().split())
    return cable_id.post
