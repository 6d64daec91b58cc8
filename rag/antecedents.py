"""Whom "he" or "she" at the head of a sentence stands for, where the sentences before leave no doubt.

Deterministic and shy: a person counts as found only where one is plainly a person (titled, or said to speak) and no
other capitalised name nearby could be one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.edit import Edit
from rag.periods import MONTHS
from rag.sentences import Span

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
"""A name struck out; capitals that speak, a person's as often as an agency's."""
_OPENER = re.compile(
    r"(?:[A-Za-z]+(?:ing|ed|ly)|The|In|On|At|As|An?|When|While|After|Although|Though|However|But|And|If|For|With|By|To|Of|"
    r"From|Since|Before|Despite|During|Once|Until|Also|Then|So|Still|Yet|Even|Only|Most|Many|Some|Several|All|Such|"
    r"What|Where|Who|Why|How|Whether|Because|Both|Each|Every|Instead|Rather|Meanwhile|Moreover|Furthermore|Therefore|"
    r"Thus|Under|Through|Over|Between|Among|Without|Within|Post|Embassy|Washington)$"
)
"""Words that open a sentence and are no names."""
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
_FAR = 3
"""How many sentences back a name is looked for."""


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    plain: bool
    """Whether the words say that it is a person."""


def opens_with_pronoun(text: str, span: Span) -> bool:
    """Whether the sentence's first subject is "he" or "she"."""
    return _PRONOUN.match(text, span.start, span.end) is not None


def named_subject(text: str, spans: Sequence[Span], at: int) -> Edit | None:
    """For the sentence `spans[at]` of a paragraph's text, its pronoun replaced by the name in brackets.

    None where it opens with no pronoun, or where it is not certain who is meant.
    """
    found = _PRONOUN.match(text, spans[at].start, spans[at].end)
    if found is None:
        return None
    for before in reversed(spans[max(0, at - _FAR) : at]):
        persons = list(_persons(before.of(text)))
        others = _OTHERS[found["pronoun"].lower()].search(before.of(text)) is not None
        if others or len({_surname(each) for each in persons}) > 1 or (persons and opens_with_pronoun(text, before)):
            return None  # somebody named where "he" is the subject is somebody else
        if persons:
            known = [each.name for each in persons if each.plain]
            start, end = found.span("pronoun")
            return Edit(start, end, f"[{_in_place(known[0], start == spans[at].start)}]") if known else None
    return None


def _surname(person: _Person) -> str:
    return person.name.split()[-1].lower()


def _in_place(name: str, opens: bool) -> str:
    """ "the Ambassador" with a capital where it opens the sentence and only there."""
    return (name[0].upper() if opens else name[0].lower()) + name[1:] if name.lower().startswith("the ") else name


def _persons(sentence: str) -> Iterator[_Person]:
    """Everybody named, and everything that might be somebody."""
    for match in _UNSURE.finditer(sentence):
        yield _Person(match.group(), False)
    taken: list[tuple[int, int]] = []
    for match in _NAME.finditer(sentence):
        name = _POSSESSIVE.split(_TITLES.sub("", match.group()))[0].rstrip(".,")
        if not name or not name[-1].isalpha() or name in _NO_NAMES:
            continue
        plain = _is_plainly_a_person(sentence, match)
        taken.append(match.span())
        if plain or not _is_thing(sentence, match, name):
            yield _Person(name, plain)
    for match in _ROLE.finditer(sentence):
        if not any(start <= match.start() < end or start < match.end() <= end for start, end in taken):
            yield _Person(match.group(), not sentence.startswith(" asked", match.end()))  # the other one answers


def _is_plainly_a_person(sentence: str, match: re.Match[str]) -> bool:
    if _POSSESSIVE.search(match.group()) or _POSSESSIVE.match(sentence, match.end()):
        return False  # "Villepin's adviser said": it is the adviser who speaks
    if _TITLES.match(match.group()) or _TOLD.search(sentence, 0, match.start()):
        return True
    # Behind "that", countries say and claim as well.
    return _SPEAKS.match(sentence, match.end()) is not None and " that " not in sentence[: match.start()]


def _is_thing(sentence: str, match: re.Match[str], name: str) -> bool:
    """Whether it is plainly no person: a month, a place after "in", a word with a capital for opening the sentence."""
    words = name.split()
    before = sentence[: match.start()].rstrip(" \"'“‘(").split()
    if words[0].lower() in MONTHS or words[0].lower().endswith("day"):
        return True
    if not before or before[-1][-1] in ".!?:":
        return _OPENER.match(name) is not None
    if before[-1].lower() in _THINGS_BEFORE:
        return True
    return _PEOPLES.search(words[-1]) is not None and re.match(r" [a-z]", sentence[match.end() :]) is not None
