"""The composition root: names the concrete classes and puts an archive together from the settings."""

import math
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rag.access import OWNER, Clearance
from rag.adapted_encoders import AdaptedEncoders
from rag.archive_catalog import open_catalog
from rag.calibration import calibration_windows
from rag.catalog_reader import CatalogReader
from rag.fast_encoders import FastEncoders
from rag.filters import Filters
from rag.lock import StoreLock
from rag.manifest import ADAPTED, check_manifest, current_manifest
from rag.renewal import drop_if_ordered
from rag.settings import Settings
from rag.view import View

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from rag.answering import Answerer
    from rag.asking import Ask
    from rag.audit import Audit
    from rag.embedding import SentenceEmbeddings
    from rag.events import Event
    from rag.extractive import Extractor
    from rag.lexical import LexicalIndex
    from rag.mentions import Mentions
    from rag.model_calls import ModelCalls
    from rag.observer import Observer
    from rag.passage import Passage
    from rag.vectors import VectorIndex

__all__ = ["Archive", "open_catalog"]


class Archive:
    """An archive open for searching and indexing.

    An embedded store's indexes have this one owner until it closes. With a Chroma server only the process that
    opened it with `create` is an owner and may ingest; the others read what it publishes.
    """

    def __init__(
        self,
        settings: Settings,
        create: bool = False,
        wait: float = 0.0,
        observer: "Observer | None" = None,
        original: bool = False,
    ) -> None:
        """Open the store that `settings` names; `wait` is how many seconds another owner is waited for.

        With `original`, an adapted encoder and its vectors are left aside.

        Raises:
            StoreMissing: there is no store and `create` is off.
            StoreInUse: another process owns the indexes.
            StoreMismatch: it was built with another model or schema.
            ModelUnavailable: a configured model cannot be used.
        """
        from rag.embedding import SentenceEmbeddings
        from rag.llm import chat_model
        from rag.model_watch import ModelWatch

        self.settings = settings
        self.encoders = AdaptedEncoders(settings.store / "models")
        self.owner = create or settings.chroma_url is None
        self._observer = observer
        self._model = chat_model(settings)  # first: a wrong setting is told before anything is made
        if self._model is not None and observer is not None:
            self._model.callbacks = [ModelWatch(observer.completed)]
        # Answers are judged by thresholds on the original's cosines, and a judge must not learn from the defendant:
        # an adapted encoder only finds.
        memory = settings.vector_memory_mb * 1_000_000
        self.fast = FastEncoders(settings.store / "fast", settings.encoder == "auto")
        self.original = self.embeddings = SentenceEmbeddings(settings.embedding_model, memory, self.fast)
        self.catalog = open_catalog(settings, create)
        self._opened = False
        self.lock: StoreLock | None = None
        try:
            if self.owner:
                settings.store.mkdir(parents=True, exist_ok=True)
                self.lock = StoreLock(settings.store, wait)
            self._check_manifest()
            self.adapted = None if original else self.catalog.manifest().get(ADAPTED) or None
            if self.adapted:
                self.embeddings = self.encoder(self.adapted)
            self._open_indexes(settings)
        except BaseException:
            self.close()
            raise

    def as_reader(self, reader: Clearance) -> View:
        """The archive as this reader sees it."""
        if reader not in self._views:  # clearances are few, so are views
            self._views[reader] = self._view(reader)
        return self._views[reader]

    def search(self, question: str, k: int = 20, filters: Filters | None = None) -> "list[Passage]":
        """As of the owner's view."""
        return self.as_reader(OWNER).search(question, k, filters)

    def stream(self, ask: "Ask") -> "AsyncGenerator[Event, None]":
        """As of the owner's view."""
        return self.as_reader(OWNER).stream(ask)

    def sync(self, progress: "Callable[[int], None]" = lambda done: None, most: int | None = None) -> int:
        """Index the cables the catalog marks as not indexed, `most` of them or all; returns how many."""
        self.make_fast(self.embeddings)
        return self._sync.run(progress, most)

    def numerics(self) -> str | None:
        """What the encoder is computed with, and why not with something faster; None until it was needed."""
        told = self.embeddings.numerics
        return f"{told}; {self.fast.why_not}" if told and self.fast.why_not else told

    def encoder(self, adapted: str) -> "SentenceEmbeddings":
        """The adapted encoder of this name.

        Raises:
            ModelUnavailable: there is none.
        """
        from rag.embedding import SentenceEmbeddings

        memory = self.settings.vector_memory_mb * 1_000_000
        return SentenceEmbeddings(str(self.encoders.folder(adapted)), memory, self.fast)

    def make_fast(self, encoder: "SentenceEmbeddings") -> None:
        """Have this encoder and the original made fast, once the archive is enough to calibrate them on."""
        lacking = [each for each in {self.original, encoder} if self.fast.lacks(each.folder)]
        if lacking and (windows := calibration_windows(self.catalog, self.indexes.vectors.entries)):
            for each in lacking:
                each.make_fast(windows)
            self.fast.keep_only([self.original.folder, self.embeddings.folder, encoder.folder])

    def audit(self, progress: "Callable[[int], None]" = lambda done: None) -> "Audit":
        """Whether catalog and indexes agree; `progress` gets cables done."""
        from rag.audit import Auditor

        return Auditor(self.catalog, self.indexes, self.embeddings).run(progress)

    def announce(self, url: str) -> None:
        """Let commands on an embedded store know that this process answers at `url`."""
        if self.lock is not None and self.settings.chroma_url is None:
            self.lock.announce(url)

    def check(self) -> None:
        """Ask the catalog and the vector index for a sign of life.

        Raises:
            StoreUnavailable: one of them does not answer.
        """
        self.catalog.size()
        self.indexes.vectors.check()

    def close(self) -> None:
        """Give the indexes and the catalog back."""
        if self._opened:
            self.indexes.vectors.close()
        if self.lock is not None:
            self.lock.release()
        self.catalog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def vectors(self, embeddings: "SentenceEmbeddings", adapted: str | None) -> "VectorIndex":
        """The vectors of the original encoder, or those of the adapted one of this name; empty where there are none."""
        from rag.vectors import VectorIndex, collection_of

        location = self.settings.chroma_url or self.settings.store / "chroma"
        return VectorIndex(location, self.settings.flat_folder, embeddings, collection_of(adapted))

    def load_models(self) -> None:
        """Read the encoders from disk, so that the first question need not wait for it."""
        self.embeddings.load()
        self.original.load()

    def _open_indexes(self, settings: Settings) -> None:
        from threadpoolctl import threadpool_limits

        from rag.indexes import Indexes
        from rag.sync import Sync

        # Our products are small: more threads gain nothing, and each would wait busily on its core for the next one.
        threadpool_limits(1, user_api="blas")
        vectors = self.vectors(self.embeddings, self.adapted)
        self.indexes = Indexes(vectors, self._lexical(settings))
        self._opened = True
        self._sync = Sync(self.catalog, vectors.entries, self.embeddings, self.indexes)
        self._views: dict[Clearance, View] = {}
        self.retriever, self.chain = (owner := self.as_reader(OWNER)).retriever, owner.chain

    def _view(self, reader: Clearance) -> View:
        from rag.asking import Asking
        from rag.late_interaction import LateInteraction
        from rag.mentions import Mentions
        from rag.model_calls import ModelCalls
        from rag.retrieval import Retriever
        from rag.rewriting import Rewriter
        from rag.tokens import vocabulary

        catalog = self.catalog.as_reader(reader)
        lexical = self.indexes.lexical.as_reader(reader)
        vectors = self.indexes.vectors.as_reader(reader)
        late = LateInteraction(self.original, lexical.rarities)
        retriever = Retriever(catalog, vectors, lexical, self.embeddings, late)
        calls = None if self._model is None else ModelCalls(self._model, self.settings.llm_budget)
        quotations = extractor(catalog, self.original, vectors, lexical)
        answerer = _answerer(self.settings, catalog, self.original, quotations, Mentions(catalog, lexical), calls)
        rewriter = Rewriter(calls) if calls else None
        asking = Asking(catalog, lexical, retriever, answerer, rewriter, vocabulary(self.original.folder))
        return View(catalog, lexical, retriever, asking, self._observer)

    def _lexical(self, settings: Settings) -> "LexicalIndex":
        from rag.lexical import LexicalIndex
        from rag.published_lexical import LexicalSnapshots, PublishedLexicalIndex, PublishingLexicalIndex

        folder = settings.store / "lexical"
        if settings.chroma_url is None:
            return LexicalIndex(folder)
        snapshots = LexicalSnapshots(settings.published)
        return PublishingLexicalIndex(folder, snapshots) if self.owner else PublishedLexicalIndex(snapshots)

    def _check_manifest(self) -> None:
        held, ours = self.catalog.manifest(), current_manifest(self.original.name)
        check_manifest(held, self.original.name, self.settings.store)
        if self.owner:
            if not ours.items() <= held.items():
                self.catalog.set_manifest(ours)
            drop_if_ordered(self.settings, self.catalog)


def extractor(
    catalog: CatalogReader, embeddings: "SentenceEmbeddings", vectors: "VectorIndex", lexical: "LexicalIndex"
) -> "Extractor":
    """What chooses the quotations of one reader's answers."""
    from rag.evidence import EvidenceReader
    from rag.extractive import Extractor
    from rag.lexical_documents import analyzer
    from rag.tokens import TokenReader

    def windows(keys: Sequence[str]) -> dict[str, list[str]]:
        return {key: vectors.windows(*found) for key, found in catalog.paragraphs(list(keys)).items()}

    def rarity(terms: Sequence[str]) -> dict[str, float]:
        size = catalog.size().paragraphs
        return {term: math.log(1 + size / (1 + lexical.document_frequency(term))) for term in terms}

    return Extractor(EvidenceReader(TokenReader(embeddings), windows, analyzer().analyze, rarity))


def _answerer(
    settings: Settings,
    catalog: CatalogReader,
    embeddings: "SentenceEmbeddings",
    quotations: "Extractor",
    mentions: "Mentions",
    calls: "ModelCalls | None",
) -> "Answerer":
    from rag.answering import Answerer
    from rag.disclosure import Disclosure, is_remote
    from rag.entailment import Entailment
    from rag.llm_answer import ModelWriter
    from rag.verification import Verifier

    if calls is None:
        return Answerer(catalog, quotations, mentions)
    entailment = Entailment(calls) if settings.verify == "llm" else None
    writer = ModelWriter(calls, embeddings, Verifier(embeddings), entailment)
    name = settings.llm or ""
    most = settings.llm_max_classification
    remote = is_remote(name.partition(":")[0], settings.llm_base_url)
    return Answerer(catalog, quotations, mentions, writer, name, Disclosure(catalog, most) if most and remote else None)
