"""Which cable a telegram is, and when it was sent: the container's word checked against the telegram's own."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from ingest.errors import NotACable
from ingest.fields import MessageLine
from ingest.posts import known_post
from ingest.raw_telegram import RawTelegram
from rag.cable_id import CableId, compact_post
from rag.errors import BadInput

_TOLERANCE = timedelta(hours=1)
_IN_NAME = re.compile(r"(?<![A-Za-z0-9])(?:19|20)?\d\d[ _-]?[A-Za-z][A-Za-z._ -]{1,30}?[ _-]?\d{1,8}(?![A-Za-z0-9])")
_YEAR = re.compile(r"(?:19|20)?(\d\d)")


@dataclass(frozen=True, slots=True)
class Identity:
    """A cable's id, its post's name as printed, its date, and what does not fit together."""

    id: CableId
    post: str
    date: datetime | None
    problems: tuple[str, ...]


def identify(raw: RawTelegram, line: MessageLine | None, dtg: datetime | None, name: str) -> Identity:
    """Find id, post and date: declared id, else message line with the date's year, else the file name.

    A declared id that is none, or that misspells the post of the message line, is not followed.

    Raises:
        NotACable: no id can be found.
    """
    problems = list(_date_problems(raw.created, dtg))
    date = dtg or raw.created
    declared = _parse(raw.declared_id)
    printed = _from_line(line, _year(raw, date))
    if raw.declared_id and (declared is None or (printed and _misspells(declared, printed))):
        problems.append(f"malformed id in the metadata: {raw.declared_id[:40]!r}")
        declared = None
    if declared and printed and (declared.post, declared.serial) != (printed.post, printed.serial):
        problems.append(f"the message line says {printed}, the metadata {declared}")
    if declared and date and declared.full_year not in (date.year, date.year + 1, date.year - 1):
        problems.append(f"the id's year does not fit the date {date:%Y-%m-%d}")
    found = declared or printed or _from_name(name)
    if found is None:
        raise NotACable("no cable id: neither metadata nor a message line with a date, nor in the file name")
    if not declared and not printed:
        problems.append("the id is taken from the file name")
    return Identity(found, _post(found, line), date, tuple(problems))


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
        return CableId.parse(text)
    except BadInput:
        return None


def _year(raw: RawTelegram, date: datetime | None) -> int | None:
    if date is not None:
        return date.year % 100
    leading = _YEAR.match(raw.declared_id or "")
    return int(leading[1]) if leading else None


def _misspells(declared: CableId, printed: CableId) -> bool:
    """Whether the declared id is the printed one but for a post that does not exist: `08TOKOY2367`."""
    same = (declared.serial, declared.year) == (printed.serial, printed.year)
    return same and known_post(declared.post) is None and known_post(printed.post) is not None


def _from_line(line: MessageLine | None, year: int | None) -> CableId | None:
    if line is None or year is None:
        return None
    return CableId(year, compact_post(line.post), line.serial)


def _from_name(name: str) -> CableId | None:
    stem = PurePosixPath(name.replace("\\", "/").rpartition("!")[2] or name).stem
    match = _IN_NAME.search(stem)
    return _parse(match[0].replace("_", "").replace(".", "")) if match else None


def _post(found: CableId, line: MessageLine | None) -> str:
    if line is not None and compact_post(line.post) == found.post:
        return " ".join(line.post.upper().split())
    return found.post
