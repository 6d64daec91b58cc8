"""Answering a question from retrieved passages: by a language model when one is set, by quotation otherwise."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rag.answer import Answer, Condition
from rag.catalog_reader import CatalogReader
from rag.disclosure import Disclosure
from rag.errors import ModelFailed
from rag.events import Answered, Stated, Steps
from rag.extractive import Extract, Extractor, quoted
from rag.filters import Filters
from rag.llm_answer import ModelWriter
from rag.mentions import Mentions
from rag.named import Named
from rag.passage import Passage
from rag.prompt import prompt_hash
from rag.sentences import sentence_spans

_CLOSEST = 3
_SOURCES = 8
_UNKNOWN_NAME_ODDS = -0.4
"""A name that the archive lacks is a reason for having no answer only where no sentence is likelier than this."""
_WHOLE_CABLE = re.compile(r"\b(?:summar|overview|gist|about|say|content|tell me)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    passages: Sequence[Passage]
    filters: Filters


class Answerer:
    """Turns passages into an `Answer`."""

    def __init__(
        self,
        catalog: CatalogReader,
        extractor: Extractor,
        mentions: Mentions,
        writer: ModelWriter | None = None,
        model_name: str = "",
        disclosure: Disclosure | None = None,
    ) -> None:
        """`writer` None means extractive answers; `model_name` is told in every answer's trace.

        `disclosure` holds back what the model must not be shown.
        """
        self._catalog = catalog
        self._extractor = extractor
        self._mentions = mentions
        self._writer = writer
        self._model_name = model_name
        self._disclosure = disclosure

    def events(self, question: str, passages: Sequence[Passage], named: Named, filters: Filters) -> Steps:
        """Each sentence that may be shown, then the answer with its quotes and what was searched."""
        asked = _Asked(question, passages, filters)
        if named.missing:
            yield from self._extracted(asked, Extract(reason="; ".join(named.missing)))
            return
        direct = _direct(question, passages, named)
        if direct is not None:
            yield from self._extracted(asked, direct)
            return
        extract = self._extractor.extract(question, passages)
        if self._writer is None or extract.reason:  # no evidence means no call to a model
            yield from self._extracted(asked, self._doubted(asked, extract))
            return
        yield from self._by_model(asked, self._writer, extract)

    def _by_model(self, asked: _Asked, writer: ModelWriter, fallback: Extract) -> Steps:
        offered = asked.passages[:_SOURCES]
        if self._disclosure is not None:
            offered = self._disclosure.shown(asked.passages)[:_SOURCES]
        fallback = self._doubted(asked, fallback)
        if not offered:
            yield from self._extracted(asked, fallback, "what was found may not be shown to the language model")
            return
        try:
            written = yield from writer.write(asked.question, offered)
        except ModelFailed as error:
            yield from self._extracted(asked, fallback, str(error))
            return
        reason = None
        if written.declined:
            reason = "the language model found no answer in the retrieved paragraphs"
        elif not any(sentence.supported for sentence in written.sentences):
            reason = "nothing the language model wrote was borne out by the sources it cited"
        extract = Extract(written.sentences, written.quotes, reason)
        yield Answered(self._envelope(asked, "llm", extract, written.failure, written.dropped))

    def _doubted(self, asked: _Asked, extract: Extract) -> Extract:
        """The quotations, or why there is no answer in them. A language model is left to judge for itself."""
        if extract.reason:
            return extract
        if extract.doubt is not None:
            denied = extract.doubt.contrary
            told = quoted([(denied.passage, denied.span)]) if denied else Extract()
            return replace(told, reason=extract.doubt.reason)
        if extract.odds < _UNKNOWN_NAME_ODDS and self._mentions.unknown(asked.question, asked.filters):
            return Extract(reason="the question rests on a name that was not found")
        return extract

    def _extracted(self, asked: _Asked, extract: Extract, note: str | None = None) -> Steps:
        yield from (Stated(sentence) for sentence in extract.sentences)
        yield Answered(self._envelope(asked, "extractive", extract, note))

    def _envelope(
        self, asked: _Asked, mode: str, extract: Extract, note: str | None = None, dropped: int = 0
    ) -> Answer:
        abstained = extract.reason is not None
        size = self._catalog.size()
        searched: dict[str, Any] = {"cables": size.cables, "paragraphs": size.paragraphs}
        reason = extract.reason or note
        if abstained and asked.passages:
            counted = self._mentions.searched(asked.question, asked.filters)
            searched |= counted.json()
            if not extract.quotes:  # a premise that is denied is reason enough
                reason = "; ".join(filter(None, (reason, counted.sentence())))
        manifest = self._catalog.manifest()
        return Answer(
            question=asked.question,
            mode=mode,
            sentences=extract.sentences,
            quotes=extract.quotes,
            abstained=abstained,
            reason=reason,
            retrieved=tuple(passage.key for passage in asked.passages),
            closest=_closest(asked, extract) if abstained else (),
            filters=tuple(Condition(field, value) for field, value in asked.filters.conditions()),
            searched=searched,
            trace={
                "model": self._model_name if mode == "llm" else None,
                "prompt_hash": prompt_hash() if mode == "llm" else None,
                "index": {name: manifest.get(name) for name in ("model", "adapted", "parser", "schema")},
                "dropped_sources": dropped,
            },
        )


def _closest(asked: _Asked, extract: Extract) -> tuple[str, ...]:
    """What to read instead of an answer: a paragraph that is quoted all the same, then the best ones found."""
    keys = (*(quote.key for quote in extract.quotes), *(passage.key for passage in asked.passages))
    return tuple(dict.fromkeys(keys))[:_CLOSEST]


def _direct(question: str, passages: Sequence[Passage], named: Named) -> Extract | None:
    """The whole of the named paragraphs, or of the summaries of the named cables when the question asks for them."""
    wanted = len(named.paragraphs)
    if not wanted and _WHOLE_CABLE.search(question):
        wanted = len(named.cables)
    if not wanted:
        return None
    return quoted([(passage, span) for passage in passages[:wanted] for span in sentence_spans(passage.text)])
