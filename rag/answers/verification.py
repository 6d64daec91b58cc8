"""Whether the cited paragraphs support a sentence: its names, numbers, dates, negations and meaning.

The checks are deterministic. They reject what the paragraphs do not say; they do not prove entailment.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from rag.domain.periods import MONTHS
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.encoders.embedding import SentenceEmbeddings
from rag.index.lexical_documents import analyzer
from rag.text.negation import NEGATOR, is_negated, may_deny
from rag.text.prompt_injection import is_prompt_injection
from rag.text.sentences import sentence_spans
from rag.text.surface_facts import folded, months, names, numbers, stated_numbers, words

_LEAST_SIMILARITY = 0.35
_LEAST_SHARED_TERMS = 0.34
_SIMILAR = 0.55
_PARAPHRASE = 0.75
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|(?:last|this|next|past|coming) (?:week|month|year|\w+day)|\w+day|earlier"
    r"|recent|ago|later|same day)",
    re.IGNORECASE,
)
_RELATIVE_DAYS = 45
_DATE = re.compile(
    r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? )?(?P<month>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?)"
    r"(?: (?P<day2>\d{1,2})(?:st|nd|rd|th)?\b)?(?:,? (?P<year>(?:19|20)\d\d))?\b"
)


@dataclass(frozen=True, slots=True)
class SentenceVerdict:
    """The parts of a sentence that its paragraphs do not support, each in a few words."""

    missing: tuple[str, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


class Verifier:
    """Checks sentences against the paragraphs they cite."""

    def __init__(self, embeddings: SentenceEmbeddings) -> None:
        self._embeddings = embeddings
        self._analyzer = analyzer()

    def verdict(self, sentence: str, cited: Sequence[RetrievedParagraph]) -> SentenceVerdict:
        """Check one sentence; a sentence that cites nothing is unsupported."""
        if not cited:
            return SentenceVerdict(("no source is cited",))
        cited = [_without_orders(source) for source in cited]
        evidence = " ".join(f"{each.text} {each.subject or ''} {each.heading or ''} {each.post}" for each in cited)
        missing = [f"the name {name}" for name in _missing_names(sentence, evidence)]
        missing += [f"the number {number}" for number in _missing_numbers(sentence, evidence, cited)]
        missing += [f"the month {month}" for month in _missing_months(sentence, evidence, cited)]
        return SentenceVerdict(tuple(missing) or self._meaning(sentence, cited))

    def _meaning(self, sentence: str, cited: Sequence[RetrievedParagraph]) -> tuple[str, ...]:
        sources = [span.of(source.text) for source in cited for span in source.sentences]
        if not sources:
            return ("its meaning",)
        vectors = self._embeddings.encode([sentence, *sources])
        similarities = [float(value) for value in vectors[1:] @ vectors[0]]
        nearest = sources[max(range(len(sources)), key=similarities.__getitem__)]
        # The names were checked already. The other words must be shared too, unless a source is a close paraphrase.
        name_terms = set(self._analyzer.analyze(" ".join(names(sentence))))
        terms = set(self._analyzer.analyze(sentence)) - name_terms
        shared = len(terms & set(self._analyzer.analyze(" ".join(sources)))) / len(terms) if terms else 1.0
        if max(similarities) < _LEAST_SIMILARITY or (shared < _LEAST_SHARED_TERMS and max(similarities) < _PARAPHRASE):
            return ("its meaning",)
        similar = [text for text, value in zip(sources, similarities, strict=True) if value >= _SIMILAR] or [nearest]
        if is_negated(sentence) and not any(map(may_deny, similar)):
            return ("a denial",)
        if not may_deny(sentence) and is_negated(nearest) and self._denies(nearest, sentence):
            return (f"an affirmation: the source denies it ({nearest[:120]})",)
        return ()

    def _denies(self, source: str, sentence: str) -> bool:
        """Whether the source negates a word that the sentence affirms."""
        affirmed = set(self._analyzer.analyze(sentence))
        negator = NEGATOR.search(source)
        if negator is None:
            return False
        following = self._analyzer.analyze(" ".join(source[negator.end() :].split()[:3]))
        return following[:1] != [] and following[0] in affirmed


def _without_orders(source: RetrievedParagraph) -> RetrievedParagraph:
    """The paragraph without sentences that give orders to a machine: these are no evidence."""
    sentences = [span.of(source.text) for span in source.sentences]
    kept = [sentence for sentence in sentences if not is_prompt_injection(sentence)]
    if len(kept) == len(sentences):
        return source
    text = " ".join(kept)
    return replace(source, paragraph=replace(source.paragraph, text=text), sentences=tuple(sentence_spans(text)))


def _missing_names(sentence: str, evidence: str) -> list[str]:
    known = words(evidence)
    folded_evidence = folded(evidence)
    missing = []
    for name in names(sentence):
        bare = folded(name).removesuffix("'s").rstrip("'")
        parts = [part for part in bare.split("-") if part]
        if bare in known or all(part in known for part in parts) or _in_another_form(name, evidence, folded_evidence):
            continue
        missing.append(name)
    return missing


def _in_another_form(name: str, evidence: str, folded_evidence: str) -> bool:
    """Whether the evidence has the name as a plural or an adjective, or the words that it abbreviates."""
    bare = folded(name).removesuffix("'s")
    if len(bare) >= 5 and re.search(rf"\b{re.escape(bare[: max(4, len(bare) - 3)])}", folded_evidence):
        return True
    if name.isupper() and len(name) <= 5:
        initials = "".join(word[0] for word in re.findall(r"\b[A-Z][A-Za-z]*", evidence))
        return name in initials
    return False


def _missing_numbers(sentence: str, evidence: str, cited: Sequence[RetrievedParagraph]) -> list[str]:
    sent = [day for each in cited if (day := _sent(each))]
    known = numbers(evidence) | {str(day.year) for day in sent}
    return sorted(stated_numbers(_without_dates_near(sentence, cited)) - known)


def _missing_months(sentence: str, evidence: str, cited: Sequence[RetrievedParagraph]) -> list[str]:
    return sorted(months(_without_dates_near(sentence, cited)) - months(evidence))


def _without_dates_near(sentence: str, cited: Sequence[RetrievedParagraph]) -> str:
    """The sentence without the dates of cited cables, nor dates near them where the text says "last week"."""

    def kept(match: re.Match[str]) -> str:
        return "" if any(_is_near(match, each) for each in cited) else match.group()

    return _DATE.sub(kept, sentence)


def _is_near(written: re.Match[str], source: RetrievedParagraph) -> bool:
    sent = _sent(source)
    if sent is None:
        return False
    day, year = written["day"] or written["day2"], int(written["year"] or sent.year)
    try:
        date = datetime(year, MONTHS[written["month"][:3].lower()], int(day or sent.day), tzinfo=UTC)
    except ValueError:
        return False
    tolerance = _RELATIVE_DAYS if _RELATIVE.search(source.text) else 0
    return abs((date - sent).days) <= tolerance


def _sent(source: RetrievedParagraph) -> datetime | None:
    """Midnight (UTC) of the day on which the cable was sent."""
    if not source.date:
        return None
    return datetime.fromisoformat(source.date).astimezone(UTC).replace(hour=0, minute=0, second=0)
