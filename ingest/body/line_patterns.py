"""Patterns for the lines of a telegram that are not running text.

Every repetition is bounded or unambiguous, so that matching takes linear time on any line.
"""

import re

_SPACED_CLASSES = r"""
    T\s?O\s?P\s{1,3}S\s?E\s?C\s?R\s?E\s?T | S\s?E\s?C\s?R\s?E\s?T | C\s?O\s?N\s?F\s?I\s?D\s?E\s?N\s?T\s?I\s?A\s?L
  | U\s?N\s?C\s?L\s?A\s?S(?:\s?S\s?I\s?F\s?I\s?E\s?D)? | SENSITIVE\ BUT\ UNCLASSIFIED | FOR\ OFFICIAL\ USE\ ONLY
  | L\s?I\s?M\s?I\s?T\s?E\s?D\s{1,3}O\s?F\s?F\s?I\s?C\s?I\s?A\s?L\s{1,3}U\s?S\s?E
"""
_CAPTION = (
    r"(?:SIPDIS|NOFORN|EXDIS|NODIS|LIMDIS|STADIS|SENSITIVE|ROGER CHANNEL|NOCONTRACT|ORCON|FOUO|PRIORITY|IMMEDIATE)"
)

BANNER = re.compile(
    rf"""\s{{0,40}}(?:{_SPACED_CLASSES})
    (?:\s{{0,2}}//?\s{{0,2}}[A-Z][A-Z, ]{{1,30}}|\s(?:NOFORN|SENSITIVE|EXDIS|NODIS|FOUO)\b){{0,3}}
    (?:\s{{1,4}}(?:FINAL\s)?SECTION\s{{0,3}}\d{{1,2}}\s{{1,2}}OF\s{{0,2}}\d{{1,2}})?
    (?:\s{{1,8}}(?P<post>[A-Z][A-Z.'-]{{1,20}}(?:\s[A-Z.'-]{{2,20}}){{0,3}})(?:\s{{1,6}}(?=\d)|(?=\d{{6}}))
     (?P<serial>\d{{3,8}}))?
    (?P<rest>\s.{{0,80}})?$""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE_CLASS = re.compile(
    rf"\s{{0,40}}(?:{_SPACED_CLASSES})"
    r"(?:\s{0,2}//?\s{0,2}(?:NOFORN|[A-Z]{2,6}))?(?:\s[A-Z]{3}\d{3,4})?\s{0,40}",
    re.VERBOSE,
)
CAPTION = re.compile(rf"[\s*]{{0,40}}{_CAPTION}(?:[ ,;/]{{1,3}}{_CAPTION}){{0,4}}[\s*.]{{0,40}}$", re.IGNORECASE)
PAGE_LINE = re.compile(
    r"[\s¶1]{0,40}(?:(?:[A-Z][A-Za-z.'-]{1,20}\s){1,4}\s{0,4}0\d{5,7}|X{6,20})"
    r"\s{1,4}\d{3}(?:\.\d{1,2})?\s{1,2}(?:OF|of)\s{1,2}\d{3}(?!\d)"
)
ARCHIVE_PAGE = re.compile(
    r"\s{0,40}PAGE\s{1,2}\d{1,2}\s{1,12}(?:[A-Z][A-Z.'-]{1,20}\s{1,10}){0,3}[A-Z]{0,8}\d{2,8}"
    r"(?:\s{1,4}\d{2}\s{1,2}OF\s{1,2}\d{2})?(?:\s{1,4}\d{6}Z)?(?!\S)"
)
DISTRIBUTION = re.compile(
    r"\s{0,40}(?:INFO|ACTION|ORIGIN)?\s{0,8}[A-Z]{1,6}-\d\d(?:\s{1,8}[A-Z]{1,6}-\d\d){0,30}(?=\s|$)"
)
_REVIEW_STAMP = re.compile(r"(?:\S{1,20}\s){0,4}Declassified/Released\s.{0,20}US Department of State", re.IGNORECASE)
_TRANSMISSION_END = re.compile(
    r"\s{0,40}(?:N{3,6}|BT|#\s?\d{4}|>{1,3}|<<\s?END OF DOCUMENT\s?>>|End Cable Text)\s{0,40}$"
)
TRANSMISSION = re.compile(
    r"\s{0,20}(?:VZCZC|DE R[A-Z]{3,8} #|ZN[YR] [A-Z]{5}|[OPRZ](?:\s[OPRZ])?\s{1,3}\d{6}Z\s|"
    r"FM\s(?:AM|SEC|US|RPO)|PAGE\s\d\d\s)"
)
RULE = re.compile(r"\s{0,80}(?:[-=_*~#+•.]\s{0,3}){3,400}$")

LABEL = re.compile(
    r"""[\s*_¶1]{0,40}(?:
      (?P<order>E\s?\.?\s?[O0]\s?\.?\s{0,3}:?\s?\d{4,5}|E\.O\.|EO\s{1,2}\d)
    | (?P<tags>TAGS?\b(?=\s{0,3}[:;.,]|\s{1,3}[A-Z]))
    | (?P<subject>SUBJ(?:ECT)?\b\s{0,3}[:;.,-])
    | (?P<reference>REF(?:S|TELS?|ERENCES?)?\b\s{0,3}(?:[:;.(]|[A-Z]\s?[).:]|$))
    | (?P<classified>CLASS(?:IFIED)?(?:\s{1,2}BY\b)|CLASSIFIED:|CLASSFIED\ BY|CLASSIFED\ BY)
    | (?P<reason>(?:DERIVED\ FROM|DECLASSIFY(?:\s{1,2}ON)?|DECL(?:ASS)?(?:IFICATION)?|REASONS?)\b\s{0,3}[:;.])
    )""",
    re.IGNORECASE | re.VERBOSE,
)
LETTERED = re.compile(r"[\s¶1]{0,20}\(?[A-Z][.)]\s{0,4}\S")


SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]8]{0,3}$|[\"'”’)\]]$")
UNWRAPPED = 110  # characters; a longer line is a paragraph that was copied as one line


def is_rule(line: str) -> bool:
    """Whether the line is a rule of dashes, equals signs or the like."""
    return RULE.match(line) is not None


def is_banner(line: str) -> bool:
    """Whether the line is a message line: `C O N F I D E N T I A L SECTION 02 OF 03 TOKYO 002340`."""
    match = BANNER.match(line)
    if match is None:
        return False
    return match["serial"] is not None or " SECTION " in line.upper()


def is_stamp(line: str) -> bool:
    """Whether transmission or archive added the line: bare classification, end mark, review stamp."""
    return (
        _TRANSMISSION_END.match(line) is not None
        or _BARE_CLASS.fullmatch(line) is not None
        or _REVIEW_STAMP.match(line) is not None
    )
