"""Coreference: the person that "he" or "she" at the start of a sentence refers to, where that is certain.

The rules prefer no answer to a wrong one. A name is taken only if a title or a verb of speech marks it as a person and
no other capitalised word nearby could be a person.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.domain.periods import MONTHS
from rag.domain.span import Span
from rag.text.edit import Edit

_PRONOUN = re.compile(r"(?:[A-Za-z][a-z]+(?: [a-z]+){0,3}, )?(?P<pronoun>He|She|he|she)\b(?!['’]s? (?:or|and) )")
_SAYS = (
    r"(?:said|says|told|noted|stressed|explained|added|claimed|argued|stated|replied|responded|observed|conveyed|"
    r"emphasi[sz]ed|warned|asserted|described|complained|admitted|acknowledged|confirmed|insisted|suggested|"
    r"predicted|remarked|commented|reiterated|underscored|underlined|promised|denied|urged|recalled|indicated|"
    r"opined|lamented|countered|concluded|continued|maintained|cautioned|informed|raised|pointed out)"
)
_NAME = re.compile(
    r"[A-Z][\w'’.-]*[a-z][\w'’-]*"
    r"(?: (?:(?:al|bin|van|von|de|da|el|ben)[ -])?[A-Z][\w'’-]*[a-z][\w'’-]*){0,3}(?: [IVX]+\b)?"
)
_POSSESSIVE = re.compile(r"['’]s?(?= |$)")
_TITLE = (
    r"(?:(?:Prime|Foreign|Defense|Interior|Finance|Trade|Deputy|Vice|Assistant|Under|First|Acting|Former|Chief|"
    r"Director|Attorney|Secretary|Major|Lieutenant) )*(?:Minister|President|Ambassador|Senator|Secretary|Director|"
    r"General|Governor|Mayor|Judge|Justice|Commissioner|Chancellor|Chairman|Speaker|Admiral|Colonel|Captain|"
    r"Representative|Congressman|Counselor|Envoy|King|Queen|Prince|Sheikh|Bishop|Professor|Spokesman|FM|PM|DFM|MFA|"
    r"Mr|Mrs|Ms|Dr|Gen|Sen|Amb|Adm|Col|Rep)\.?"
)
_TITLES = re.compile(rf"^(?:{_TITLE} )+")
_ROLE = re.compile(
    rf"\b(?:the |The )?(?:{_TITLE}|Ambassador|Charge|DCM|A/DCM|PolCouns|EconCouns|[Pp]oloffs?|[Ee]conoffs?|[Ee]mboffs?)"
    r"\b(?!\.? [A-Z])"
)
_SPEAKS = re.compile(rf"(?:,[^,]{{1,60}},)? (?:(?:also|then|further|later|again) )?{_SAYS}\b")
_TOLD = re.compile(
    r"\b(?:told|asked|thanked|assured|informed|urged|pressed|[Aa]ccording to|FM|PM|DFM|MFA|DCM|MP|A/S|U/S|DAS|S/E)"
    r"(?: the)? $"
)
_UNSURE = re.compile(rf"[Xx]{{3,}}|\b[A-Z]{{2,6}}(?= {_SAYS}\b)")
"""A redacted name, or capitals before a verb of speech: a person or an agency."""
_OPENER = re.compile(
    r"(?:[A-Za-z]+(?:ing|ed|ly)|The|In|On|At|As|An?|When|While|After|Although|Though|However|But|And|If|For|With|By|To|Of|"
    r"From|Since|Before|Despite|During|Once|Until|Also|Then|So|Still|Yet|Even|Only|Most|Many|Some|Several|All|Such|"
    r"What|Where|Who|Why|How|Whether|Because|Both|Each|Every|Instead|Rather|Meanwhile|Moreover|Furthermore|Therefore|"
    r"Thus|Under|Through|Over|Between|Among|Without|Within|Post|Embassy|Washington)$"
)
"""Words that open a sentence and are not names."""
_THINGS_BEFORE = frozenset(
    "the in from at of into between across within near toward towards through over on its this a an".split()
)
_NO_NAMES = frozenset(
    "He She It They This That These Those We Our His Her Their There Both Others Some Another".split()
)
_PEOPLES = re.compile(
    r"(?:ian|ean|can|ese|ish)$|^(?:German|Iraqi|Saudi|Israeli|Pakistani|Somali|Yemeni|Kuwaiti|Bahraini|Omani|Emirati|"
    r"Qatari|Azeri|Bangladeshi|Nepali|Libyan|Cuban|Afghan|French|Dutch|Greek|Turk|Kurd|Swiss|Danish|Arab)s?$"
)
_OTHERS = {"he": re.compile(r"\b[Ss]he\b"), "she": re.compile(r"\b[Hh]e\b")}
_SENTENCES_BACK = 3


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    is_certain: bool
    """Whether its words say that it is a person."""


def opens_with_pronoun(text: str, span: Span) -> bool:
    """Whether the sentence's first subject is "he" or "she"."""
    return _PRONOUN.match(text, span.start, span.end) is not None


def pronoun_edit(text: str, spans: Sequence[Span], at: int) -> Edit | None:
    """Replace the pronoun that opens sentence `spans[at]` by the name in brackets.

    None if the sentence does not open with a pronoun, or if it is not certain who is meant.
    """
    pronoun = _PRONOUN.match(text, spans[at].start, spans[at].end)
    if pronoun is None:
        return None
    for before in reversed(spans[max(0, at - _SENTENCES_BACK) : at]):
        persons = list(_persons(before.of(text)))
        surnames = {person.name.split()[-1].lower() for person in persons}
        if _OTHERS[pronoun["pronoun"].lower()].search(before.of(text)) or len(surnames) > 1:
            return None
        if persons and opens_with_pronoun(text, before):
            return None  # a name in a sentence about "he" is another person's
        if persons:
            certain = [person.name for person in persons if person.is_certain]
            start, end = pronoun.span("pronoun")
            return Edit(start, end, f"[{_with_case(certain[0], start == spans[at].start)}]") if certain else None
    return None


def _with_case(name: str, opens_sentence: bool) -> str:
    """A name; "the Ambassador" gets a capital "The" only where it opens the sentence."""
    if not name.lower().startswith("the "):
        return name
    return (name[0].upper() if opens_sentence else name[0].lower()) + name[1:]


def _persons(sentence: str) -> Iterator[_Person]:
    """Every person named, and every capitalised word that could be a person."""
    for match in _UNSURE.finditer(sentence):
        yield _Person(match.group(), False)
    taken: list[tuple[int, int]] = []
    for match in _NAME.finditer(sentence):
        name = _POSSESSIVE.split(_TITLES.sub("", match.group()))[0].rstrip(".,")
        if not name or not name[-1].isalpha() or name in _NO_NAMES:
            continue
        is_certain = _is_certainly_a_person(sentence, match)
        taken.append(match.span())
        if is_certain or not _is_thing(sentence, match, name):
            yield _Person(name, is_certain)
    for match in _ROLE.finditer(sentence):
        if not any(start <= match.start() < end or start < match.end() <= end for start, end in taken):
            yield _Person(match.group(), not sentence.startswith(" asked", match.end()))  # whoever is asked answers


def _is_certainly_a_person(sentence: str, match: re.Match[str]) -> bool:
    if _POSSESSIVE.search(match.group()) or _POSSESSIVE.match(sentence, match.end()):
        return False  # in "Villepin's adviser said" the adviser speaks
    if _TITLES.match(match.group()) or _TOLD.search(sentence, 0, match.start()):
        return True
    # After "that", the speaker may be a country.
    return _SPEAKS.match(sentence, match.end()) is not None and " that " not in sentence[: match.start()]


def _is_thing(sentence: str, match: re.Match[str], name: str) -> bool:
    """Whether it is not a person: a month, a place after "in", a word capitalised because it opens the sentence."""
    words = name.split()
    before = sentence[: match.start()].rstrip(" \"'“‘(").split()
    if words[0].lower() in MONTHS or words[0].lower().endswith("day"):
        return True
    if not before or before[-1][-1] in ".!?:":
        return _OPENER.match(name) is not None
    if before[-1].lower() in _THINGS_BEFORE:
        return True
    return _PEOPLES.search(words[-1]) is not None and re.match(r" [a-z]", sentence[match.end() :]) is not None
