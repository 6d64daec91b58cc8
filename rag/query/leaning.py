"""How a question leans on what was said before: by what it leaves out, by a word that points back, or not at all.

Precision comes first: a question that has a subject of its own and points at nothing is a new one, whatever was asked
before it.
"""

import re
from dataclasses import dataclass
from typing import Literal

from rag.text.countries import countries

Lean = Literal["cables", "date", "more", "bare", "narrowed", "pointing"]
"""What is asked: which cables the last answer cites, when that was, what else there is, one word more about it, the
same under another condition; or something new that points back."""

_BE = r"(?:is|are|was|were|does|do|did)"
_HAS = r"(?:is|are|was|were|had|has|have|will|would|can|could|should)"
_IT = r"(?:(?:all )?(?:that|this|it|these|those|they)(?: (?:sentence|information|quot\w+|statement|answer))?)"
_DOCUMENT = r"(?:cable|telegram|document|message|paragraph|source|report)"
_FOUND = r"(?:from|come|written|stand|say|said|get|got|find|found)"


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_OPENING = _pattern(r"(?:(?:and|but|so|then|ok(?:ay)?|also|well|now)\b[,\s]+)+")
_CABLES = _pattern(
    rf"(?:from )?(?:which|what) {_DOCUMENT}s? {_BE} {_IT}\b.{{0,30}}",
    rf"(?:which|what) {_DOCUMENT}s? (?:says?|said|states?|stated|tells?|told|reports?|reported) (?:so|{_IT})",
    rf"where {_BE} (?:{_IT}|you|i)\b.{{0,20}}\b{_FOUND}\b.{{0,20}}",
    rf"(?:(?:what(?: is|'s|’s| are)|give me|show me|name) (?:the|your) )?{_DOCUMENT}s?(?: (?:of|for) {_IT})?",
)
THAT_CABLE = _pattern(
    r"\b(?:that|this|the same) (?:cable|telegram|document|message)\b",
    r"\bthe (?:cable|telegram)\b(?! (?:from|of|that|in|on|by|about|traffic)\b|(?-i: [A-Z\d]))",
)
"""The cable of the answer before."""
_DATE = _pattern(
    rf"(?:when|(?:on |in )?what (?:date|day|month|year))(?: exactly)?"
    rf"(?: {_BE} {_IT}(?: (?:exactly|happen|occur|take place|from))?)?"
)
_DETAILS = r"(?:(?: details?| information| context| about (?:that|this|it)){0,2})"
_MORE = _pattern(
    r"(?:what|who|where|anything|is there anything|are there any) (?:else|more|others?)\b.*",
    r"(?:(?:can|could|would) you )?(?:please )?(?:(?:give|tell|show)(?: (?:me|us))?|say|i want|any|some)"
    r"(?: some| a bit| a little)? (?:more|further)\b.*",
    rf"(?:more|further){_DETAILS}(?:,? please)?",
    r"(?:please )?(?:go on|continue|elaborate|expand)(?: (?:on )?(?:that|this|it))?(?:,? please)?",
)
_BARE = _pattern(
    r"(?:(?:by|for|since|with|to|from|how) )?(?:who|whom|what|which|why|where|when|how|much|many|long|so)"
    rf"(?: exactly| not| so| then| {_BE} (?:that|this|it|these|those|they)(?: happen| so)?)?",
    r"how (?:many|much|long|so)",
)
_ABOUT = _pattern(r"(?:what|how) about\s+(?P<topic>.+)")
_SAME = _pattern(
    r"(?:the )?same(?: (?:question|thing|again))?,? "
    r"(?:(?:for|but|about|with) |(?=(?:in|from|before|after|since|of) ))(?P<topic>.+)"
)
_ONLY = _pattern(
    r"(?:(?:show|give|list|name)(?: me)? )?(?:only|just)(?: the)?"
    r"(?: (?:those|these|ones?|cables?|telegrams?|results?|answers?))? ?(?P<topic>.+)"
)
_VERB = _pattern(rf"\b(?:{_HAS}|{_BE}|be|may|might|must|\w+ed|say|said|told)\b")
_PERSON = _pattern(r"\b(?:he|she|him|her|his|hers)\b(?! own\b)")
_EXPLETIVE = r"(?: \w+){0,3}? (?:for|to|that)\b"  # "why is it hard for them to ..."
_YEAR = r"(?:day|week|month|year)"
_PLACE = r"(?<!\bare )(?<!\bis )(?<!\bwere )(?<!\bwas )\bthere$"  # not "how many are there?"
_THING = _pattern(
    rf"\bit\b(?!(?:(?<=\bis it)|(?<=\bwas it)){_EXPLETIVE})",
    r"\b(?:its|they|them|theirs?|this(?! archive\b)|these|those(?! (?:who|which|that|of|in|from|with)\b))\b",
    r"(?:^|\b(?:was|is|did|does|do|of|from|after|before|by|with|for|to|like|on|why|about|against|in) )"
    r"that\b(?! (?:the|an?)\b)",
    rf"\bthen$|{_PLACE}",
    r"\bthe (?:same|others?|latter|former)\b",
    r"\b(?:another|other|earlier|second|first|third|last) ones?\b",
    rf"\bthe (?:following|next|previous|same) {_YEAR}\b|\bthe {_YEAR} (?:after|before)$",
)
_ANTECEDENT = re.compile(
    r"\b(?:the|an?) (?!same\b|other)[a-z]"
    r"|(?P<name>(?<!^)\b[A-Z][\w'’-]*\w|^[A-Z]\w+['’]s\b)"
    r"|[.;:?!] "  # a sentence before
)
_OTHERS = _pattern(r"\b(?:others?|another|else|rest)\b")
_ELLIPSIS = _pattern(rf"(?:how many|which)(?: more| less| fewer)? {_HAS}\b", r"(?:what|who|where) else\b")
_AT_THE_END = _pattern(rf" (?:(?:it|that|this|them|these|those|then)$|{_PLACE})")
_CLAUSES = _pattern(
    r"[,;:.?!] |(?<=.)\b(?:and|but|or|that|which|who|when|while|after|before|if|because) .*\b(?:it|them)$"
)
_LONGEST = 24  # words of a question that still leans by a word that points back
_MOST_OPENED, _MOST_VERBLESS = 8, 3  # words of "and in the second one, the month after?", of "in 2007?"
_NO_SUBJECT = frozenset(
    "who whom whose what which when where why how is are was were be been did do does has have had will would can "
    "could should may might i you we he she it they me us him her them his its their our your my this that these those "
    "there here one ones a an the other others another same else more further any some all both each first second "
    "third last next former latter only just even again too of in on at to from for with by about as into than after "
    "before since until over between and or but so then also now well ok okay please not exactly many much long say "
    "says said tell told give show know mean think go come happen happened get make made take took see explain "
    "continue find detail details information context question thing things cable cables telegram telegrams document "
    "documents source sources answer answers paragraph part reason time date anything something elaborate expand bit "
    "little if want".split()
)


@dataclass(frozen=True, slots=True)
class Leaning:
    """How a question leans; `words` are its own without "and", for `narrowed` those of the new condition alone."""

    lean: Lean
    words: str


def leaning(question: str) -> Leaning | None:
    """How these words lean on a conversation; None for a question that leans on nothing."""
    plain = " ".join(question.split()).rstrip(" ?.!")
    opening = _OPENING.match(plain)
    rest = plain[opening.end() :] if opening else plain
    if asked := _of_the_answer(rest):
        return Leaning(asked, rest)
    for pattern in (_ABOUT, _SAME, _ONLY):
        if (match := pattern.fullmatch(rest)) and (pattern is not _ONLY or not _VERB.search(rest)):
            return Leaning("narrowed", match["topic"])
    if not _VERB.search(rest) and len(rest.split()) <= (_MOST_OPENED if opening else _MOST_VERBLESS):
        if has_subject(rest):
            return Leaning("narrowed", rest)
        return Leaning("more" if _OTHERS.search(rest) else "bare", rest)
    return Leaning("pointing", rest) if opening or _points_back(rest) else None


def has_subject(words: str) -> bool:
    """Whether words name anything by themselves: "and the other one?" does not."""
    return bool(subject_words(words))


def subject_words(words: str) -> list[str]:
    """The words that name something, folded."""
    return [word for word in re.findall(r"[^\W_]+", words.casefold()) if word not in _NO_SUBJECT]


def has_pointer(words: str) -> bool:
    """Whether there is a pronoun or a word such as "the other", whatever stands before it."""
    return any(pattern.search(words) for pattern in (_PERSON, _THING))


def _of_the_answer(words: str) -> Lean | None:
    """The kind of a question about the answer before, which has no subject of its own."""
    kinds: tuple[tuple[Lean, re.Pattern[str]], ...] = (("cables", _CABLES), ("date", _DATE), ("bare", _BARE))
    for kind, pattern in kinds:
        if pattern.fullmatch(words):
            return kind
    return "more" if _MORE.fullmatch(words) and not has_subject(words) else None


def _points_back(words: str) -> bool:
    """Whether a pronoun or a word such as "the other" has nothing before it in the question that it could mean."""
    if len(words.split()) > _LONGEST:
        return False
    if _ELLIPSIS.match(words) or (_AT_THE_END.search(words) and not _CLAUSES.search(words)):
        return True
    antecedents = list(_ANTECEDENT.finditer(words))
    persons = [match for match in antecedents if not _is_country(match["name"] or "")]
    return _precedes(_PERSON, persons, words) or any(
        _precedes(pattern, antecedents, words) for pattern in (_THING, THAT_CABLE)
    )


def _is_country(name: str) -> bool:
    """Whether a name is a country's and not that of somebody in it: "Egypt's spy chief" may be "he"."""
    return bool(countries(name)) and not name.endswith(("'s", "’s"))


def _precedes(pattern: re.Pattern[str], antecedents: list[re.Match[str]], words: str) -> bool:
    """Whether a pronoun stands before everything that it could mean."""
    pointer = pattern.search(words)
    return pointer is not None and all(pointer.start() <= antecedent.start() for antecedent in antecedents)
