"""The composition root: names the concrete classes and puts an archive together from the settings."""

from collections.abc import AsyncGenerator, Callable
from contextlib import ExitStack, closing
from functools import partial
from types import TracebackType
from typing import Self

from threadpoolctl import threadpool_limits

from rag.answers.assembly import build_answerer, build_rewriter, extractor
from rag.answers.catalog.answerer import CatalogAnswerer
from rag.answers.follow_ups import FollowUps
from rag.answers.introductions import Introductions
from rag.answers.name_coverage import NameCoverage
from rag.catalog.manifest import ADAPTED
from rag.domain.access import OWNER, Clearance
from rag.domain.events import Event
from rag.domain.filters import Filters
from rag.domain.outgoing import Outgoing
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.domain.withdrawal import Withdrawal, WithdrawalOrder
from rag.encoders.embedding import PACKAGED_MODEL, SentenceEmbeddings
from rag.encoders.embedding_client import embedding_client, provider_of
from rag.encoders.encoder import SearchEmbeddings
from rag.encoders.fast_encoders import FastEncoders
from rag.encoders.model_folders import AdaptedEncoders
from rag.encoders.served_embeddings import ServedEmbeddings
from rag.encoders.tokenizer import vocabulary
from rag.index.audit import Audit, Auditor
from rag.index.calibration import calibration_windows
from rag.index.erasure import Eraser
from rag.index.graph_check import ends_its_reader
from rag.index.graph_opening import open_vectors
from rag.index.graph_refill import GraphRefill
from rag.index.indexer import Indexer
from rag.index.indexes import Indexes
from rag.index.lexical import LexicalIndex
from rag.index.published_lexical import LexicalSnapshots, PublishedLexicalIndex, PublishingLexicalIndex
from rag.index.vectors import VectorIndex, collection_of
from rag.llm.disclosure import Disclosure, is_remote
from rag.llm.llm import chat_model
from rag.llm.model_calls import ModelCalls
from rag.llm.model_watch import ModelWatch
from rag.models.known_models import KNOWN, is_multilingual
from rag.models.model_library import ModelLibrary
from rag.pipeline import QuestionPipeline, build_model_steps
from rag.query.name_variants import NameVariants
from rag.query.parsed_query import QueryParser
from rag.query.phrasing import PhrasingReader
from rag.query.query import Query
from rag.retrieval.late_interaction import LateInteraction
from rag.retrieval.reranker import Reranker
from rag.retrieval.retrieval import Retriever
from rag.retrieval.scanner import Scanner
from rag.retrieval.weights import weights_of
from rag.scoped_archive import Observer, ScopedArchive
from rag.settings import Settings
from rag.store import OpenStore
from rag.store_folder import readable

_LOOK_AGAIN_SECONDS = 30.0


class Archive:
    """An archive open for searching and indexing."""

    def __init__(
        self,
        settings: Settings,
        create: bool = False,
        wait: float = 0.0,
        observer: Observer | None = None,
        original: bool = False,
    ) -> None:
        """Open the store that `settings` names; `wait` is how many seconds to wait for another owner.

        `original` leaves an adapted encoder and its vectors aside.

        Raises:
            StoreMissing: there is no store and `create` is off.
            StoreInUse: another process owns the indexes.
            StoreMismatch: it was built with another model or schema.
            ModelUnavailable: a configured model cannot be used.
        """
        self._observer, self._model = observer, chat_model(settings)  # first: a wrong setting creates nothing
        if self._model is not None and observer is not None:
            self._model.callbacks = [ModelWatch(observer.completed)]
        self._reranker = None if settings.reranker is None else Reranker(settings.reranker)
        with ExitStack() as stack:
            self.settings = settings = settings if create else stack.enter_context(readable(settings))
            self.encoders, self.library = AdaptedEncoders(settings.store / "models"), ModelLibrary(settings.models)
            self.fast = FastEncoders(settings.store / "fast", settings.encoder == "auto")
            # Any other encoder only searches: the thresholds of answers were set on the cosines of the packaged one.
            self.judge = self._encoder(PACKAGED_MODEL)
            self.original = self._search_encoder()
            self._store = stack.enter_context(closing(OpenStore(settings, self.original.name, create, wait)))
            self.catalog, self.lock = self._store.catalog, self._store.lock
            self.adapted = None if original else self.catalog.manifest().get(ADAPTED) or None
            self.embeddings = self.encoder(self.adapted) if self.adapted else self.original
            # The matrices are small: more threads gain nothing, and each waits busily for the next product.
            threadpool_limits(1, user_api="blas")
            self._open_indexes(stack)
            self._scoped: dict[Clearance, ScopedArchive] = {}
            self.retriever, self.chain = self.as_reader(OWNER).retriever, self.as_reader(OWNER).chain
            self._resources = stack.pop_all()

    def _open_indexes(self, stack: ExitStack) -> None:
        vectors = stack.enter_context(closing(self._open_vectors()))
        self.indexes = Indexes(vectors, self._lexical())
        self._indexer = Indexer(self.catalog, vectors.entries, self.embeddings, self.indexes)
        encoders = (self.judge, self.original, self.embeddings)
        self._refill = GraphRefill(self.catalog, vectors, self._indexer, self._store.owned)
        self._eraser = Eraser(self.catalog, self.indexes, self._indexer, self._refill, encoders, self.settings.store)
        if self._store.owned:
            self._eraser.finish()  # what a withdrawal that was broken off left to do

    def _open_vectors(self) -> VectorIndex:
        location, store = self.settings.chroma_location, self._store
        flat, collection = self.settings.flat_folder, collection_of(self.adapted)
        crashed = store.left_behind and ends_its_reader(location, flat, collection)
        opened = partial(self.vectors, self.embeddings, self.adapted)
        return open_vectors(opened, location, store.owned, crashed)

    def as_reader(self, reader: Clearance) -> ScopedArchive:
        """The archive as this reader sees it."""
        if reader not in self._scoped:  # there are few clearances, so all are kept
            self._scoped[reader] = self._scoped_archive(reader)
        return self._scoped[reader]

    def search(self, question: str, k: int = 20, filters: Filters | None = None) -> list[RetrievedParagraph]:
        """The `k` best paragraphs for the owner, best first."""
        return self.as_reader(OWNER).search(question, k, filters)

    def stream(self, ask: Query) -> AsyncGenerator[Event, None]:
        """The events of answering a question for the owner."""
        return self.as_reader(OWNER).stream(ask)

    def index_pending(self, progress: Callable[[int], None] = lambda done: None, most: int | None = None) -> int:
        """Index the cables the catalog marks as not indexed, `most` of them or all; returns how many."""
        self.make_fast(self.embeddings)
        if most is None:  # a service refills it in the background
            self.refill_graph()
        done = self._indexer.run(progress, most)
        self._eraser.finish()
        return done

    def refill_graph(
        self, progress: Callable[[int], None] = lambda done: None, stopped: Callable[[], bool] = lambda: False
    ) -> bool:
        """Make Chroma's graph anew if it was found damaged, as `GraphRefill.run`."""
        return self._refill.run(progress, stopped)

    def outgoing(self) -> Outgoing | None:
        """What `index_pending` would send to another machine to be encoded; None if nothing."""
        if self.embeddings.sends_to is None:
            return None
        paragraphs, characters = self._indexer.unencoded()
        return Outgoing(self.embeddings.sends_to, paragraphs, characters) if paragraphs else None

    def withdraw(self, order: WithdrawalOrder) -> Withdrawal:
        """Take a cable, a paragraph or a name out for good; returns when no file of the store holds it any more.

        Raises:
            BadInput: the reason, the name or a paragraph number cannot be used.
            NotFound: there is no such cable or paragraph, or it does not hold the name.
        """
        return self._eraser.withdraw(order)

    def precision(self) -> str | None:
        """What the encoder computes with, and why not with something faster; None until it was used."""
        used, reason = self.embeddings.precision, self.fast.unavailable_reason
        return f"{used}; {reason}" if used and reason else used

    def encoder(self, name: str) -> SentenceEmbeddings:
        """The fetched or adapted encoder of this name.

        Raises:
            ModelUnavailable: there is none.
        """
        if name == PACKAGED_MODEL:
            return self.judge
        known = KNOWN.get(name)
        return self._encoder(str(self.library.path(known) if known else self.encoders.folder(name)))

    def _search_encoder(self) -> SearchEmbeddings:
        model, dimensions = self.settings.embedding_model, self.settings.embedding_dimensions
        if (provider := provider_of(model)) is None:
            packaged = model == PACKAGED_MODEL and dimensions is None
            return self.judge if packaged else self._encoder(model, dimensions)
        url, most = self.settings.embedding_base_url, self.settings.embedding_max_classification
        served = partial(ServedEmbeddings, model, embedding_client(self.settings), dimensions=dimensions)
        if not is_remote(provider, url):
            return served()
        sends_to = f"{model} at {url}" if url else model
        if most is None:
            return served(sends_to)
        return served(sends_to, Disclosure(most, "CABLES_EMBEDDING_MAX_CLASSIFICATION").allows)

    def _encoder(self, model: str, dimensions: int | None = None) -> SentenceEmbeddings:
        return SentenceEmbeddings(model, self.settings.vector_memory_mb * 1_000_000, self.fast, dimensions)

    def make_fast(self, encoder: SearchEmbeddings) -> None:
        """Make fast versions of this encoder and the original, once the archive is large enough to calibrate them."""
        computed = (each for each in {self.judge, self.original, encoder} if isinstance(each, SentenceEmbeddings))
        missing = [slow for slow in computed if self.fast.lacks(slow.folder)]
        if missing and (windows := calibration_windows(self.catalog, self.indexes.vectors.entries)):
            for slow in missing:
                slow.make_fast(windows)
            used = (self.judge, self.original, self.embeddings, encoder)
            self.fast.keep_only([each.folder for each in used])

    def audit(self, progress: Callable[[int], None] = lambda done: None) -> Audit:
        """Whether catalog and indexes agree; `progress` gets the number of cables done."""
        return Auditor(self.catalog, self.indexes, self.embeddings).run(progress)

    def announce(self, url: str) -> None:
        """Let commands on an embedded store know that this process answers at `url`."""
        self._store.announce(url)

    def check(self) -> None:
        """Check that the catalog and the vector index answer.

        Raises:
            StoreUnavailable: one of them does not answer.
        """
        self.catalog.size()
        vectors = self.indexes.vectors
        vectors.check()
        if vectors.graph.fault and not self._store.owned and vectors.graph.is_due(_LOOK_AGAIN_SECONDS):
            vectors.check_graph()  # its owner may have made it anew

    def load_models(self) -> None:
        """Read the encoders, the reranker and Chroma's graph, so that the first question need not wait for it."""
        self.embeddings.load()
        self.judge.load()
        if self._reranker is not None:
            self._reranker.load()
        self._refill.check()

    def close(self) -> None:
        """Close the indexes and the catalog, and release the lock."""
        self._resources.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def vectors(self, embeddings: SearchEmbeddings, adapted: str | None) -> VectorIndex:
        """The vectors of the original encoder, or those of the adapted one of this name; empty where there are none."""
        settings = self.settings
        return VectorIndex(settings.chroma_location, settings.flat_folder, embeddings, collection_of(adapted))

    def _lexical(self) -> LexicalIndex:
        folder = self.settings.store / "lexical"
        if self.settings.chroma_url is None:
            return LexicalIndex(folder)
        snapshots = LexicalSnapshots(self.settings.published)
        return PublishingLexicalIndex(folder, snapshots) if self._store.owned else PublishedLexicalIndex(snapshots)

    def _scoped_archive(self, reader: Clearance) -> ScopedArchive:
        catalog = self.catalog.as_reader(reader)
        lexical = self.indexes.lexical.as_reader(reader)
        vectors = self.indexes.vectors.as_reader(reader)
        late = LateInteraction(self.judge, lexical.word_idf)
        weights = weights_of(self.embeddings.name)
        retriever = Retriever(catalog, vectors, lexical, self.embeddings, late, weights, self._reranker)
        calls = None if self._model is None else ModelCalls(self._model, self.settings.llm_budget)
        quotations = extractor(catalog, self.judge, lexical)
        coverage = NameCoverage(catalog, lexical)
        multilingual = is_multilingual(self.embeddings.name)
        who = Introductions(catalog, NameVariants(lexical))
        answerer = build_answerer(self.settings, catalog, self.judge, quotations, coverage, calls, multilingual, who)
        follow_ups = FollowUps(catalog, retriever, build_rewriter(self.settings, calls))
        parser = QueryParser(catalog, lexical, PhrasingReader(self.judge), vocabulary(self.judge.folder))
        of_catalog = CatalogAnswerer(catalog, lexical, retriever)
        steps = build_model_steps(self.settings, retriever, calls)
        pipeline = QuestionPipeline(catalog, parser, retriever, answerer, follow_ups, of_catalog, steps)
        return ScopedArchive(catalog, lexical, retriever, Scanner(catalog, lexical), pipeline, self._observer)
