"""The TAGS line: `TAGS: PREL PHUM OVIP (CLINTON, HILLARY) JA`.

Tags are separated by spaces or commas, or by nothing where a copy lost the separators. A person, surname first, follows
OVIP and similar tags.
"""

import re
from collections.abc import Iterable, Iterator

from ingest.header import tag_names
from ingest.header.header_text import beginning, header_with_pages
from ingest.header.labels import INLINE_STOP, STOP_LINE, TAGS_BARE, TAGS_INLINE, TAGS_LINE
from ingest.header.spelling import nearest, within

_MOST_LINES = 8
_LONGEST = 2_000  # characters of the value looked at
_MOST_MISSPELLED = 4  # words in a row
_FUZZY_FROM = 5  # letters; codes of four letters are one error from each other
_JOINED_FROM = 6  # letters

_KNOWN = frozenset(
    " ".join((tag_names.SUBJECTS, tag_names.PROGRAMS, tag_names.PLACES, tag_names.ORGANISATIONS)).split()
)
_PLACES = frozenset(tag_names.PLACES.split())
_PHRASES = frozenset(tuple(phrase.split()) for phrase in tag_names.PHRASES.split(";"))
_LONGEST_PHRASE = max(map(len, _PHRASES))
_FIRST_WORDS = frozenset(phrase[0] for phrase in _PHRASES)
_VISITORS = [person.strip() for person in tag_names.PERSONS.split(";")]
_TOPICS = frozenset(tag_names.TOPICS.split())
_TOPIC_WORDS = frozenset(tag_names.TOPIC_WORDS.split())
# Words that copies join to others: `RIGHTSPOLMIL`.
_IN_WORDS = " ".join((tag_names.TOPICS, tag_names.TOPIC_WORDS, tag_names.PHRASES, tag_names.ORGANISATIONS))
_WORDS = frozenset(word for word in _IN_WORDS.replace(";", " ").split() if len(word) > 4)
_SIZES = (4, 2, *sorted(set(map(len, _WORDS))))
_CORRECTABLE = frozenset(tag for tag in _KNOWN if len(tag) >= 4)
_NO_TAGS = frozenset(
    ("SIPDIS", "NOFORN", "EXDIS", "NODIS", "STADIS", "SENSITIVE", "NONE", "UNCLASSIFIED", "CONFIDENTIAL", "SECRET")
)

_MARKINGS = frozenset(("U", "SBU", "C", "S"))

# A page line within the TAGS value repeats the text before it.
_END = re.compile(
    r"(?:(?<!\w)(?:UNCLASSIFIED|UNCLAS|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE)\s{1,80})?PAGE\s{1,4}\d\d\s"
    r"|(?i:SUBJ(?:ECT)?[ \t]{0,4}:|\bSUBJECT\b)"
)
_PERSON = re.compile(r"\(\s{0,4}([A-Z][A-Z'. -]{1,24}),\s{0,4}([A-Z][A-Z'. -]{0,24})\)")
_NOT_APPLICABLE = re.compile(r"(?<!\w)N/A(?!\w)")
_REDACTED = re.compile(r"X{4,40}")
_SEPARATOR = re.compile(r"[,;/&|()\[\]=>]")
_STOP = re.compile(r"[.-]")
_TORN = re.compile(r"(?<!\w)([A-Z]{1,3})\n([A-Z]{1,3})(?!\w)")


def parse_tags(text: str) -> list[str]:
    """The tags in upper case, in order of appearance, each once; persons as `CLINTON, HILLARY`.

    The value continues on the next line after a comma, or where that line holds only tags.
    """
    label = _label(text)
    if label is None:
        return []
    value = _NOT_APPLICABLE.sub(" ", _value(label.string[label.end() : label.end() + _LONGEST]).upper())
    tags: list[str] = []
    position = 0
    for person in _PERSON.finditer(value):
        if {person[1], person[2]} <= _KNOWN:
            continue
        tags += _tags(value[position : person.start()])
        tags.append(f"{person[1].strip()}, {person[2].strip()}")
        position = person.end()
    tags += _tags(value[position:])
    return list(dict.fromkeys(tags))


def _label(text: str) -> re.Match[str] | None:
    head = header_with_pages(text)
    label = TAGS_LINE.search(head) or TAGS_INLINE.search(head)
    return label or next(filter(_is_label, TAGS_BARE.finditer(beginning(text))), None)


def _is_label(found: re.Match[str]) -> bool:
    word = found["word"]
    return found["first"] in _CORRECTABLE and (word is None or within(word.replace(" ", "").upper(), "TAGS", 1))


def _value(rest: str) -> str:
    value = ""
    for line in rest.split("\n", _MOST_LINES)[:_MOST_LINES]:
        stop = _END.search(line) or INLINE_STOP.search(line)
        part = (line[: stop.start()] if stop else line).strip()
        if value and not part and value.endswith(","):
            value += " "  # so that a line below the blank one counts only where it holds tags
        elif value:
            torn = _torn(value, part)
            if STOP_LINE.match(part) or not (torn or _continues(value, part)):
                break
            value += part if torn else f" {part}"
        else:
            value = part
        if stop:
            break
    return value


def _torn(value: str, line: str) -> bool:
    """Whether the line break is within a tag: `KDE`, `M JA`."""
    torn = _TORN.search(f"{value}\n{line}".upper())
    return torn is not None and not _is_known(torn[2]) and len(torn[1] + torn[2]) == 4 and torn[1] + torn[2] in _KNOWN


def _continues(value: str, line: str) -> bool:
    """Whether the line below the value holds more tags."""
    if value.endswith(",") or value.count("(") > value.count(")"):
        return bool(line)
    above = _words(value)[-_LONGEST_PHRASE:]
    words = above + _words(_SEPARATOR.sub(" ", line))
    below = [tag or words[index] in _TOPICS for index, tag in _units(words) if index >= len(above)]
    return len(words) > len(above) and all(below)


def _words(value: str) -> list[str]:
    """The words in upper case without punctuation, those that copies joined apart, without words that are no tags."""
    words = (word.strip(".:'\"*-") for word in value.upper().split())
    tags = (word for word in words if word and word not in _NO_TAGS and not _REDACTED.fullmatch(word))
    return [part for word in tags for part in _parts(word)]


def _parts(word: str) -> list[str]:
    parts = [word] if word in _KNOWN else _STOP.split(word)
    return parts if _KNOWN.issuperset(parts) else _split_joined(word) or [word]


def _is_known(word: str) -> bool:
    return word in _KNOWN or (len(word) == 4 and word[0] == "K" and word.isalpha())


def _units(words: list[str]) -> Iterator[tuple[int, str]]:
    """The tags of one or several words, each with the index of its first word; "" for an unknown word."""
    index = 0
    while index < len(words):
        phrase = _phrase_at(words, index)
        yield index, " ".join(phrase) or (words[index] if _is_known(words[index]) else "")
        index += len(phrase) or 1


def _tags(value: str) -> Iterator[str]:
    """The tags of a value without persons in parentheses."""
    for item in _SEPARATOR.split(value):
        if item.strip() in _MARKINGS:
            continue
        words, run = _words(item), list[str]()
        for index, tag in _units(words):
            if tag:
                if run:
                    yield from _unknown(run)
                    run = []
                yield tag
            else:
                run.append(words[index])
        yield from _unknown(run)


def _phrase_at(words: list[str], index: int) -> tuple[str, ...]:
    if words[index] not in _FIRST_WORDS:
        return ()
    for size in range(_LONGEST_PHRASE, 1, -1):
        phrase = tuple(words[index : index + size])
        if phrase in _PHRASES:
            return phrase
    return ()


def _unknown(run: list[str]) -> Iterable[str]:
    """The tags of a run of unknown words: misspelled or new tags, a topic, or persons."""
    if len(run) <= _MOST_MISSPELLED:
        corrected = [_corrected(word) for word in run]
        if len(run) == 1 or _KNOWN.issuperset(corrected):
            return corrected
        if _TOPICS.issuperset(run):
            return run
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
    """The only tag within one error of a word of five letters or more; else the word itself."""
    if len(word) < _FUZZY_FROM or not word.isalpha():
        return word
    return nearest(word, _CORRECTABLE, 1) or word


def _split_joined(word: str) -> list[str]:
    """The tags of a word that joins several: `VEPREL` -> VE, PREL; empty for other words."""
    if not _JOINED_FROM <= len(word) <= 80 or not word.isalpha() or word in _WORDS:
        return []
    # best[n] is the fewest pieces of the first n letters.
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for size in _SIZES:
            piece = word[end - size : end]
            before = best[end - size] if end >= size else None
            if before is None or not (piece in _PLACES if size == 2 else _is_known(piece) or piece in _WORDS):
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = [*before, piece]
    pieces = best[-1] or []
    # English words may consist of country codes by chance, but not of subject codes.
    joined = any(len(piece) == 4 and piece in _KNOWN for piece in pieces) or _WORDS.issuperset(pieces)
    return pieces if joined else []
