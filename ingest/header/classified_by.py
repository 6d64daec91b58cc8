"""Who classified the telegram: `Classified By: Political Counselor F. Daniel Sainz for Reasons 1.4 (b) and (d)`.

The line prints a title and a name in either order, separated by nothing, a comma, a colon, a dash or a slash, and gives
the reason under E.O. 12958 section 1.4 (1.5 before 2003). Systems wrapped the line at column 71, also within words.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.header.header_text import beginning, header
from ingest.header.labels import CLASSIFIED_BY
from ingest.header.titles import is_place, is_surname_too, is_symbol, is_title_word

_MOST_LINES = 6
_WRAPPED_AT = 71  # column
_LONGEST_NAME = 4  # words, initials not counted

_LABEL = re.compile(rf"{CLASSIFIED_BY.pattern}[ \t]{{0,4}}(:?)")
# What may precede the label in running text: paragraph number, marking, end of a sentence.
_BEFORE_LABEL = re.compile(r"(?:\A|[.:;)\n]|-{2}|(?i:message|cable|telegram)(?:[ \t](?:is|was))?|[¶*]|REASON)\s{0,8}\Z")
_AGAIN = re.compile(
    r"\s{0,8}(?:\(\w{1,4}\)\s{0,4}|\d{1,2}\.\s{0,4}|[:;,.]\s{0,4}|by\b\s{0,4}|(?:this\s)?(?:message|cable|telegram)\s{1,2}(?:is\s|was\s)?"
    rf"|{CLASSIFIED_BY.pattern}\s{{0,4}}:?){{1,4}}",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\br ?e ?a ?s ?[o0] ?n ?s?\b|\b(?:reaons?|rea?sns?|r[ea]sons?|reasos?|resaons?|raesons?|reasosn)\b"
    r"|\bE\. ?O\.?|\bE ?O ?1\d{4}|\b1 ?\. ?[4-8]\b|\bs ?e ?c ?t ?i ?o ?n ?1\b|\bsec\. ?1"
    r"|\bbased (?:up)?on\b|\bpursuant\b"
    r"|\bunder (?!sec)|\bdecl(?:assify)?\b|\bderived\b|\bfor [a-d](?:[,/ ]|\Z)|\bsummary\b",
    re.IGNORECASE,
)
_BEFORE_REASON = re.compile(
    r"(?:[\s,;:(-]|\b(?:for|f ?or|fo|fr|per|under|due to|in accordance with|because of|and)(?=\s{0,4}\Z)){1,12}\Z",
    re.IGNORECASE,
)
_CHARGE = re.compile(
    r"\bcharg[eé]?e?['’´`]{0,2},?\s{0,2}d\W{0,3}e?\W{0,3}\s?aff?\w{0,8}(?:\W{0,4}\(?\ba\.?\s?i\b\.?\)?)?[,.]?",
    re.IGNORECASE,
)
_AD_INTERIM = re.compile(r"(?:,\s{0,2}|(?<=\s))\(?a\.\s?i\.?\)?(?=[\s,;]|\Z)", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\([^()]{0,60}(?:\)|\Z)")
_SUFFIX = re.compile(r"(?<=\w)(?:\s{0,2}(,)\s{0,2}|\s{1,2})((?:JR|SR)\b\.?|I{2,3}\b|IV\b)\.?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<![\w.'])([\w'’-]{4,30})\.\s{1,4}(?=[A-Z])")
_PARTS = re.compile(r",(?!_)|[;:]|\s[-–—]{1,2}\s?|[-–—]{2}|(?<=\w{3})-(?=\s)|\s(?:and|&)\s", re.IGNORECASE)
_INITIAL_COMMA = re.compile(r"(?<=\w [A-Z]),(?= [A-Z][a-z])")
_INITIAL = re.compile(r"[A-Z]\.?|(?:[A-Z]\.){2,3}")
_NAME_WORD = re.compile(r"[A-Z][\w'’.-]{1,24}")
_REDACTED = re.compile(r"X{4,30}", re.IGNORECASE)
_PARTICLES = frozenset(
    ("de", "del", "della", "der", "di", "du", "la", "le", "van", "von", "den", "ten", "bin", "al", "el")
)


def parse_classified_by(text: str) -> list[str]:
    """The names of the classifying officers as printed, without titles; empty where the line names none."""
    # In telegrams of the 1990s the statement is part of paragraph 1.
    for part_of in (header, beginning):
        part = part_of(text)
        for label in _LABEL.finditer(part):
            if label[1] or _BEFORE_LABEL.search(part[max(0, label.start() - 24) : label.start()]):
                return _names(_statement(part, label.end()))
    return []


def _statement(head: str, start: int) -> str:
    """The statement up to its reason, as one line."""
    first = head.rfind("\n", 0, start) + 1
    lines = head[first : start + 600].split("\n")[:_MOST_LINES]
    joined = lines[0]
    for before, line in pairwise(lines):
        if not line.strip() and joined[start - first :].strip():
            break
        joined = joined.rstrip() + (line if _is_wrapped_in_word(before, line) else f" {line}")
    statement = " ".join(joined[start - first :].split())
    if again := _AGAIN.match(statement):
        statement = statement[again.end() :]
    reason = _REASON.search(statement)
    return _BEFORE_REASON.sub("", statement[: reason.start()]) if reason else statement[:200]


def _is_wrapped_in_word(line: str, following: str) -> bool:
    content = line.rstrip()
    if len(content) != _WRAPPED_AT or not following[:1].isalpha() or not content[-1].isalpha():
        return False
    # A capital after a small letter starts a word: the line break replaced a space.
    return following[0].islower() or content[-1].isupper()


def _names(statement: str) -> list[str]:
    statement = _CHARGE.sub(" Charge ", _INITIAL_COMMA.sub(".", statement))
    statement = _AD_INTERIM.sub(" ", _PARENTHESIS.sub(" ", statement))
    statement = _SUFFIX.sub(lambda suffix: f"{suffix[1] or ''}_{suffix[2]}", statement)
    ends = (end for end in _SENTENCE_END.finditer(statement) if not is_title_word(end[1]))
    end = next(ends, None)
    names: list[str] = []
    for part in _PARTS.split(statement[: end.end(1)] if end else statement):
        name = _name(part)
        # A single word counts as a surname only where there is no full name.
        if name and (" " in name or not names):
            names.append(name)
    return [name for name in names if " " in name] or names[:1]


def _name(part: str) -> str | None:
    runs = [_trimmed(run, before) for before, run in _runs(part) if any(map(_is_full, run))]
    full = [run for run in runs if sum(map(_is_full, run)) > 1 or (len(run) > 1 and _INITIAL.fullmatch(run[0]))]
    if not runs:
        return None
    run = full[-1] if full else runs[-1]
    if not full and (is_place(run[0]) or len(run[0]) < 3):
        return None
    name = " ".join(run)
    return name.replace("_", " ") if "_" in run[-1] else name.rstrip(".,")


def _runs(part: str) -> Iterator[tuple[str, list[str]]]:
    """Runs of words that are not titles, each with the word before it.

    `Kirkuk PRT Team Leader Howard Keegan` -> [Kirkuk], [Howard, Keegan].
    """
    words = list(_split_slashes(part))
    surname = next((word for word in reversed(words) if _is_full(word) and not is_title_word(_bare(word))), "")
    before, run = "", list[str]()
    for word in words:
        is_surname = word is words[-1] and any(map(_is_full, run)) and is_surname_too(_bare(word))
        is_behind_suffix = bool(run) and "_" in run[-1]
        if not is_behind_suffix and (is_surname or _continues_name(word, run, _bare(surname).isupper())):
            run.append(word)
        else:
            yield before, run
            before, run = word, []
    yield before, run


def _split_slashes(part: str) -> Iterator[str]:
    """`DCM/Ted` is a title and a name; `PRM/AFR` and `A/DCM` are titles."""
    for word in part.split():
        left, slash, right = word.rpartition("/")
        if slash and right[1:].islower() and len(right) > 2 and not is_title_word(right) and is_title_word(left):
            yield from (left, right)
        else:
            yield word


def _continues_name(word: str, run: list[str], in_capitals: bool) -> bool:
    bare = _bare(word)
    if _INITIAL.fullmatch(word):
        return True
    if bare in _PARTICLES:
        return bool(run)
    if not _is_full(word) or _REDACTED.fullmatch(bare):
        return False
    if len(run) > 1 and _INITIAL.fullmatch(run[-1]):
        return True  # after a given name and an initial every word is a surname: `MICHAEL W. MARINE`
    if is_title_word(bare):
        return False
    return not (bare.isupper() and (is_symbol(bare) or not in_capitals))


def _bare(word: str) -> str:
    """The word without punctuation and without a suffix: `ABINGTON,_JR.` -> `ABINGTON`."""
    return word.partition("_")[0].strip(".,'\"")


def _is_full(word: str) -> bool:
    return _NAME_WORD.fullmatch(_bare(word)) is not None and not _INITIAL.fullmatch(word)


def _trimmed(run: list[str], before: str) -> list[str]:
    """The run without places before the name, and with no more words than a name has."""
    while sum(map(_is_full, run)) > 2 and is_place(run[0], certain=before.lower() in {"to", "in", "for"}):
        run = run[1:]
    while sum(map(_is_full, run)) > _LONGEST_NAME:
        run = run[1:]
    return run
