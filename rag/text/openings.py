"""Whether a sentence stands alone: how it opens, and whether it turns against the one before.

The rules prefer a sentence too many to one too few: one that is taken for unresolved is shown behind the one before it.
"""

import re

_TURNS = (
    r"however|but|yet|still|nevertheless|nonetheless|even so|that said|conversely|(?:by|in) contrast|instead|rather"
)
_OTHER_SIDE = r"on the other(?: hand)?|at the same time"
_CONTINUES = (
    r"and|nor|or|also|then|therefore|thus|hence|so|moreover|furthermore|in addition|additionally|similarly|likewise"
    r"|otherwise|finally|lastly|secondly|thirdly|meanwhile|as a result|consequently|accordingly|specifically|indeed"
    r"|separately|subsequently|afterwards?|(?:in|at|during) an? (?:later|related|separate|similar|subsequent)"
    r"|for (?:example|instance)|in (?:particular|short|fact|turn|response|return|reply|any case)|when asked|asked"
)
_POINTS_BACK = (
    r"he|she|they|them|his|her|their|its|this|that|these|those|both|such|neither|either|others|another"
    r"|the (?:former|latter|same|others?|pair|second|third|rest|next|first)"
    r"|the (?:two|three|four|five|six|seven|eight|nine|ten)"
    r"|(?:one|two|three|some|many|most|several|all|each|none|few|half) of (?:them|these|those|this|his|her|the latter)"
    r"|(?:in|at|on|for|from|by|with|under|after|before|despite|during|to|given|because of|as part of)"
    r" (?:all )?(?:this|that|these|those|such|his|her|their|its|it|him|them)"
)
_EXPLETIVE = (
    r"it (?:is|was|remains|seems|appears|will be|would be|may be)(?: also| not| still| yet| very| too| more)*"
    r" (?:(?:un)?clear|(?:un)?likely|(?:im)?possible|difficult|hard|important|essential|early|certain|necessary|time"
    r"|that|expected|believed|understood)"
)
_OPENS = re.compile(
    rf"\W*(?:(?:{_TURNS}|{_OTHER_SIDE}|{_CONTINUES}|{_POINTS_BACK})\b(?!['’]?-)|(?!{_EXPLETIVE})it(?:self)?\b)",
    re.IGNORECASE,
)
_BARE_SUBJECT = re.compile(
    r"\W*The [a-z][\w-]*(?: [a-z]+ly| also| then| now| still)?"
    r" (?:ha[sd]|was|were|is|are|will|would|could|should|may|might|can|did|does|do|said|says|told|added|noted)\b"
)
"""Such as "The op had": which one, the sentences before say."""
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him)\b|(?<=, )they\b")
_FIRST_WORD = re.compile(r"\W*([A-Z]\w*)")
_NO_NAME = re.compile(
    r"(?:a|an|the|in|on|at|by|for|to|of|from|with|as|if|after|before|since|until|when|while|once|although|though|despite"
    r"|during|according|regarding|under|through|throughout|over|toward|towards|upon|amid|among|because|given|without|it"
    r"|this|that|these|those|first|second|next|last|earlier|later|days|weeks|months|years"
    r"|what|where|who|why|how|there|\w+ing|\w+ed|\w+ly)$",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!\b[Ii]n)(?<!\b[Tt]o)(?<!\b[Oo]n)(?<!\b[Aa]t)(?<!\b[Oo]f) [\"“(]?[A-Z]\w")
_LOWER_CASE = re.compile(r"(?!xx)[a-z]")  # "xxxxx" stands for a name
_QUOTATION = re.compile(r"\s*[\"“][^\"”]*[\"”]")
_OTHER = re.compile(rf"\W*(?:{_TURNS}|{_OTHER_SIDE})\b", re.IGNORECASE)
_ONE_HAND = re.compile(r"\bon (?:the )?one hand\b", re.IGNORECASE)
_OTHER_HAND = re.compile(r"\bon the other\b", re.IGNORECASE)


def opens_unresolved(sentence: str) -> bool:
    """Whether a reader must have read what comes before: "He denied it", "However, ...", "The op had ..."."""
    sentence = _QUOTATION.sub("", sentence, count=1) if sentence[:1] in '"“' else sentence
    if _OPENS.match(sentence) or _BARE_SUBJECT.match(sentence) or _LOWER_CASE.match(sentence):
        return True
    pronoun = _PRONOUN.search(sentence)
    return pronoun is not None and not _names_someone(sentence[: pronoun.start()])


def turns_against(sentence: str) -> bool:
    """Whether it is the other side of what comes before: "But ...", "On the other hand ..."."""
    return _OTHER.match(sentence) is not None


def leaves_one_side(text: str) -> bool:
    """Whether "on the one hand" stands in it without "on the other"."""
    return _ONE_HAND.search(text) is not None and _OTHER_HAND.search(text) is None


def _names_someone(before: str) -> bool:
    """Whether these words, up to a pronoun, hold a name that it may stand for; no place, as "in Madrid"."""
    first = _FIRST_WORD.match(before)
    if first and not _NO_NAME.match(first[1]):
        return True
    return _NAME.search(before) is not None
