"""Questions about one cable, named by its label: a field of its header, a summary, what it says on a subject."""

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from typing import Literal

from rag.domain.citation import TypedCitation, find_citations
from rag.query.cited import is_year
from rag.query.restated import restatements, sentences_of

CableField = Literal[
    "signers", "date", "classification", "tags", "subject", "references", "referring", "classified_by", "reason",
    "post", "paragraphs", "recipients",
]  # fmt: skip

_LONGEST = 300  # characters
_MASK = "§"
_C = r"(?:(?:(?:the|this|that) )?(?:cable|telegram|document|message) )?(?:§|it|this|that)"
_NOUNS: tuple[tuple[CableField, str], ...] = (
    ("signers", r"signers?|signatory|signatories|signature"),
    ("date", r"dates?|date and time|dtg|date[- ]time group|day|year"),
    ("classified_by", r"classifying (?:officer|authority|official)s?|classifiers?"),
    ("reason", r"(?:classification )?reasons?(?: for (?:its |the )?classification)?"),
    ("classification", r"classifications?(?: level)?|(?:security )?level|marking"),
    ("tags", r"tags?"),
    ("subject", r"subject(?: line)?s?|title"),
    ("references", r"references?|refs?|reftels?"),
    ("post", r"posts?|origin|embass(?:y|ies)|sender|missions?|consulates?"),
    ("paragraphs", r"(?:number|count) of paragraphs|paragraph count"),
    ("recipients", r"recipients?|addressees?"),
)
_NOUN = "|".join(pattern for _, pattern in _NOUNS)
_NOUN_LIST = rf"(?P<nouns>(?:{_NOUN})(?:(?:, and |, | and | & )(?:the |its )?(?:{_NOUN}))*)"
_ASK = (
    r"(?:who (?:is|was|are|were)|which|what|what(?:'s| is| are| was| were)|which (?:is|are)|give(?: me)?"
    r"|show(?: me)?|list|tell me|name)"
)


def _asking(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_BY_NOUN = (
    _asking(rf"(?:{_ASK} )?(?:the |its )?{_NOUN_LIST}(?: line)? (?:of|for|on|in|under) {_C}"),
    _asking(rf"(?:{_ASK} )?{_C}(?:['’]s|:| -)? ?(?:the )?{_NOUN_LIST}"),
    _asking(rf"{_ASK} its {_NOUN_LIST}"),
    _asking(rf"(?:what|which) {_NOUN_LIST} (?:do|does|did|is|was|are|were|has) {_C}(?: (?:have|has|carry|bear|use"
            rf"|under|filed under|"
            r"tagged with|given|got|from|sent from))?"),
)  # fmt: skip
_BY_VERB: tuple[tuple[tuple[CableField, ...], re.Pattern[str]], ...] = (
    (("signers",), _asking(rf"who (?:has |had )?signed(?: off(?: on)?)? {_C}|{_C} ?[-–:] who signed(?: it)?|who "
                           rf"put (?:their|his|her) name (?:to|under) {_C}|by whom (?:is|was) {_C} signed|who "
                           rf"(?:is|was) {_C} signed by|"
                           rf"whose (?:name|signature) (?:is|stands) (?:under|on|at the end of) {_C}")),
    (("signers", "post"), _asking(rf"who (?:sent|wrote|drafted|authored) {_C}|who (?:is|was) {_C} (?:sent "
                                  rf"|written )?(?:by|from)")),
    (("tags",), _asking(rf"(?:what|how)(?:'s| is| was) {_C} tagged(?: with| as)?")),
    (("subject",), _asking(rf"under (?:what|which) subject (?:is|was) {_C} (?:filed|sent)")),
    (("date",), _asking(rf"(?:when|(?:on |in )?(?:what|which) (?:date|day|year|month)) (?:is|was|did|does) {_C}"
                        r"(?: (?:sent|written|dated|filed|transmitted|issued|from|come out|go out|leave(?: "
                        r"the)?(?: embassy| post)?|cabled))?")),
    (("classification",), _asking(rf"(?:is|was) {_C} (?:classified )?(?:top )?(?:secret|confidential"
                                  rf"|unclassified) or (?:top )?(?:secret|confidential|unclassified)|how "
                                  rf"(?:highly )?(?:is|was) {_C} (?:classified|marked)|(?:is|was) {_C} "
                                  rf"(?:classified|(?:top )?secret|"
                                  r"confidential|unclassified)|how secret (?:is|was) " + _C)),
    (("references",), _asking(rf"(?:what|which)(?: (?:other )?(?:cables?|telegrams?|documents?))? (?:does|did|do) "
                              rf"{_C} (?:refer(?:s)?(?: back)? to|"
                              r"reference|cite|point to)|(?:what|which) cables (?:are|is) (?:cited|referred to"
                              r"|referenced|mentioned) in " + _C + r"|to (?:what|which)(?: cables?)? (?:does"
                              r"|did) " + _C + " refer")),
    (("referring",), _asking(rf"(?:what|which)(?: other)? (?:cables?|telegrams?|documents?) (?:refer(?:s|red)?(?: "
                             rf"back)? to|references?|cites?|point"
                             rf"(?:s)? to|mentions?) {_C}|(?:who|what) refers to {_C}")),
    (("classified_by",), _asking(rf"who classified {_C}|by whom (?:is|was) {_C} classified|who (?:is|was) {_C} "
                                 rf"classified by")),
    (("classified_by", "reason"), _asking(rf"(?:why|for (?:what|which) reasons?) (?:is|was) {_C} (?:classified"
                                          rf"|secret|confidential)|"
                                          rf"who classified {_C},? and (?:why|for what reasons?)")),
    (("post",), _asking(rf"(?:what|which) (?:post|embassy|mission|consulate)(?: general)? (?:sent|wrote|is|was"
                        rf"|did) {_C}(?: (?:from|sent from|by|come from))?|"
                        rf"(?:from )?where (?:is|was|did|does) {_C} (?:sent|written|from|sent from|come from"
                        rf"|originate)")),
    (("paragraphs",), _asking(rf"how many (?:numbered )?paragraphs (?:does|do|did|has|have|are in|are there in|is "
                              rf"in|in) {_C}(?: have| has| contain)?|"
                              rf"how long (?:is|was) {_C}")),
    (("recipients",), _asking(rf"(?:to whom|who) (?:is|was|were) {_C} (?:sent|addressed|copied)(?: to)?|who "
                              rf"(?:got|received|is|was) {_C}(?: addressed to)?")),
)  # fmt: skip
_CLAUSES = re.compile(
    r"\s*[?;]\s*(?:and )?|,? and (?=(?:who|whom|when|what|which|how|to whom|by whom|where|why|from)\b)"
    r"|, (?=(?:who|when|what|which|how|to whom|by whom|where)\b)",
    re.IGNORECASE,
)
_SUMMARY = (
    _asking(rf"(?:summari[sz]e|sum up|outline|recap|explain|condense|walk me through|brief me on) {_C}(?: for me| "
            rf"briefly| in (?:a few|\w+) (?:lines|words|sentences)| in short)?"),
    _asking(r"(?:(?:give(?: me)?|what(?:'s| is| are)|write|make|show(?: me)?|i need) )?(?:a |an |the )?(?:short |brief "
            r"|quick |concise )?"
            rf"(?:summary|overview|gist|tl;?dr|abstract|short version|digest|outline|contents?|main points|key "
            rf"points|essence) of {_C}"),
    _asking(rf"what(?:'s| is| was| are) (?:in )?{_C}(?: (?:all )?about)?"),
    _asking(rf"what (?:does|did) {_C} (?:say|report|contain|cover|deal with|tell us|talk about|discuss|concern)"),
    _asking(rf"tell me (?:about|what is in|what's in) {_C}|(?:show|read)(?: me)? {_C}|{_C}"),
)  # fmt: skip
_SAYS = (
    r"(?:says?|reports?|tells? us|mentions?|notes?|claims?|argues?|writes?|concludes?|recommends?|suggests?"
    r"|states?|contains?|"
    r"has to say|have to say|have|has|had|reveals?|knows?|thinks?)(?: anything| something| much)?"
)
_ON = r"(?:about|on|of|regarding|concerning|with regard to|as to|in regard to)"
_TOPIC = (
    _asking(rf"what (?:does|did|do) {_C} {_SAYS} {_ON} (?P<topic>.+)"),
    _asking(rf"what (?:is|was) (?:said|reported|written|noted|stated) {_ON} (?P<topic>.+) in {_C}"),
    _asking(rf"what (?:is|was|does|do) (?:there |it say )?in {_C} {_ON} (?P<topic>.+)"),
    _asking(rf"what is there {_ON} (?P<topic>.+) in {_C}"),
    _asking(rf"(?:in|according to) {_C},? what (?:is|was) (?:said|reported|written|noted|stated) {_ON} (?P<topic>.+)"),
    _asking(rf"(?:does|did) {_C} (?:say anything {_ON}|mention|discuss|cover|touch (?:up)?on|speak of|talk about) "
            rf"(?P<topic>.+)"),
    _asking(rf"(?:(?:show|find|list|give)(?: me)? |(?:which|what) )(?:all )?(?:the )?paragraphs? (?:of|in|from) "
            rf"{_C} (?:that |which )?(?:are |is )?"
            r"(?:about|on|mention(?:s|ing)?|discuss(?:es|ing)?|deal(?:s|ing)? with|concern(?:s|ing)?|cover(?:s"
            r"|ing)?) (?P<topic>.+)"),
    _asking(rf"what (?:does|did) {_C} (?:say|report) (?P<topic>(?:in|under) (?:its|the) .+)"),
    _asking(rf"(?P<topic>\S.{{2,60}}) in {_C}"),
)  # fmt: skip
_WITHIN = (
    _asking(rf"(?P<asked>(?:who|what|when|where|why|how|which|did|does|is|was|were|are)\b.+?),? (?:according to"
            rf"|as reported in|as told in) {_C}"),
    _asking(rf"according to {_C},? (?P<asked>.+)"),
    _asking(rf"(?P<asked>what (?:does|did|do) .+? (?:say|think|tell|report|write)\b.+?) in {_C}"),
)  # fmt: skip
_LONGEST_TOPIC = 12  # words
_ASKS = re.compile(
    r"\b(?:who|whom|whose|why|when|where|which|how|what|is|was|are|were|did|does|do|has|had|have)\b", re.IGNORECASE
)
_YEAR_AFTER = re.compile(r",? (?:from|of|in|sent in|dated|written in) (?:the year )?(?P<year>19[6-9]\d|20[0-2]\d)\b")
_AND_WHY = re.compile(
    r",? (?:and|if so,?) (?:why|how|where|if so,? (?:what|why|how|where)|what does it say(?: about \w+)?|what|in "
    r"what context|what for)$",
    re.IGNORECASE,
)
_APPOSITION = re.compile(r"§, (?:the|a|an|that|which is) [^,;.?]{1,80}(?=[,;.?]|$)")
_IT = re.compile(r"\b(?:it|this|that|(?:this|that|the) (?:cable|telegram|document|message|one))\b", re.IGNORECASE)
_POLITE_END = re.compile(r"[, ]+(?:please|thanks|thank you)$", re.IGNORECASE)
_POLITE = re.compile(r"^(?:(?:please|and|so|can you|could you|would you|tell me,?)\s+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CableQuestion:
    """What is asked of the cables named: `fields`, else what they say on `topic`, else a summary."""

    fields: tuple[CableField, ...] = ()
    topic: str = ""
    year: int | None = None
    """The four-digit year that is said of the cable: "RANGOON 1100 from 2004"."""

    @property
    def is_summary(self) -> bool:
        """Whether the whole cable is asked for."""
        return not self.fields and not self.topic


def read_cable_question(question: str, posts: Container[str]) -> CableQuestion | None:
    """The question that these words ask of the cable they name; None where they ask anything else, or may do so.

    `posts` are those of the archive, as ids spell them.
    """
    if len(question) > _LONGEST:
        return None
    for words in restatements(question):
        masked, year = _masked(words, posts)
        *before, last = sentences_of(_APPOSITION.sub(_MASK, masked))
        if _MASK not in last and _MASK in "".join(before):
            last = _IT.sub(_MASK, last, count=1)
        text = _POLITE_END.sub("", _POLITE.sub("", last).strip(" ?.!,"))
        if _MASK in text and (found := _read(text)) is not None:
            return replace(found, year=year)
    return None


def _read(text: str) -> CableQuestion | None:
    if any(pattern.fullmatch(text) for pattern in _SUMMARY):
        return CableQuestion()
    if fields := _fields(text):
        return CableQuestion(fields)
    text = _AND_WHY.sub("", text)
    if asked := next((match["asked"] for pattern in _WITHIN if (match := pattern.fullmatch(text))), None):
        return None if _MASK in asked else CableQuestion(topic=asked)
    topic = next((match["topic"] for pattern in _TOPIC if (match := pattern.fullmatch(text))), None)
    if topic is None or _MASK in topic or len(topic.split()) > _LONGEST_TOPIC or _ASKS.search(topic):
        return None
    return CableQuestion(topic=topic.strip(" ?.!,"))


def _fields(text: str) -> tuple[CableField, ...]:
    """The fields that every clause of the text asks for; none where one of them asks for something else."""
    whole = _clause(text)
    found: list[CableField] = list(whole)
    if not whole:
        for clause in filter(None, _CLAUSES.split(text)):
            asked = _clause(clause.strip(" ,.") if _MASK in clause else _with_it(clause.strip(" ,.")))
            if not asked:
                return ()
            found += asked
    return tuple(dict.fromkeys(found))


def _with_it(clause: str) -> str:
    """ "its subject" and "the TAGS" of a cable named before."""
    return clause if re.search(r"\b(?:it|its)\b", clause, re.IGNORECASE) else f"{clause} of it"


def _clause(text: str) -> tuple[CableField, ...]:
    for fields, pattern in _BY_VERB:
        if pattern.fullmatch(text):
            return fields
    for by_noun in _BY_NOUN:
        if match := by_noun.fullmatch(text):
            return tuple(
                field
                for noun in re.split(r", and |, | and | & ", match["nouns"])
                for field, pattern in _NOUNS
                if re.fullmatch(rf"(?:the |its )?(?:{pattern})", noun, re.IGNORECASE)
            )
    return ()


def _masked(question: str, posts: Container[str]) -> tuple[str, int | None]:
    """The question with each cable's label as `§`, and the year that stands behind one: "RANGOON 1100 from 2004"."""
    pieces: list[str] = []
    end, year = 0, None
    for typed in find_citations(question):
        held = any(post in posts for post in typed.posts())
        if typed.locator is not None or typed.start < end or not held or is_year(typed, question):
            continue
        pieces += [question[end : _start(typed, question, posts)], _MASK]
        end = typed.end
        if after := _YEAR_AFTER.match(question, end):
            end, year = after.end(), int(after["year"])
    return "".join([*pieces, question[end:]]), year


def _start(typed: TypedCitation, question: str, posts: Container[str]) -> int:
    """Where the label begins: the words before a post are none of it."""
    if typed.year is not None:
        return typed.start
    words = [match.start() for match in re.finditer(r"[^\s_-]+", question[typed.start : typed.end])]
    names = list(typed.posts())
    size = next((len(typed.words) - skipped for skipped, name in enumerate(names) if name in posts), 1)
    first = len(typed.words) - size
    return typed.start + words[min(first, len(words) - 1)]
