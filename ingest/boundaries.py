"""Where one telegram ends and another begins in a text that may hold several.

A head that repeats the telegram's own id, date-time group or subject belongs to a further section of it. Any other head
begins another telegram. That becomes a cable only where its id is certain: a declared id, or a message line and a date.
Otherwise its text is left out, because it would be cited as another cable.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ingest.body.artefacts import normal
from ingest.body.number_candidates import opens_paragraph
from ingest.errors import NotACable
from ingest.formats.metadata import Metadata, parse_created
from ingest.formats.raw_telegram import RawTelegram
from ingest.header.addresses import parse_dtg, parse_origin
from ingest.header.head_elements import (
    END_OF_MESSAGE,
    HeadElement,
    Rank,
    head_groups,
    is_head,
    is_text,
    one_head_a_line,
)
from ingest.header.message_line import MessageLine, read_message_line
from ingest.header.posts import same_post
from ingest.header.spelling import within
from ingest.header.subject import parse_subject
from rag.domain.cable_id import CableId, compact_post
from rag.errors import BadInput

_LATER_SECTION = re.compile(r"(?i)SECTION {1,3}0?(?:[2-9]|1\d) {0,2}OF")
_QUOTES = re.compile(
    r"(?i)\b(?:(?:begin )?(?:quote|text|message)|text follows|(?:follow(?:s|ing)|repeat(?:ed|ing)?)\b.{0,60})\W{0,4}$"
)
_REDACTED = re.compile(r"X{4,40}")
_SAME_TIME = timedelta(days=1)
_ALIKE = 12  # letters and digits of a subject that make its repetition certain
_SEVERAL = "cut from a text that holds several telegrams"
_ABOVE = 6  # lines between a date-time group and the head it is printed above
_ANNOUNCED = 6  # lines between the announcement of a quoted telegram and its head
_HEAD_LINES = 400


@dataclass(frozen=True, slots=True)
class _Head:
    """What a head prints about its telegram; `start` and `end` are the indexes of its first and its last line."""

    start: int
    end: int
    metadata: Metadata
    message: MessageLine | None
    texts: tuple[str, ...]
    only_dtg: bool = False
    later_section: bool = False

    def date(self) -> datetime | None:
        """The date-time group, else the date that the copy declares."""
        return self.sent() or self.metadata.created

    def sent(self) -> datetime | None:
        """The date-time group."""
        return next(filter(None, map(parse_dtg, self.texts)), None)

    def subject(self) -> str:
        """Letters and digits of the subject."""
        return normal(next(filter(None, map(parse_subject, self.texts)), ""))

    def printed(self) -> tuple[str, int] | None:
        """Post and serial as far as they are printed."""
        if self.message is not None:
            return self.message.post, self.message.serial
        declared = _declared(self.metadata)
        return (declared.post, declared.serial) if declared else None

    def cable_id(self) -> CableId | None:
        """The telegram's id where it is certain."""
        declared = _declared(self.metadata)
        if declared:
            return declared if self.message is None or _names(self.message, declared) else None
        if self.message is None or (date := self.date()) is None:
            return None
        return CableId(date.year % 100, compact_post(self.message.post), self.message.serial)


def split_telegrams(raw: RawTelegram) -> list[RawTelegram | NotACable]:
    """The telegrams of a text in order; `raw` itself where the text holds one telegram or none.

    A telegram whose id is not certain gives an error that names it, in place of its text.
    """
    text = one_head_a_line(f"{raw.header}\n{raw.body}" if raw.header else raw.body)
    lines = text.split("\n")
    groups = list(head_groups(lines))
    ends = [group[0].line for group in groups[1:]] + [len(lines)]
    heads = [_read(lines, group, end) for group, end in zip(groups, ends, strict=False) if is_head(lines, group)]
    if not heads:
        return [raw]
    heads = list(_whole(lines, heads))
    own = _belongs(raw.metadata, heads[0])
    if own and raw.metadata.id:
        heads[0] = replace(heads[0], metadata=raw.metadata)
    begun = list(_begun(lines, heads))
    headless = any(map(opens_paragraph, lines[: heads[0].start])) and not (own and raw.metadata.id)
    if own and len(begun) == 1 and not headless:
        return [raw]
    starts = [_above(lines, head.start) if number or headless else 0 for number, head in enumerate(begun)]
    parts: list[RawTelegram | NotACable] = []
    if headless:
        parts.append(_part(lines[: starts[0]], raw, None))
    for number, head in enumerate(begun):
        end = starts[number + 1] if number + 1 < len(begun) else len(lines)
        part = lines[starts[number] : end]
        parts.append(_first(part, raw, head) if own and number == 0 else _part(part, raw, head))
    return parts


def _first(lines: Sequence[str], raw: RawTelegram, head: _Head) -> RawTelegram | NotACable:
    """The telegram that the container's own declarations are about."""
    if raw.metadata.id is None and head.message is None and head.metadata.id is None:
        return _uncertain(head)  # the name of the file may be that of another telegram in it
    if raw.metadata.id is None and head.metadata.id:
        return _part(lines, raw, head)
    return replace(raw, header="", body="\n".join(lines), problems=(*raw.problems, _SEVERAL))


def _part(lines: Sequence[str], raw: RawTelegram, head: _Head | None) -> RawTelegram | NotACable:
    """A telegram of its own; `head` is None for text above the first head, which the container may declare."""
    metadata = raw.metadata
    if head is not None:
        cable_id = head.cable_id()
        if cable_id is None or _has_foreign_date(head, raw.metadata):
            return _uncertain(head)
        metadata = replace(head.metadata, id=str(cable_id), created=head.date())
    elif metadata.id is None:
        return NotACable("paragraphs above the head of a telegram: which cable they are of is not known")
    return replace(raw, header="", body="\n".join(lines), metadata=metadata, problems=(*raw.problems, _SEVERAL))


def _uncertain(head: _Head) -> NotACable:
    printed = head.printed()
    name = f"{compact_post(printed[0])[:40]} {printed[1]}" if printed else "without a message line"
    return NotACable(f"another telegram in the same text, {name}: its id is not certain, so it is left out")


def _has_foreign_date(head: _Head, metadata: Metadata) -> bool:
    """Whether the date of a head is that of the cable the container declares, whose id the head contradicts."""
    date = head.date()
    return bool(date and metadata.created and metadata.id and abs(date - metadata.created) < _SAME_TIME)


def _read(lines: Sequence[str], group: Sequence[HeadElement], end: int) -> _Head:
    """The head of these elements; `end` is the index of the line where the next group starts."""
    printed = next((lines[element.line] for element in group if element.rank is Rank.MESSAGE), "")
    message = read_message_line(printed)
    metadata = _row(group[0])
    declared = _declared(metadata)
    if declared and message and not _names(message, declared):
        metadata, group = Metadata(), group[1:]  # a reference above the head
    text = "\n".join(lines[group[0].line : min(end, group[-1].line + _HEAD_LINES)])
    return _Head(
        start=group[0].line,
        end=group[-1].line,
        metadata=metadata,
        message=message,
        texts=(text,),
        only_dtg=all(element.rank is Rank.DTG for element in group),
        later_section=_LATER_SECTION.search(printed) is not None,
    )


def _row(element: HeadElement) -> Metadata:
    """What the line of a copy declares above the telegram."""
    if element.rank is not Rank.DECLARED:
        return Metadata()
    match = element.match
    return Metadata(id=match["id"], created=parse_created(match["date"] or ""), classification=match["class"])


def _begun(lines: Sequence[str], heads: Sequence[_Head]) -> Iterator[_Head]:
    """The heads of the telegrams, each with what the heads of its further sections print."""
    current = heads[0]
    for head in heads[1:]:
        if _is_quoted(lines, head.start):
            continue
        if _same(current, head):
            current = _joined(current, head)
        else:
            yield current
            current = head
    yield current


def _whole(lines: Sequence[str], heads: Sequence[_Head]) -> Iterator[_Head]:
    """The heads; a date-time group that a copy prints some lines above a head belongs to it."""
    above: _Head | None = None
    for head in heads:
        if above is not None and not _is_date_of(lines, above, head):
            yield above
            above = None
        whole = head if above is None else replace(_joined(head, above), start=above.start)
        above = whole if head.only_dtg else None
        if above is None:
            yield whole
    if above is not None:
        yield above


def _is_date_of(lines: Sequence[str], above: _Head, head: _Head) -> bool:
    between = lines[above.end + 1 : head.start]
    return len(between) <= _ABOVE and head.sent() in (None, above.sent()) and not any(map(opens_paragraph, between))


def _joined(head: _Head, other: _Head) -> _Head:
    """The head with what only the other one prints."""
    return replace(
        head,
        metadata=head.metadata if head.metadata.id else other.metadata,
        message=head.message or other.message,
        texts=(*head.texts, *other.texts),
    )


def _is_quoted(lines: Sequence[str], start: int) -> bool:
    """Whether a telegram is announced as part of the text that holds it: `FOLLOWING IS TEXT OF MANILA 212: QUOTE`."""
    above = next((line for line in reversed(lines[max(0, start - _ANNOUNCED) : start]) if line.strip()), "")
    return _QUOTES.search(above[-200:]) is not None


def _same(current: _Head, head: _Head) -> bool:
    """Whether a head repeats that of the current telegram, as those of its further sections do."""
    own, other = current.cable_id(), head.cable_id()
    if own and other:
        return own.year == other.year and _same_message((own.post, own.serial), (other.post, other.serial), head)
    printed = current.printed()
    if printed and (named := head.printed()):
        return _same_message(printed, named, head)
    if current.date() and head.date():
        senders = {sender for text in (*current.texts, *head.texts) if (sender := parse_origin(text))}
        unlike = current.subject() and head.subject() and not _same_subject(current, head)
        return current.date() == head.date() and len(senders) < 2 and not unlike
    if head.printed() or head.date():
        return False
    return _same_subject(current, head)


def _same_message(current: tuple[str, int], head: tuple[str, int], read: _Head) -> bool:
    """Whether posts and serials are the same; later sections print them with typing errors."""
    if current[1] == head[1]:
        return _same_post(current[0], head[0]) or within(compact_post(current[0]), compact_post(head[0]), 2)
    return read.later_section and read.date() is None and _same_post(current[0], head[0])


def _same_subject(current: _Head, head: _Head) -> bool:
    shorter, longer = sorted((current.subject(), head.subject()), key=len)
    return bool(shorter) and (shorter == longer or (len(shorter) >= _ALIKE and longer.startswith(shorter)))


def _belongs(metadata: Metadata, head: _Head) -> bool:
    """Whether a head may be that of the cable which the container declares; a typing error in the id is allowed."""
    declared = _declared(metadata)
    if declared is None or head.message is None or _names(head.message, declared):
        return True
    date = head.date()
    if date and metadata.created and abs(date - metadata.created) >= _SAME_TIME:
        return False
    if _same_post(head.message.post, declared.post):
        return within(str(head.message.serial), str(declared.serial), 1)
    return head.message.serial == declared.serial


def _names(message: MessageLine, cable_id: CableId) -> bool:
    return message.serial == cable_id.serial and _same_post(message.post, cable_id.post)


def _same_post(one: str, other: str) -> bool:
    """Whether two printed names are of one post; redactions of a name (`XXXXXXXX`) are of any."""
    return same_post(one, other) or any(_REDACTED.fullmatch(compact_post(name)) for name in (one, other))


def _declared(metadata: Metadata) -> CableId | None:
    try:
        return CableId.parse(metadata.id) if metadata.id else None
    except BadInput:
        return None


def _above(lines: Sequence[str], start: int) -> int:
    """The first of the lines directly above a head that belong to it: a classification on a line of its own."""
    index = start
    while index and not is_text(lines[index - 1]) and not END_OF_MESSAGE.match(lines[index - 1]):
        index -= 1
    return index
