"""Patterns for the labels of header fields, and for what ends the value of a field.

Fields stand in the order E.O., TAGS, SUBJECT, REF, Classified By (5 FAH-2 H-320), each on a line of its own; copies
often run them together: `SUBJECT: ENERGY INSTALLATIONS REF: BRASILIA 861`.
"""

import re

_SUBJECT = r"(?:SUBJECT|UBJECT|SBJECT|SUJECT|SUBECT|SUBJCT|SUBJET|SUBJEC|SUBEJCT|SUJBECT|SUBJ)"
_REF = r"REF(?:ERENCE|TEL)?'?S?(?:\(S\)|/TEL)?"
_MARKED = r"(?:\([A-Z/]{1,8}\)[ \t]{0,4})?"

SUBJECT_LINE = re.compile(
    rf"(?im)^[ \t]{{0,40}}(\([A-Z/]{{1,12}}\)[ \t]{{0,4}})?{_SUBJECT}[ \t]{{0,4}}(?:[:;]|-{{1,2}}(?=[ \t]))"
    r"[ \t]{0,20}"
)
SUBJECT_MISSPELLED = re.compile(r"(?m)^[ \t]{0,40}()(?P<word>[A-Za-z]{5,9})[ \t]{0,4}:[ \t]{0,20}")
SUBJECT_INLINE = re.compile(rf"(?i)(?<![(\w])(\([A-Z/]{{1,12}}\)[ \t]{{0,4}})?{_SUBJECT}[ \t]{{0,4}}:[ \t]{{0,20}}")
SUBJECT_BARE = re.compile(r"(?m)^[ \t]{0,40}()SUBJECT[ \t]{1,20}(?!LINE|MATTER|TO\b|OF\b)(?=[A-Z(])")

TAGS_LINE = re.compile(r"(?im)^[ \t]{0,40}TAGS?(?:/TERMS|\(S\))?[ \t]{0,4}[:;.,-]?(?!\w)")
TAGS_INLINE = re.compile(r"(?i)(?:(?<!\w)|(?<=N/A)|(?<=\d))TAGS?[ \t]{0,4}[:;]")
# What counts as a label before a tag only: a misspelled or bare label, and the end of the E.O. line above.
TAGS_BARE = re.compile(
    r"(?m)(?:^[ \t]{0,40}(?P<word>[A-Za-z][A-Za-z ]{1,6})[ \t]{0,4}[:;]|(?<!\w)TAGS?\b[:;]?"
    r"|^[ \t]{0,40}E\.?O\.?[^\n]{6,80}\n)[ \t]{0,20}(?=(?P<first>[A-Z]{4})\b)"
)

REF_LINE = re.compile(
    rf"(?im)^[ \t¶]{{0,40}}{_REF}[ \t]{{0,4}}(?:[:;.,=]|-(?=[ \t])"
    r"|(?=[ \t]{1,8}(?:\(?[A-Z][ .):]|(?:(?:19|20)?\d\d[ ]?)?[A-Z ]{3,24}\d)))"
)
REF_INLINE = re.compile(rf"(?:{_REF}|[Rr]ef(?:tel|erence)?s?(?:\(s\))?)[ \t]{{0,4}}[:;]")

CLASSIFIED_BY = re.compile(r"(?i:cla?s{1,2}\w{2,6}d[ \t]{1,4}by\b)")

# What ends a value within its line; another REF label does not end a REF value.
_OTHER_FIELD = (
    r"(?:\([A-Z/]{1,5}\)[ \t]{0,4})?(?:(?i:cla?s{1,2}\w{2,6}d[ \t]{1,4}by[ \t]{0,4}:)|\bC(?i:lassified[ \t]{1,4}by)\b)"
    r"|(?<!\w)(?i:E\.?[ \t]?O\.?[ \t]{0,4}1[0-9]{4}[ \t]{0,4}:)"
    r"|(?<!\w)(?i:TAGS|SUBJECT)[ \t]{0,4}:"
    r"|(?<!\w)¶?1[ \t]?[.)][ \t]{0,4}(?i:\([A-Z/]{1,12}\)|summary\b)"
    r"|(?i:\bsensitive[ \t]but[ \t]unclass|\bthis[ \t](?:message|cable|telegram)[ \t](?:is|was|has|contains)\b)"
)
INLINE_STOP = re.compile(rf"{REF_INLINE.pattern}|(?<!\w)REFS?[ \t]{{1,2}}\(?[A-Z][.):]{{1,2}}[ \t]|{_OTHER_FIELD}")
REF_INLINE_STOP = re.compile(
    rf"{_OTHER_FIELD}|{CLASSIFIED_BY.pattern}"
    # A message line, whose section number looks like a year: `SECTION 01 OF 02 TOKYO 003205`.
    r"|\bS?ECTION[ \t]{1,4}\d{1,2}[ \t]{1,4}OF\b"
)

# A line that does not continue the value above it.
STOP_LINE = re.compile(
    rf"[ \t¶]{{0,40}}{_MARKED}(?:"
    rf"(?i:{_REF}[ \t]{{0,4}}[:;.(]|REFS?[ \t]{{1,8}}(?:\(?[A-Z][ .):]|\d\d)|{_SUBJECT}[ \t]{{0,4}}:"
    r"|TAGS?[ \t]{0,4}[:;]|TAGS[ \t])"
    r"|(?i:E\.?[ \t]?O\.?[ \t]{0,4}1[0-9]{4})"
    r"|(?i:cla?s{1,2}\w{2,6}d[ \t]{1,4}by\b|derived[ \t]from|declassify[ \t]on|reasons?[ \t]{0,4}:|drafted[ \t]by)"
    r"|(?i:(?:begin[ \t]|executive[ \t])?summary\b(?![ \t]{1,4}(?:of|for|from|on)\b))"
    r"|(?i:introduction[ \t]{0,4}[:.\n]|key[ \t]points)"
    r"|(?i:sensitive[ \t]but[ \t]unclass|this[ \t](?:is|message|cable|telegram|report|document)\b|please[ \t]protect)"
    r"|(?i:SIPDIS|NOFORN|NODIS|EXDIS|STADIS|SENSITIVE|SBU)[ \t]{0,40}$"
    r"|(?:UNCLASSIFIED|UNCLAS|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE)[ \t]{0,80}$"
    r"|[A-Z](?:[ ][A-Z]){4,24}\b"
    r"|[-=_*~]{3,}"
    r"|1?1[ \t]?[.)][ \t]{0,8}[^\s\d]"
    r"|\((?:U|SBU|C|S|TS)(?:/{1,2}[A-Z]{2,6})?\)[ \t])"
)
