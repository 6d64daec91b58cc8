"""Removes what transmission and copying add to a telegram's text: page lines, banners, repeated heads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from ingest.body.line_patterns import (
    ARCHIVE_PAGE,
    BANNER,
    CAPTION,
    DISTRIBUTION,
    LABEL,
    PAGE_LINE,
    TRANSMISSION,
    is_banner,
    is_rule,
    is_stamp,
)
from ingest.body.number_candidates import opens_paragraph
from rag.domain.cable_id import compact_post

_SUSPECT = re.compile(
    r"[\s¶1>*#]{0,40}(?:[A-Z]{2}|[A-Z]\s[A-Z]\s|[ZOPRYM]\s\d{6}|>|#|<<|(?:[A-Z][A-Za-z.'-]{1,20}\s){1,4}\s{0,4}0\d{5}|S\s?e\s?c\s?r\s?e\s?t\b|"
    r"Confidential|Unclas|SIPDIS|Sipdis|sipdis|[Ee]\.[Oo]\.|Subject|Tags|Ref|Classified|Declassified|End Cable)"
)
_DECLASSIFIED = re.compile(r"[\s¶1>*#]{0,40}(?:\S{1,20}\s){0,4}Declassified/")
_SIPDIS = re.compile(r"\s{0,40}SIPDIS\s{1,4}(?=\S)")
_NORMAL = re.compile(r"[^A-Z0-9]+")
_MIN_REPEAT = 6  # characters of a head line that make its repetition certain


def _is_suspect(line: str) -> bool:
    # The second pattern alone would take four times as long as the first.
    return _SUSPECT.match(line) is not None or ("Declassified/" in line and _DECLASSIFIED.match(line) is not None)


@dataclass(slots=True)
class CleanText:
    """Lines without artefacts. `restarts` holds the indexes at which the head of another message was removed."""

    lines: list[str] = field(default_factory=list)
    restarts: set[int] = field(default_factory=set)


def normal(line: str) -> str:
    """Letters and digits of a line in upper case, by which its repetitions are recognised."""
    return _NORMAL.sub("", line.upper())


def clean(lines: Sequence[str], head: Sequence[str], message: tuple[str, int] | None = None) -> CleanText:
    """The lines of a telegram's text without artefacts.

    `head` is the telegram's head, whose repetitions in later sections are removed. `message` is post and serial of its
    message line, by which the head of another message in the same body is recognised.
    """
    return _Cleaner(head, message).run(lines)


class _Cleaner:
    def __init__(self, head: Sequence[str], message: tuple[str, int] | None) -> None:
        self._head = head
        self._subject = _subject(head)
        self._message = message
        self._serial = f" {message[1]:08d} " if message else "\0"
        self._out = CleanText()
        self._repeating = False
        self._removed = False  # something stood between the last line and the next

    def run(self, lines: Sequence[str]) -> CleanText:
        for line in lines:
            if self._serial in line and not PAGE_LINE.match(line):
                self._line(self._inline_page_line().sub(" ", line))
            else:
                self._line(line)
        return self._out

    def _inline_page_line(self) -> re.Pattern[str]:
        """The telegram's own page line within a line of text, as in copies that joined lines."""
        post = r"\s?".join(self._message[0]) if self._message else ""
        return re.compile(
            rf"\s{{0,4}}\b(?:{post}|[A-Z]{{4,20}}){self._serial}\s?\d{{3}}(?:\.\d)?\s{{1,2}}[Oo][Ff]\s{{1,2}}\d{{3}}\b\s?"
        )

    def _line(self, line: str) -> None:
        if not line.strip():
            if self._repeating or self._removed:
                self._removed = True
            else:
                self._out.lines.append("")
            return
        if _is_suspect(line) and not self._is_text(line):
            return
        if self._repeating and self._in_repeat(line):
            return
        self._repeating = False
        self._keep(line)

    def _is_text(self, line: str) -> bool:
        """Whether a suspected artefact is text after all; an artefact is processed here, with any text on its line."""
        if is_banner(line):
            self._banner(line)
            return False
        if TRANSMISSION.match(line) and self._repeats(line):
            self._repeating = self._removed = True
            return False
        if (page := PAGE_LINE.match(line) or ARCHIVE_PAGE.match(line)) is not None:
            self._removed = True
            rest = line[page.end() :].strip()
            if rest and not self._repeats(rest):
                self._line(rest)
            return False
        if is_stamp(line) or CAPTION.match(line) or self._is_distribution(line):
            self._removed = True
            return False
        if (caption := _SIPDIS.match(line)) is not None:
            self._removed = True
            self._line(line[caption.end() :])
            return False
        return not self._removes_subject(line)

    def _is_distribution(self, line: str) -> bool:
        match = DISTRIBUTION.match(line)
        if match is None or match.end() <= 0.6 * len(line.rstrip()):
            return False
        return line.count("-") >= 2 or line.lstrip().startswith(("ACTION ", "ORIGIN ", "INFO "))

    def _banner(self, line: str) -> None:
        self._repeating = self._removed = True
        match = BANNER.match(line)
        if match is None or match["serial"] is None or self._message is None:
            return
        if (compact_post(match["post"]), int(match["serial"])) != self._message:
            self._out.restarts.add(len(self._out.lines))

    def _removes_subject(self, line: str) -> bool:
        label = LABEL.match(line)
        if label is None or label["subject"] is None or not self._subject:
            return False
        repeat = _repeated(line[label.end() :], self._subject)
        if repeat < 12:
            return False
        self._removed = True
        rest = line[label.end() + repeat :].strip()
        if rest:
            self._line(rest)
        return True

    def _in_repeat(self, line: str) -> bool:
        return self._repeats(line) or (LABEL.match(line) is not None and not opens_paragraph(line))

    def _repeats(self, line: str) -> bool:
        form = normal(line)
        return len(form) >= _MIN_REPEAT and form in self._head_forms

    @cached_property
    def _head_forms(self) -> set[str]:
        return {form for line in self._head if len(form := normal(line)) >= _MIN_REPEAT}

    def _keep(self, line: str) -> None:
        if self._removed:
            self._removed = False
            joins = self._joins(line)
            while self._out.lines and not self._out.lines[-1]:
                self._out.lines.pop()
            if not joins:
                self._out.lines.append("")
        self._out.lines.append(line)

    def _joins(self, line: str) -> bool:
        """Whether the text after an artefact continues the sentence before it."""
        above = next((kept for kept in reversed(self._out.lines) if kept.strip()), "").rstrip()
        if not above or is_rule(above) or is_rule(line) or opens_paragraph(line):
            return False
        first = line.lstrip()[:1]
        if above[-1] in '.!?:"”’)' and not first.islower():
            return False
        return first.islower() or len(above) > 45


def _subject(head: Sequence[str]) -> str:
    for index, line in enumerate(head):
        label = LABEL.match(line)
        if label and label["subject"] is not None:
            continuation = takewhile(lambda below: below.strip() and not LABEL.match(below), head[index + 1 :])
            return " ".join(" ".join((line[label.end() :], *continuation)).split())
    return ""


def _repeated(line: str, subject: str) -> int:
    """How many characters of `line` repeat the beginning of `subject`, ignoring white space."""
    position = matched = 0
    for offset, character in enumerate(line):
        if character.isspace():
            continue
        while position < len(subject) and subject[position].isspace():
            position += 1
        if position >= len(subject) or subject[position].upper() != character.upper():
            break
        position += 1
        matched = offset + 1
    return matched
