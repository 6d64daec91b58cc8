"""A conversation before a question: what was asked, in words that stand on their own, and what was answered."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from rag.domain.citation import find_citations
from rag.query.leaning import THAT_CABLE, Leaning, has_pointer, has_subject, leaning, subject_words
from rag.query.named_times import named_times
from rag.query.replacement import mentions, with_condition
from rag.query.small_talk import small_talk
from rag.text.countries import countries
from rag.text.surface_facts import numbers
from rag.text.surface_facts import words as words_of

_MOST_EXCHANGES = 8
"""How many earlier questions are looked at."""
_MOST_CITATIONS = 40
_BRACKETED = re.compile(r"\[([^\[\]]{3,80})\]")
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his)\b", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:in|at|the|from|near|into|off|aboard)(?: [A-Z][\w'’-]*)* $")
_FEW_NEW_WORDS = 3
"""A question with fewer that were not said before, none of them a name, is taken for a follow-up."""
_FEW_WORDS = 4
"""A follow-up with fewer words of its own is asked behind the question before it."""
_LOOK_BACK = 60  # characters before a name
_END = " ?.!"
WHAT_ELSE = ": what else?"
"""How a question for more of the same ends, once it stands on its own."""

FollowUpKind = Literal["new", "content", "more", "cables", "date", "unclear"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation; `question` is, for an answer, the question as it was understood, if known."""

    role: Literal["user", "assistant", "system"]
    content: str
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with the answer it got; `answer` is empty where it is not known."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question as it stands on its own.

    `kind` tells what is to be done: `new` leans on nothing, `content` is searched for, `more` too but without what was
    cited, `cables` and `date` ask about the last answer, `unclear` cannot be resolved. `subjects` are the questions
    that it follows up, as they stand on their own, oldest first, and `answers` those that were given on them.
    """

    question: str
    kind: FollowUpKind
    subjects: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    asked: str = ""
    """Where `question` repeats the one before it: what it asks beyond that, with the names it needs."""


def earlier_questions(turns: Sequence[Turn]) -> list[str]:
    """The questions of these turns, oldest first."""
    return [exchange.question for exchange in _exchanges(turns)]


def resolved(question: str, turns: Sequence[Turn], posts: Collection[str] = ()) -> Resolved:
    """The question against the turns before it, oldest first; `posts` are the archive's, as ids spell them.

    The turns are resolved one after the other, so that a follow-up of a follow-up finds what the first one meant.
    """
    before: Resolved | None = None
    for exchange in _exchanges(turns):
        now = _resolve(exchange.question, before, posts)
        if now.kind != "unclear":
            before = _answered(now, exchange.answer)
    return _resolve(question, before, posts)


def cited_in(answer: str) -> str:
    """What an answer cites in square brackets, as text to be looked up."""
    return " ; ".join(match[1] for match in islice(_BRACKETED.finditer(answer), _MOST_CITATIONS))


def _exchanges(turns: Sequence[Turn]) -> list[Exchange]:
    exchanges: list[Exchange] = []
    for turn in turns:
        content = turn.content.strip()
        if turn.role == "user" and content and small_talk(content, 0) is None:
            exchanges.append(Exchange(content))
        elif turn.role == "assistant" and content and exchanges:
            answer = f"{exchanges[-1].answer} {content}".strip()
            exchanges[-1] = Exchange(turn.question or exchanges[-1].question, answer)
    answered = [exchange for exchange in exchanges if exchange.answer]  # in a thread people also talk to each other
    return (answered or exchanges)[-_MOST_EXCHANGES:]


def _answered(now: Resolved, answer: str) -> Resolved:
    """What the next question may follow up; only a question that is searched for is a new subject."""
    subjects = (*now.subjects, now.question) if now.kind in ("new", "content") else now.subjects
    return Resolved(now.question, now.kind, subjects, (*now.answers, answer) if answer else now.answers)


def _resolve(question: str, before: Resolved | None, posts: Collection[str]) -> Resolved:
    """The question against the one before it."""
    lean = leaning(question)
    if before is None or not before.subjects:
        return Resolved(question, "new" if lean is None or _stands_alone(lean, question) else "unclear")
    if question.strip().casefold() in (subject.strip().casefold() for subject in before.subjects):
        return Resolved(question, "new")  # asked once more, perhaps under other conditions
    if question.endswith(WHAT_ELSE):
        return Resolved(question, "more", before.subjects, before.answers)
    if lean is not None and question.strip().startswith(lean.words) and find_citations(question):
        lean = None  # "date of TOKYO 2367?"
    if lean is None and _names_nothing_new(question, before.subjects, posts):
        lean = Leaning("pointing", question.strip().rstrip(_END))
    if lean is None:
        return Resolved(question, "new")
    if lean.lean == "more":
        question = f"{before.subjects[-1].rstrip(_END)}{WHAT_ELSE}"
    elif lean.lean not in ("cables", "date"):
        question = _standalone(lean, before, posts)
        behind = lean.lean == "pointing" and question.startswith(f"{_stem(before.subjects)}: ")
        asked = _asked(_in_context(lean.words, before.subjects[-1], posts)) if behind else ""
        return Resolved(question, "content", before.subjects, before.answers, asked)
    return Resolved(question, lean.lean, before.subjects, before.answers)


def _names_nothing_new(question: str, subjects: Sequence[str], posts: Collection[str]) -> bool:
    """Whether a question of few words names nothing that was not asked about: "how did the governor react?"."""
    asked = " ".join(subjects)
    known, held = words_of(asked), countries(asked)
    named = [question[each.start : each.end] for each in mentions(question, posts)]
    familiar = all(words_of(name) <= known or (countries(name) and countries(name) <= held) for name in named)
    new = set(subject_words(question)) - known - words_of(" ".join(named))
    return familiar and len(new) < _FEW_NEW_WORDS and not numbers(question) - numbers(asked)


def _stands_alone(lean: Leaning, question: str) -> bool:
    """Whether words that would lean on a conversation say enough where there is none: "uranium for Russia"."""
    opened = not question.strip().startswith(lean.words)
    return has_subject(lean.words) and (lean.lean == "pointing" or (lean.lean == "narrowed" and not opened))


def _standalone(lean: Leaning, before: Resolved, posts: Collection[str]) -> str:
    subject, stem, words = before.subjects[-1], _stem(before.subjects), lean.words
    if lean.lean == "narrowed":
        return with_condition(subject, words, posts)
    if lean.lean == "bare":
        return f"{stem}: {words.lower()}?"
    with_cable = _with_cable(words, before.answers)
    if with_cable != words:
        return _asked(with_cable)
    named = _with_person(words, subject, posts)
    if named is not None and not has_pointer(named):
        return _asked(named)
    if len(subject_words(words)) < _FEW_WORDS:
        return f"{stem}: {words[:1].lower()}{words[1:]}?"
    return _asked(_in_context(words, subject, posts))


def _stem(subjects: Sequence[str]) -> str:
    """The last subject without what a follow-up has put behind it."""
    stems = [subject.rstrip(_END) for subject in subjects]
    return next((stem for stem in stems if stems[-1].startswith(f"{stem}: ")), stems[-1])


def _asked(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}?"


def _in_context(words: str, subject: str, posts: Collection[str]) -> str:
    """The words with what the question before them names and they do not."""
    named = [subject[each.start : each.end] for each in mentions(subject, posts)]
    named += [subject[time.start : time.end] for time in named_times(subject)]
    lacking = dict.fromkeys(name for name in named if name.casefold() not in words.casefold())
    return f"{words} ({', '.join(lacking)})" if lacking else words


def _with_cable(words: str, answers: Sequence[str]) -> str:
    """ "that cable" as the label of the cable that the last answer cites first."""
    cited = find_citations(cited_in(answers[-1])) if answers else []
    if not cited:
        return words
    first = cited[0]
    year = "" if first.year is None else f"{first.year:02d} "
    return THAT_CABLE.sub(f"{year}{' '.join(first.words)} {first.serial}", words)


def _with_person(words: str, subject: str, posts: Collection[str]) -> str | None:
    """The words with their first "he" or "she" replaced by the one person that the question before them names."""
    pronoun = _PRONOUN.search(words)
    named = [each for each in mentions(subject, posts) if "name" in each.kinds]
    persons = [each for each in named if not _PLACED.search(subject, max(0, each.start - _LOOK_BACK), each.start)]
    if pronoun is None or len(persons) != 1:
        return None
    name = subject[persons[0].start : persons[0].end]
    word = pronoun.group().lower()
    possessive = word == "his" or (word == "her" and re.match(r" [a-z]", words[pronoun.end() :]) is not None)
    return words[: pronoun.start()] + name + ("'s" if possessive else "") + words[pronoun.end() :]
