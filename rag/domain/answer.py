"""An answer with its citations, and its JSON object."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from rag.domain.answer_table import AnswerTable
from rag.domain.paragraph_key import route_of
from rag.domain.retrieved_paragraph import QuotedSpan

CLOSEST_PASSAGES = "Closest passages, not an answer"
"""What heads the text of an answer that abstains."""

NOT_ANSWERED = "what was found does not answer"
"""What a reason says, at its end, before the parts of the question that stay open."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the keys of the paragraphs that support it.

    `missing` says in a few words each what these paragraphs lack, where they do not support it.
    """

    text: str
    citations: tuple[str, ...]
    supported: bool = True
    missing: tuple[str, ...] = ()

    def json(self) -> dict[str, Any]:
        """The object in `sentences`."""
        fields = {"text": self.text, "citations": list(self.citations), "supported": self.supported}
        return fields | {"missing": list(self.missing)}

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Sentence":
        """The same from the object in `sentences`; those kept before they told what is missing do without."""
        return cls(fields["text"], tuple(fields["citations"]), fields["supported"], tuple(fields.get("missing", ())))


Kind = Literal["content", "cable", "catalog", "talk"]
"""What a question asks for: content, one cable or paragraph, the catalog, or nothing."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a paragraph that support the answer: `quote` is the paragraph's text[start:end], verbatim.

    Where a field of a cable supports it, `key` is the cable's id and `quote` is empty.
    """

    key: str
    citation: str
    quote: str
    start: int
    end: int

    @classmethod
    def of(cls, quoted: QuotedSpan) -> "Quote":
        """The words where they stand."""
        source, span = quoted.paragraph, quoted.span
        return cls(source.key, source.citation, quoted.text, span.start, span.end)

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Quote":
        """The same from the object in `citations`."""
        return cls(fields["key"], fields["citation"], fields["quote"], fields["start"], fields["end"])

    def stands_in(self, text: str) -> bool:
        """Whether its words stand in this text of the paragraph where they stood."""
        return text[self.start : self.end] == self.quote

    @property
    def url(self) -> str:
        """Where the service shows the paragraph, or the cable."""
        return route_of(self.key)

    def json(self) -> dict[str, Any]:
        """The object in `citations`."""
        names = ("key", "citation", "quote", "start", "end", "url")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter of a search; a `soft` one only ranks matching paragraphs higher."""

    field: str
    value: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What `ask` returns.

    `retrieved` are the keys of the paragraphs retrieved, best first; `closest` those worth reading when it abstains.
    `table` holds what an answer from the catalog counts or lists. Sentences of an answer that abstains are the closest
    passages, and are shown under `CLOSEST_PASSAGES`. `unanswered` are parts of the question that a language
    model found no answer to, in the question's words. `id` is that of a kept answer, which `/answers/ID` opens.
    """

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
    kind: Kind = "content"
    table: AnswerTable | None = None
    unanswered: tuple[str, ...] = ()
    id: str | None = None

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Answer":
        """The answer of an `ask` object; its text is made anew."""
        rest = ("question", "mode", "abstained", "reason", "searched", "trace", "timings_ms", "kind")
        return cls(
            **{name: fields[name] for name in rest},
            sentences=tuple(Sentence.from_json(each) for each in fields["sentences"]),
            quotes=tuple(Quote.from_json(each) for each in fields["citations"]),
            retrieved=tuple(fields["retrieved"]),
            closest=tuple(fields["closest"]),
            filters=tuple(Condition(each["field"], each["value"], each["soft"]) for each in fields["filters"]),
            table=None if fields["table"] is None else AnswerTable.from_json(fields["table"]),
            unanswered=tuple(fields["unanswered"]),
            id=fields.get("id"),
        )

    @property
    def cited(self) -> tuple[str, ...]:
        """Keys of the paragraphs and ids of the cables that it cites, each once."""
        of_sentences = (key for sentence in self.sentences for key in sentence.citations)
        return tuple(dict.fromkeys((*of_sentences, *(quote.key for quote in self.quotes))))

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
            "sentences": [sentence.json() for sentence in self.sentences],
            "citations": [quote.json() for quote in self.quotes],
            "retrieved": list(self.retrieved),
            "closest": list(self.closest),
            "filters": [asdict(condition) for condition in self.filters],
            "searched": self.searched,
            "trace": self.trace,
            "timings_ms": self.timings_ms,
            "kind": self.kind,
            "table": None if self.table is None else self.table.json(),
            "unanswered": list(self.unanswered),
            **({} if self.id is None else {"id": self.id}),
        }
