"""The TAGS line: `TAGS: PREL PHUM OVIP (CLINTON, HILLARY) JA`.

Tags are separated by spaces, commas, or, where a copy lost the separators, nothing. After OVIP and the like stands a
person, surname first.
"""

import re
from collections.abc import Iterable, Iterator

from ingest import tag_names
from ingest.header_text import header_with_pages
from ingest.labels import INLINE_STOP, STOP_LINE, TAGS_INLINE, TAGS_LINE
from ingest.spelling import nearest

_MOST_LINES = 8
_LONGEST = 2_000  # characters of the value looked at
_MOST_MISSPELLED = 4  # words in a row
_FUZZY_FROM = 5  # letters; codes of four letters are one error apart from each other
_GLUED_FROM = 6  # letters

_KNOWN = frozenset(
    " ".join((tag_names.SUBJECTS, tag_names.PROGRAMS, tag_names.PLACES, tag_names.ORGANISATIONS)).split()
)
_PLACES = frozenset(tag_names.PLACES.split())
_PHRASES = frozenset(tuple(phrase.split()) for phrase in tag_names.PHRASES.split(";"))
_LONGEST_PHRASE = max(map(len, _PHRASES))
_VISITORS = [person.strip() for person in tag_names.PERSONS.split(";")]
_TOPIC_WORDS = frozenset(tag_names.TOPIC_WORDS.split())
_CORRECTABLE = frozenset(tag for tag in _KNOWN if len(tag) >= 4)
_NO_TAGS = frozenset(
    ("SIPDIS", "NOFORN", "EXDIS", "NODIS", "STADIS", "SENSITIVE", "NONE", "UNCLASSIFIED", "CONFIDENTIAL", "SECRET")
)

# A page line run into the TAGS repeats what stands before it.
_PAGE = re.compile(
    r"(?:(?<!\w)(?:UNCLASSIFIED|UNCLAS|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE)\s{1,80})?PAGE\s{1,4}\d\d\s"
)
_PERSON = re.compile(r"\(\s{0,4}([A-Z][A-Z'. -]{1,24}),\s{0,4}([A-Z][A-Z'. -]{0,24})\)")
_NOT_APPLICABLE = re.compile(r"(?<!\w)N/A(?!\w)")
_REDACTED = re.compile(r"X{4,40}")
_SEPARATOR = re.compile(r"[,;/&|()\[\]]")


def parse_tags(text: str) -> list[str]:
    """The tags in upper case, in order of appearance, each once; persons as `CLINTON, HILLARY`.

    The value goes on below its line after a comma and where the next line holds nothing but tags.
    """
    head = header_with_pages(text)
    label = TAGS_LINE.search(head) or TAGS_INLINE.search(head)
    if label is None:
        return []
    value = _NOT_APPLICABLE.sub(" ", _value(head[label.end() : label.end() + _LONGEST]).upper())
    found: list[str] = []
    position = 0
    for person in _PERSON.finditer(value):
        if {person[1], person[2]} <= _KNOWN:
            continue
        found += _tags(value[position : person.start()])
        found.append(f"{person[1].strip()}, {person[2].strip()}")
        position = person.end()
    found += _tags(value[position:])
    return list(dict.fromkeys(found))


def _value(rest: str) -> str:
    parts: list[str] = []
    for line in rest.split("\n", _MOST_LINES)[:_MOST_LINES]:
        stop = _PAGE.search(line) or INLINE_STOP.search(line)
        part = (line[: stop.start()] if stop else line).strip()
        if any(parts) and (not part or STOP_LINE.match(part) or not _continues(" ".join(parts), part)):
            break
        parts.append(part)
        if stop:
            break
    return " ".join(parts)


def _continues(value: str, line: str) -> bool:
    """Whether the line below goes on with the tags."""
    if value.endswith(","):
        return True
    words = _SEPARATOR.sub(" ", line.upper()).split()
    last = value.upper().split()[-1]
    rest = words[1:] if words and (last, words[0]) in _PHRASES else words
    return all(_is_known(word) or _glued(word) for word in rest)


def _is_known(word: str) -> bool:
    return word in _KNOWN or (len(word) == 4 and word[0] == "K" and word.isalpha())


def _tags(value: str) -> Iterator[str]:
    """Tags of a value without persons in parentheses."""
    run: list[str] = []
    for item in _SEPARATOR.split(value):
        words = [word.strip(".:'\"*-") for word in item.split()]
        words = [word for word in words if word and word not in _NO_TAGS and not _REDACTED.fullmatch(word)]
        index = 0
        while index < len(words):
            phrase = _phrase_at(words, index)
            if phrase or _is_known(words[index]):
                yield from _unknown(run)
                run = []
                yield " ".join(phrase) if phrase else words[index]
            elif pieces := _glued(words[index]):
                yield from _unknown(run)
                run = []
                yield from pieces
            else:
                run.append(words[index])
            index += len(phrase) or 1
        yield from _unknown(run)
        run = []


def _phrase_at(words: list[str], index: int) -> tuple[str, ...]:
    for size in range(_LONGEST_PHRASE, 1, -1):
        phrase = tuple(words[index : index + size])
        if phrase in _PHRASES:
            return phrase
    return ()


def _unknown(run: list[str]) -> Iterable[str]:
    """Tags of words in a row that are no tags: misspelled or new ones, a topic, or persons."""
    if len(run) <= _MOST_MISSPELLED:
        corrected = [_corrected(word) for word in run]
        if len(run) == 1 or _KNOWN.issuperset(corrected):
            return corrected
    if any(word in _TOPIC_WORDS for word in run):
        return [" ".join(run)]
    if any(not word.replace("-", "").replace("'", "").isalpha() for word in run):
        return run
    return _persons(run)


def _persons(run: list[str]) -> list[str]:
    """`NOVO GUILLERMO REMON PEDRO` -> two persons; a single letter is an initial of the name before it."""
    names: list[list[str]] = []
    for word in run:
        if names and (len(names[-1]) < 2 or len(word) == 1):
            names[-1].append(f"{word}." if len(word) == 1 else word)
        else:
            names.append([word])
    return [_in_full(f"{name[0]}, {' '.join(name[1:])}") if name[1:] else name[0] for name in names]


def _in_full(person: str) -> str:
    """`STEINBERG, JAMES` -> `STEINBERG, JAMES B.`, as the tag is printed in full."""
    return next((visitor for visitor in _VISITORS if visitor.startswith(f"{person} ")), person)


def _corrected(word: str) -> str:
    """The tag one error away from a word of five letters or more, where there is only one."""
    if len(word) < _FUZZY_FROM or not word.isalpha():
        return word
    return nearest(word, _CORRECTABLE, 1) or word


def _glued(word: str) -> list[str]:
    """The tags of a word that is several tags without separators: `VEPREL` -> VE, PREL; else none."""
    if not _GLUED_FROM <= len(word) <= 80 or not word.isalpha():
        return []
    # best[n] is the fewest pieces of the first n letters.
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for size in (4, 2):
            piece = word[end - size : end]
            before = best[end - size] if end >= size else None
            if before is None or not (_is_known(piece) if size == 4 else piece in _PLACES):
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = [*before, piece]
    pieces = best[-1] or []
    # Words of a language fall into places by chance; subjects do not.
    return pieces if any(len(piece) == 4 and piece in _KNOWN for piece in pieces) else []
