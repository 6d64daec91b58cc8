"""Whether the cited paragraphs support a sentence: its names, numbers, dates, negations and meaning.

The checks are deterministic. They reject what the paragraphs do not say; they do not prove entailment.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.answers.name_support import missing_names, spelled_otherwise
from rag.answers.number_support import missing_months, missing_numbers
from rag.answers.premise_denial import PremiseDenial, denied_words
from rag.domain.known_posts import post_name
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.encoders.embedding import SentenceEmbeddings
from rag.index.lexical_documents import analyzer
from rag.text.negation import NEGATOR, is_negated, may_deny
from rag.text.prompt_injection import is_prompt_injection
from rag.text.sentences import sentence_spans
from rag.text.surface_facts import names
from rag.text.telegram_style import written_out

NO_SOURCE = "no source is cited"
_DENIED = "a denial"
_LONGEST = 1000  # characters of a sentence; longer ones are no sentences, and take long to check
_SOURCE_NUMBER = re.compile(r"\s*\[\s*\d{1,3}\s*\]")  # planted, to look like a source of the prompt
# Chosen on the `tune` half of `evals/verification`.
_LEAST_SIMILARITY = 0.45
_LEAST_SHARED_TERMS = 0.1
_PARAPHRASE = 0.6
_ECHO = 0.7
"""From this share of a sentence's words on it need not be near a source in meaning, which a long source hides."""
_CLOSE = 0.6  # half of the true sentences have a source that close
_SIMILAR = 0.35  # of the sentences that a denial may rest on


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

    def verdict(
        self,
        sentence: str,
        cited: Sequence[RetrievedParagraph],
        question: str = "",
        spellings: Mapping[str, Sequence[str]] | None = None,
    ) -> SentenceVerdict:
        """Check one sentence; a sentence that cites nothing is unsupported.

        What the question says may be named where it is denied: "it was not Novak". `spellings` are other ones of the
        question's names.
        """
        if not cited:
            return SentenceVerdict((NO_SOURCE,))
        if len(sentence) > _LONGEST:
            return SentenceVerdict((f"it has more than {_LONGEST} characters",))
        cited = [_as_evidence(source) for source in cited]
        evidence = " ".join(f"{each.text} {_about(each)}" for each in cited)
        texts = [span.of(source.text) for source in cited for span in source.sentences]
        denial = PremiseDenial.of(sentence, question, texts, self._analyzer.analyze)
        evidence += f" {denied_words(sentence, question, denial)}"
        evidence += f" {' '.join(spelled_otherwise(question, spellings or {}, evidence))}"
        missing = [f"the name {name}" for name in missing_names(sentence, evidence, question)]
        missing += [f"the number {number}" for number in missing_numbers(sentence, evidence, cited)]
        missing += [f"the month {month}" for month in missing_months(sentence, evidence, cited)]
        if missing:
            return SentenceVerdict(tuple(missing))
        meaning = self._meaning(sentence, texts)
        return SentenceVerdict(self._meaning(denial.instead, texts) if denial and meaning == (_DENIED,) else meaning)

    def nearest(self, sentence: str, sources: Sequence[RetrievedParagraph]) -> list[RetrievedParagraph]:
        """Those of the sources that have a sentence close to this one in meaning, the closest first."""
        texts = {source.key: [span.of(source.text) for span in source.sentences] for source in sources}
        closeness = {key: max(self._similarities(sentence, spans), default=0.0) for key, spans in texts.items()}
        near = [source for source in sources if closeness[source.key] >= _CLOSE]
        return sorted(near, key=lambda source: -closeness[source.key])

    def _similarities(self, sentence: str, texts: Sequence[str]) -> list[float]:
        vectors = self._embeddings.encode([sentence, *texts])
        return [float(value) for value in vectors[1:] @ vectors[0]]

    def _meaning(self, sentence: str, sources: Sequence[str]) -> tuple[str, ...]:
        if not sources:
            return ("its meaning",)
        similarities = self._similarities(sentence, sources)
        nearest = sources[max(range(len(sources)), key=similarities.__getitem__)]
        # The names were checked already. Some other word must be shared too, unless a source is a close paraphrase.
        terms = set(self._analyzer.analyze(sentence)) - set(self._analyzer.analyze(" ".join(names(sentence))))
        shared = len(terms & set(self._analyzer.analyze(" ".join(sources)))) / len(terms) if terms else 1.0
        closest = max(similarities)
        if (closest < _LEAST_SIMILARITY and shared < _ECHO) or (shared < _LEAST_SHARED_TERMS and closest < _PARAPHRASE):
            return ("its meaning",)
        similar = [text for text, value in zip(sources, similarities, strict=True) if value >= _SIMILAR] or [nearest]
        if is_negated(sentence) and not any(map(may_deny, similar)):
            return (_DENIED,)
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


def _about(source: RetrievedParagraph) -> str:
    """What stands above a paragraph: subject, heading and post."""
    titles = written_out(f"{source.subject or ''} {source.heading or ''}")
    return f"{titles} {source.post} {post_name(source.post)}"


def _as_evidence(source: RetrievedParagraph) -> RetrievedParagraph:
    """The paragraph with abbreviations written out, without sentences that give orders to a machine: no evidence."""
    sentences = [span.of(source.text) for span in source.sentences]
    kept = [each for each in sentences if not is_prompt_injection(each) and not _SOURCE_NUMBER.match(each)]
    text = written_out(source.text if len(kept) == len(sentences) else " ".join(kept))
    if text == source.text:
        return source
    return replace(source, paragraph=replace(source.paragraph, text=text), sentences=tuple(sentence_spans(text)))
