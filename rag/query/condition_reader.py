"""Conditions taken out of a text one after the other, until only words that state none are left."""

import re
from collections.abc import Container
from dataclasses import replace

from rag.domain.filters import Filters
from rag.domain.tag_meanings import TAGS_OF_SUBJECTS
from rag.query.named_posts import named_posts
from rag.query.named_times import NamedTime, named_times
from rag.query.year_parts import year_parts

_BEFORE_TIME = re.compile(
    r"(?:\b(?:sent|written|dated|filed|from|in|of|during|on|for|the years?|all|year|month|period)\b,? )+$",
    re.IGNORECASE,
)
_TAG = r"(?:[A-Z]{2,8}\b)"
_TAGS = (
    re.compile(
        rf"\b(?:(?i:tagged|(?:with|under|carry(?:ing)?|have|having|bear(?:ing)?|has) (?:the |a )?tags?)"
        rf"(?i: as| with)?:?) (?P<tags>{_TAG}(?:(?:, and |, or |, | and | or |/){_TAG})*)"
    ),
    re.compile(rf"(?i:tags?)[,:]? (?P<tags>{_TAG}(?:(?:, | and | or ){_TAG})*)"),
    re.compile(rf"(?P<tags>{_TAG}(?:(?:, | and | or )(?:the )?{_TAG})*) (?i:tags?)\b"),
    re.compile(rf"\b(?P<tags>{'|'.join(TAGS_OF_SUBJECTS)})\b"),
)
_LEVEL = r"(?P<level>top secret|secret|confidential|unclassified|for official use only|fouo)"
_OFFICIAL_USE = frozenset(("FOR OFFICIAL USE ONLY", "FOUO"))
_LEVELS = re.compile(
    rf"\b(?:(?:are|is|were|was|marked|classified|classification|as) )*{_LEVEL}\b"
    rf"(?: or {_LEVEL.replace('level', 'other')}\b)?",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"\b(?:to|for) (?:the )?(?:embassy |consulate |mission )?(?:in |at )?$", re.IGNORECASE)


class ConditionReader:
    """Takes conditions out of a text and keeps them; `posts` are those of the archive, as ids spell them."""

    def __init__(self, posts: Container[str]) -> None:
        self._posts = posts
        self.filters = Filters()
        self.all_tags: list[str] = []
        self.absent: list[str] = []
        """Posts of which the archive holds nothing, as the text spells them."""
        self.unclear = False
        """Whether several times are stated, or whom cables are addressed to: these are no conditions."""

    @property
    def stated(self) -> bool:
        """Whether any condition was found."""
        return bool(self.all_tags or self.absent) or self.filters != Filters()

    def rest(self, text: str) -> str:
        """The text without the conditions it states."""
        return self._without_posts(self._without_tags(self._without_times(self._without_level(text))))

    def _without_times(self, text: str) -> str:
        for time in year_parts(text)[:1]:
            text = self._without_time(text, time)
        for time in reversed(named_times(text)):
            text = self._without_time(text, time)
        return text

    def _without_time(self, text: str, time: NamedTime) -> str:
        self.unclear = self.unclear or self.filters.date_from is not None or self.filters.date_to is not None
        self.filters = replace(self.filters, date_from=time.period.first, date_to=time.period.last)
        opening = _BEFORE_TIME.search(text, 0, time.start)
        return text[: opening.start() if opening else time.start] + text[time.end :]

    def _without_tags(self, text: str) -> str:
        for pattern in _TAGS:
            start = 0
            while match := pattern.search(text, start):
                start = match.end()
                tags = [
                    tag for tag in re.findall(r"[A-Z]{2,}", match["tags"]) if tag not in self._posts and tag != "TAGS"
                ]
                if not tags:
                    continue
                if " or " in match["tags"] or len(tags) == 1:
                    self.filters = replace(self.filters, tags=self.filters.tags | frozenset(tags))
                else:
                    self.all_tags += tags
                text, start = text[: match.start()] + text[match.end() :], match.start()
        return text

    def _without_level(self, text: str) -> str:
        while match := _LEVELS.search(text):
            found = {value.upper() for value in match.groups() if value}
            if found & _OFFICIAL_USE:
                found = found - _OFFICIAL_USE | {"UNCLASSIFIED//FOR OFFICIAL USE ONLY"}
            self.filters = replace(self.filters, classifications=self.filters.classifications | found)
            text = text[: match.start()] + text[match.end() :]
        return text

    def _without_posts(self, text: str) -> str:
        for named in reversed(named_posts(text, self._posts)):
            self.unclear = self.unclear or bool(_ADDRESSED.search(text, 0, named.start))
            if named.post in self._posts:
                self.filters = replace(self.filters, posts=self.filters.posts | {named.post})
            else:
                self.absent.insert(0, text[named.start : named.end])
            text = text[: named.start] + text[named.end :]
        return text
