"""Whether a sentence is borne out by the paragraphs it cites: its names, numbers, dates, negations and meaning.

Deterministic. It rejects what the paragraphs do not hold in words; it does not prove that they entail the sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from rag.claims import folded, may_deny, months, names, negated, numbers, stated_numbers, words
from rag.embedding import SentenceEmbeddings
from rag.instructions import steers
from rag.lexical_documents import analyzer
from rag.passage import Passage
from rag.sentences import sentence_spans

LEAST_SIMILARITY = 0.35
LEAST_SHARED = 0.34
_ALIKE = 0.55
_SAME = 0.75
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|(?:last|this|next|past|coming) (?:week|month|year|\w+day)|\w+day|earlier"
    r"|recent|ago|later|same day)",
    re.IGNORECASE,
)
_RELATIVE_DAYS = 45
_MONTHS = {f"{datetime(2000, month, 1, tzinfo=UTC):%b}".lower(): month for month in range(1, 13)}
_DATE = re.compile(
    r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? )?(?P<month>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?)"
    r"(?: (?P<day2>\d{1,2})(?:st|nd|rd|th)?\b)?(?:,? (?P<year>(?:19|20)\d\d))?\b"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What of a sentence was not found in its paragraphs, each in a few words; nothing missing means supported."""

    missing: tuple[str, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether everything was found."""
        return not self.missing


class Verifier:
    """Holds sentences against the paragraphs they cite."""

    def __init__(self, embeddings: SentenceEmbeddings) -> None:
        self._embeddings = embeddings
        self._analyzer = analyzer()

    def verdict(self, sentence: str, cited: Sequence[Passage]) -> Verdict:
        """Check one sentence; without a citation nothing supports it."""
        if not cited:
            return Verdict(("no source is cited",))
        cited = [replace(each, text=_of_the_world(each.text)) for each in cited]
        held = " ".join(f"{each.text} {each.subject or ''} {each.heading or ''} {each.post}" for each in cited)
        missing = [f"the name {name}" for name in _missing_names(sentence, held)]
        missing += [f"the number {number}" for number in _missing_numbers(sentence, held, cited)]
        missing += [f"the month {month}" for month in _missing_months(sentence, held, cited)]
        return Verdict(tuple(missing) or self._meaning(sentence, cited))

    def _meaning(self, sentence: str, cited: Sequence[Passage]) -> tuple[str, ...]:
        sources = [span.of(each.text) for each in cited for span in sentence_spans(each.text)]
        if not sources:
            return ("its meaning",)
        vectors = self._embeddings.encode([sentence, *sources])
        likeness = [float(value) for value in vectors[1:] @ vectors[0]]
        nearest = sources[max(range(len(sources)), key=likeness.__getitem__)]
        # Names are known to be there; what is said of them must be too, unless a source says it in other words.
        named = set(self._analyzer.analyze(" ".join(names(sentence))))
        terms = set(self._analyzer.analyze(sentence)) - named
        shared = len(terms & set(self._analyzer.analyze(" ".join(sources)))) / len(terms) if terms else 1.0
        if max(likeness) < LEAST_SIMILARITY or (shared < LEAST_SHARED and max(likeness) < _SAME):
            return ("its meaning",)
        alike = [source for source, value in zip(sources, likeness, strict=True) if value >= _ALIKE] or [nearest]
        if negated(sentence) and not any(map(may_deny, alike)):
            return ("a denial",)
        if not may_deny(sentence) and negated(nearest) and self._denies(nearest, sentence):
            return (f"an affirmation: the source denies it ({nearest[:120]})",)
        return ()

    def _denies(self, source: str, sentence: str) -> bool:
        """Whether the source's "not" stands before a word that the sentence affirms."""
        affirmed = set(self._analyzer.analyze(sentence))
        scope = re.search(r"\b(?:not|never|no|cannot|without)\b|n['’]t\b", source, re.IGNORECASE)
        if scope is None:
            return False
        following = self._analyzer.analyze(" ".join(source[scope.end() :].split()[:3]))
        return following[:1] != [] and following[0] in affirmed


def _of_the_world(text: str) -> str:
    """The text without sentences that speak to a machine: they bear out nothing."""
    return " ".join(sentence for span in sentence_spans(text) if not steers(sentence := span.of(text)))


def _missing_names(sentence: str, held: str) -> list[str]:
    known = words(held)
    whole = folded(held)
    missing = []
    for name in names(sentence):
        bare = folded(name).removesuffix("'s").rstrip("'")
        parts = [part for part in bare.split("-") if part]
        if bare in known or all(part in known for part in parts) or _abbreviated(name, whole, held):
            continue
        missing.append(name)
    return missing


def _abbreviated(name: str, whole: str, held: str) -> bool:
    """Whether the name is in the text in another form: a plural, an adjective, an abbreviation of capitals."""
    bare = folded(name).removesuffix("'s")
    if len(bare) >= 5 and re.search(rf"\b{re.escape(bare[: max(4, len(bare) - 3)])}", whole):
        return True
    if name.isupper() and len(name) <= 5:
        initials = "".join(word[0] for word in re.findall(r"\b[A-Z][A-Za-z]*", held))
        return name in initials
    return False


def _missing_numbers(sentence: str, held: str, cited: Sequence[Passage]) -> list[str]:
    sent = [day for each in cited if (day := _sent(each))]
    known = numbers(held) | {str(day.year) for day in sent}
    return sorted(stated_numbers(_without_dates_near(sentence, cited)) - known)


def _missing_months(sentence: str, held: str, cited: Sequence[Passage]) -> list[str]:
    return sorted(months(_without_dates_near(sentence, cited)) - months(held))


def _without_dates_near(sentence: str, cited: Sequence[Passage]) -> str:
    """The sentence without dates that are a cable's own, or near it where the text says "last week"."""

    def judged(match: re.Match[str]) -> str:
        return "" if any(_is_near(match, each) for each in cited) else match.group()

    return _DATE.sub(judged, sentence)


def _is_near(written: re.Match[str], passage: Passage) -> bool:
    sent = _sent(passage)
    if sent is None:
        return False
    day, year = written["day"] or written["day2"], int(written["year"] or sent.year)
    try:
        meant = datetime(year, _MONTHS[written["month"][:3].lower()], int(day or sent.day), tzinfo=UTC)
    except ValueError:
        return False
    reach = _RELATIVE_DAYS if _RELATIVE.search(passage.text) else 0
    return abs((meant - sent).days) <= reach


def _sent(passage: Passage) -> datetime | None:
    if not passage.date:
        return None
    return datetime.fromisoformat(passage.date).astimezone(UTC).replace(hour=0, minute=0, second=0)
