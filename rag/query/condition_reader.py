"""Conditions taken out of a text one after the other, until only words that state none are left."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from rag.domain.cable_id import compact_post
from rag.domain.filters import Filters
from rag.domain.known_posts import known_post
from rag.query.hard_filters import MISSION
from rag.query.named_times import named_times
from rag.query.year_parts import year_parts
from rag.text.surface_facts import without_possessive

_OF_US = r"(?:the )?(?:(?:u\.?s\.?|american) )?"
_WORD = r"[^\W\d_][\w.'’-]*"
_PLACES = rf"(?P<places>{_WORD}(?:(?:, and |, or |, |,? and |,? or | ){_WORD}){{0,11}})"
_POSTS = (
    re.compile(
        rf"\b(?:(?:sent|written|drafted|filed|coming|originating|that came) )?(?:from|by|out of) "
        rf"{_OF_US}(?:{MISSION} (?:in |at |to )?)?{_PLACES}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:did|does|do|has|have) {_OF_US}(?:{MISSION} (?:in |at |to )?)?{_PLACES}(?= (?:send|sent|write|written|"
        r"wrote|file|cable|have|transmit))",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_OF_US}{MISSION} (?:in |at |to )?{_PLACES}", re.IGNORECASE),
    re.compile(
        rf"\b(?:sent|written|wrote|cabled) {_OF_US}(?:{MISSION} )?in {_PLACES}",
        re.IGNORECASE,
    ),
)
_JOINED = re.compile(rf"(?:(?:, and |, or |, | and | or )(?:the )?)?(?P<name>{_WORD}(?: {_WORD}){{0,4}})")
_STATE = frozenset(("WASHINGTON", "STATEDEPARTMENT", "DEPARTMENTOFSTATE"))
_BEFORE_TIME = re.compile(
    r"(?:(?:\b(?:that|which) (?:are|were) )?\b(?:sent|written|dated|filed|from|in|of|during|on|for|the years?|all|year"
    r"|month|period)\b,? )+$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?:before|prior|earlier|ahead|until|till|up|through|by|no|not|after|later|following|since|starting|beginning|as|between"
    r"|from)\b",
    re.IGNORECASE,
)
_TAG = r"(?:[A-Z]{2,8}\b)"
_TAGS = (
    re.compile(
        rf"\b(?:(?i:tagged|(?:with|under|carry(?:ing)?|have|having|bear(?:ing)?|has) (?:the |a )?tags?)"
        rf"(?i: as| with)?:?) (?P<tags>{_TAG}(?:(?:, and |, or |, | and | or |/){_TAG})*)"
    ),
    re.compile(rf"\b(?i:with|under|having) (?i:the )?(?P<tags>{_TAG}(?:(?:, | and | or ){_TAG})*) (?i:tags?)\b"),
)
_BARE_TAG = re.compile(r"\b(?P<tags>[A-Z]{4})\b")
_CLASSIFIED = r"(?:(?:are|is|were|was|marked|classified|classification|as) )+"
_LEVEL = r"(?P<level>top secret|secret|confidential|unclassified)"
_LEVEL_STATED = re.compile(rf"\b{_CLASSIFIED}(?:as )?{_LEVEL}\b", re.IGNORECASE)
_LEVEL_BARE = re.compile(rf"\b{_LEVEL}\b(?: or {_LEVEL.replace('level', 'other')}\b)?", re.IGNORECASE)
_TITLE = (
    r"(?i:(?:the )?(?:u\.?s\.? )?(?:ambassador|secretary|charg[eé](?: d'affaires)?|consul(?: general)?|dcm"
    r"|mr\.?|ms\.?) )?"
)
_NAME = r"(?P<signer>[A-Za-z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2})"
_SIGNED = (
    re.compile(rf"\b(?i:signed by|with the signature of|whose signer is) {_TITLE}{_NAME}"),
    re.compile(rf"\b(?i:did|has|have|does) {_TITLE}{_NAME} (?i:signed|sign)\b"),
    re.compile(
        rf"\b(?i:bear(?:ing)?|with|carry(?:ing)?|have|over) {_TITLE}{_NAME}['’]s? (?i:signature|name as signer)\b"
    ),
    re.compile(
        rf"\b(?i:that |which )?{_TITLE}(?P<signer>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,2}}) (?i:has )?(?i:signed)\b"
    ),
)
FILLERS = frozenset(
    "a actually all also altogether among an and any anything archive archives are at available be been by cable "
    "cables "
    "came collection come comes complete contain contained contains copies copy corpus could currently database date "
    "dated dates did dispatch dispatches do document documents does each ever every everything exactly exist "
    "exists file "
    "files for full give had has have here held hold holds i if in is it just keep kept list made many material "
    "mean me much now "
    "number of on only originate originated our overall please really send sent set should show so something "
    "store stored "
    "telegram telegrams that the their them there these they this those together total us want was we were which with "
    "would write writes wrote thing one message report written you your transmitted filed drafted originating "
    "coming go went out".split()
)
"""Words that state no condition."""
_LONG_NAME = 5  # letters from which a post that is not held may be typed in lower case


class ConditionReader:
    """Takes conditions out of a text and keeps them."""

    def __init__(self, posts: Mapping[str, str]) -> None:
        self._posts = posts
        self.filters = Filters()
        self.all_tags: list[str] = []
        self.signer: str | None = None
        self.absent: list[str] = []
        self.times = 0
        """How many times are stated; of more than one it is not known how they belong together."""

    def rest(self, text: str, bare: bool, topical: bool = False) -> str:
        """The text without the conditions it states.

        With `bare`, a post, level or tag may stand alone: "Berlin cables". A `topical` text is what cables are about;
        its own times and levels stay: "the 2008 war", "secret prisons".
        """
        text = self._without_signer(self._without_tags(text, bare))
        text = self._without_times(text, topical)
        text = self._without_level(text, stated_only=topical)
        for pattern in _POSTS:
            text = self._without_posts(pattern, text)
        return self._without_bare_posts(text) if bare else text

    def _without_times(self, text: str, topical: bool) -> str:
        for time in year_parts(text)[:1]:
            opening = _BEFORE_TIME.search(text, 0, time.start)
            self._state_time(time.period.first, time.period.last)
            text = text[: opening.start() if opening else time.start] + text[time.end :]
        for time in reversed(named_times(text)):
            opening = _BEFORE_TIME.search(text, 0, time.start)
            relative = _RELATIVE.match(text, time.start)
            if topical and not opening and not relative:
                continue
            self._state_time(time.period.first, time.period.last)
            text = text[: opening.start() if opening else time.start] + text[time.end :]
        return text

    def _state_time(self, first: date | None, last: date | None) -> None:
        self.times += 1
        self._between(first, last)

    def _between(self, first: date | None, last: date | None) -> None:
        self.filters = replace(
            self.filters, date_from=first or self.filters.date_from, date_to=last or self.filters.date_to
        )

    def _without_tags(self, text: str, bare: bool) -> str:
        for pattern in (*_TAGS, *([_BARE_TAG] if bare else [])):
            while match := pattern.search(text):
                if pattern is _BARE_TAG and compact_post(match["tags"]) in self._posts:
                    break
                tags = re.findall(r"[A-Z]{2,}", match["tags"])
                if " or " in match["tags"] or len(tags) == 1:
                    self.filters = replace(self.filters, tags=self.filters.tags | frozenset(tags))
                else:
                    self.all_tags += tags
                text = text[: match.start()] + text[match.end() :]
        return text

    def _without_level(self, text: str, stated_only: bool) -> str:
        while match := _LEVEL_STATED.search(text) or (None if stated_only else _LEVEL_BARE.search(text)):
            found = {value.upper() for name, value in match.groupdict().items() if value and name in ("level", "other")}
            self.filters = replace(self.filters, classifications=self.filters.classifications | found)
            text = text[: match.start()] + text[match.end() :]
        return text

    def _without_signer(self, text: str) -> str:
        for pattern in _SIGNED:
            if (match := pattern.search(text)) and match["signer"].casefold() not in FILLERS:
                self.signer = without_possessive(match["signer"]).rstrip(".")
                return text[: match.start()] + text[match.end() :]
        return text

    def _without_posts(self, pattern: re.Pattern[str], text: str) -> str:
        start = 0
        while match := pattern.search(text, start):
            taken = self._take_posts(text[match.start("places") : match.end("places")])
            if taken:
                text = text[: match.start()] + text[match.start("places") + taken :]
            start = match.start() if taken else match.start("places")
        return text

    def _without_bare_posts(self, text: str) -> str:
        for match in re.finditer(_WORD, text):
            if re.search(r"\bto (?:the )?$", text[: match.start()]):
                continue  # "sent to Paris" says not where from
            if match[0].casefold() not in FILLERS and (taken := self._take_posts(text[match.start() :])):
                return text[: match.start()] + text[match.start() + taken :]
        return text

    def _take_posts(self, places: str) -> int:
        """Take the posts named at the beginning, joined by commas, "and" or "or"; returns how many characters."""
        taken = 0
        while match := _JOINED.match(places, taken):
            if taken and match.start("name") == taken:
                break
            found = _post(match["name"], self._posts)
            if found is None:
                break
            post, characters = found
            if post in self._posts:
                self.filters = replace(self.filters, posts=self.filters.posts | {post})
            else:
                self.absent.append(places[match.start("name") : match.start("name") + characters].rstrip("'’s."))
            taken = match.start("name") + characters
        return taken


def _post(name: str, posts: Mapping[str, str]) -> tuple[str, int] | None:
    """The post that the longest head of the name means, held or known, and that head's length."""
    words = name.split(" ")
    for size in range(len(words), 0, -1):
        head = " ".join(words[:size])
        plain = without_possessive(head)
        compact = compact_post(plain)
        if compact in posts:
            return compact, len(head)
        known = "STATE" if compact in _STATE else known_post(plain)
        if known and (known in posts or head[0].isupper() or len(compact) >= _LONG_NAME):
            return known, len(head)
    return None
