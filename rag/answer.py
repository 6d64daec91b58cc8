"""An answer with its proof, and its JSON object."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the keys of the paragraphs that carry it."""

    text: str
    citations: tuple[str, ...]
    supported: bool = True

    def json(self) -> dict[str, Any]:
        """The object in `sentences`."""
        return {"text": self.text, "citations": list(self.citations), "supported": self.supported}


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a paragraph that support the answer: `quote` is the paragraph's text[start:end], verbatim."""

    key: str
    citation: str
    quote: str
    start: int
    end: int

    @property
    def url(self) -> str:
        """Where the service shows the paragraph."""
        cable, _, locator = self.key.partition("#")
        return f"/cables/{cable}/paragraphs/{locator}"

    def json(self) -> dict[str, Any]:
        """The object in `citations`."""
        names = ("key", "citation", "quote", "start", "end", "url")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter a search ran under; `soft` when it only raised matching paragraphs."""

    field: str
    value: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What `ask` returns. `retrieved` are the keys found, best first; `closest` those to read when it abstains."""

    question: str
    mode: str
    sentences: tuple[Sentence, ...] = ()
    quotes: tuple[Quote, ...] = ()
    abstained: bool = False
    reason: str | None = None
    retrieved: tuple[str, ...] = ()
    closest: tuple[str, ...] = ()
    filters: tuple[Condition, ...] = ()
    searched: dict[str, Any] = field(default_factory=dict)
    trace: dict[str, Any] = field(default_factory=dict)
    timings_ms: dict[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The supported sentences, each followed by its citations in square brackets."""
        names = {quote.key: quote.citation for quote in self.quotes}
        parts = [
            " ".join((sentence.text, *(f"[{names[key]}]" for key in sentence.citations if key in names)))
            for sentence in self.sentences
            if sentence.supported
        ]
        return " ".join(parts)

    def json(self) -> dict[str, Any]:
        """The `ask` object."""
        return {
            "question": self.question,
            "answer": self.text,
            "mode": self.mode,
            "abstained": self.abstained,
            "reason": self.reason,
            "sentences": [each.json() for each in self.sentences],
            "citations": [each.json() for each in self.quotes],
            "retrieved": list(self.retrieved),
            "closest": list(self.closest),
            "filters": [{"field": each.field, "value": each.value, "soft": each.soft} for each in self.filters],
            "searched": self.searched,
            "trace": self.trace,
            "timings_ms": self.timings_ms,
        }
