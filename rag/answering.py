"""Answering a question from retrieved passages: by a language model when one is set, by quotation otherwise."""

import re
from collections.abc import Sequence

from langchain_core.language_models import BaseChatModel

from rag.answer import Answer, Condition
from rag.catalog import Catalog
from rag.errors import ModelFailed
from rag.events import Answered, Stated, Steps
from rag.extractive import Extract, Extractor, quoted
from rag.filters import Filters
from rag.llm import complete
from rag.llm_answer import ReplyReader
from rag.named import Named
from rag.passage import Passage
from rag.prompt import messages, prompt_hash
from rag.sentences import sentence_spans

_CLOSEST = 3
_SOURCES = 8
_WHOLE_CABLE = re.compile(r"\b(?:summar|overview|gist|about|say|content|tell me)", re.IGNORECASE)


class Answerer:
    """Turns passages into an `Answer`."""

    def __init__(
        self, catalog: Catalog, extractor: Extractor, reader: ReplyReader, model: BaseChatModel | None, model_name: str
    ) -> None:
        """`model` None means extractive answers; `model_name` is told in every answer's trace."""
        self._catalog = catalog
        self._extractor = extractor
        self._reader = reader
        self._model = model
        self._model_name = model_name

    def events(self, question: str, passages: Sequence[Passage], named: Named, filters: Filters) -> Steps:
        """Each sentence that may be shown, then the answer with its quotes and what was searched."""
        answer = self._answer(question, passages, named, filters)
        yield from (Stated(sentence) for sentence in answer.sentences if sentence.supported and not answer.abstained)
        yield Answered(answer)

    def _answer(self, question: str, passages: Sequence[Passage], named: Named, filters: Filters) -> Answer:
        if named.missing:
            return self._envelope(question, passages, filters, "extractive", Extract(reason="; ".join(named.missing)))
        direct = _direct(question, passages, named)
        if direct is not None:
            return self._envelope(question, passages, filters, "extractive", direct)
        extract = self._extractor.extract(question, passages)
        if self._model is None or extract.reason:  # no evidence means no call to a model
            return self._envelope(question, passages, filters, "extractive", extract)
        return self._by_model(question, passages, filters, extract)

    def _by_model(self, question: str, passages: Sequence[Passage], filters: Filters, fallback: Extract) -> Answer:
        assert self._model is not None  # noqa: S101 - for the type checker
        offered = passages[:_SOURCES]
        try:
            reply = self._reader.read(complete(self._model, messages(question, offered)), offered)
        except ModelFailed as error:
            return self._envelope(question, passages, filters, "extractive", fallback, note=str(error))
        if reply.declined or not any(sentence.supported for sentence in reply.sentences):
            reason = "the language model found no answer in the retrieved paragraphs"
            return self._envelope(
                question, passages, filters, "llm", Extract(reply.sentences, (), reason), dropped=reply.dropped
            )
        extract = Extract(reply.sentences, reply.quotes)
        return self._envelope(question, passages, filters, "llm", extract, dropped=reply.dropped)

    def _envelope(
        self,
        question: str,
        passages: Sequence[Passage],
        filters: Filters,
        mode: str,
        extract: Extract,
        note: str | None = None,
        dropped: int = 0,
    ) -> Answer:
        abstained = extract.reason is not None
        size = self._catalog.size()
        manifest = self._catalog.manifest()
        return Answer(
            question=question,
            mode=mode,
            sentences=extract.sentences,
            quotes=extract.quotes,
            abstained=abstained,
            reason=extract.reason or note,
            retrieved=tuple(passage.key for passage in passages),
            closest=tuple(passage.key for passage in passages[:_CLOSEST]) if abstained else (),
            filters=tuple(Condition(field, value) for field, value in filters.conditions()),
            searched={"cables": size.cables, "paragraphs": size.paragraphs},
            trace={
                "model": self._model_name if mode == "llm" else None,
                "prompt_hash": prompt_hash() if mode == "llm" else None,
                "index": {name: manifest.get(name) for name in ("model", "parser", "schema")},
                "dropped_sources": dropped,
            },
        )


def _direct(question: str, passages: Sequence[Passage], named: Named) -> Extract | None:
    """The whole of the named paragraphs, or of the summaries of the named cables when the question asks for them."""
    wanted = len(named.paragraphs)
    if not wanted and _WHOLE_CABLE.search(question):
        wanted = len(named.cables)
    if not wanted:
        return None
    return quoted([(passage, span) for passage in passages[:wanted] for span in sentence_spans(passage.text)])
