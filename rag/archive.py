"""The composition root: names the concrete classes and puts an archive together from the settings."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import closing
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rag.catalog import Catalog
from rag.errors import StoreMismatch, StoreMissing
from rag.filters import Filters
from rag.lock import StoreLock
from rag.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable

    from rag.answer import Answer
    from rag.answering import Answerer
    from rag.asking import Ask
    from rag.embedding import SentenceEmbeddings
    from rag.events import Event, Steps
    from rag.lexical import LexicalIndex
    from rag.observer import Observer
    from rag.passage import Passage

SCHEMA_VERSION = "1"
_CATALOG = "catalog.sqlite3"


def open_catalog(settings: Settings, create: bool = False) -> Catalog:
    """The catalog of the store, without its indexes: needs neither lock nor models.

    Raises:
        StoreMissing: no store is there and `create` is off.
    """
    if settings.catalog_url:
        return Catalog(settings.catalog_url)
    path = settings.store / _CATALOG
    if create:
        settings.store.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        raise StoreMissing(
            f"there is no store in {settings.store}; make one with `cables ingest PATH` or name another with --store"
        )
    return Catalog(f"sqlite:///{path}")


class Archive:
    """An archive open for searching and indexing.

    An embedded store's indexes have this one owner until it closes. With a Chroma server only the process that
    opened it with `create` is an owner and may ingest; the others read what it publishes.
    """

    def __init__(
        self, settings: Settings, create: bool = False, wait: float = 0.0, observer: "Observer | None" = None
    ) -> None:
        """Open the store that `settings` names; `wait` is how many seconds another owner is waited for.

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
        self.owner = create or settings.chroma_url is None
        self._observer = observer
        model = chat_model(settings)  # first: a wrong setting is told before anything is made
        if model is not None and observer is not None:
            model.callbacks = [ModelWatch(observer.completed)]
        embeddings = SentenceEmbeddings(settings.embedding_model)
        self.catalog = open_catalog(settings, create)
        self.lock: StoreLock | None = None
        try:
            if self.owner:
                settings.store.mkdir(parents=True, exist_ok=True)
                self.lock = StoreLock(settings.store, wait)
            self._check_manifest(embeddings.name)
            self._compose(settings, embeddings, model)
        except BaseException:
            self.close()
            raise

    def search(self, question: str, k: int = 20, filters: Filters | None = None) -> "list[Passage]":
        """The `k` best paragraphs, best first."""
        return self.retriever.search(question, k, filters)

    def stream(self, ask: "Ask") -> "AsyncGenerator[Event, None]":
        """Statuses at once, each sentence when it is verified, then the answer; closing it early stops the work."""
        from rag.events import in_threads

        return in_threads(self._observed(self._asking.events(ask)))

    def labels(self, keys: Sequence[str]) -> dict[str, str]:
        """The citations of these paragraphs, as a reader writes them."""
        return {each.key: each.citation for each in self.retriever.passages([(key, 0.0) for key in keys])}

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
        if self.lock is not None:
            self.lock.release()
        self.catalog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _compose(self, settings: Settings, embeddings: object, model: object) -> None:
        from langchain_core.language_models import BaseChatModel

        from rag.asking import Asking
        from rag.chain import answer_chain
        from rag.embedding import SentenceEmbeddings
        from rag.indexes import Indexes
        from rag.late_interaction import LateInteraction
        from rag.retrieval import Retriever
        from rag.vectors import VectorIndex

        assert isinstance(embeddings, SentenceEmbeddings)  # noqa: S101
        assert model is None or isinstance(model, BaseChatModel)  # noqa: S101
        lexical = self._lexical(settings)
        vectors = VectorIndex(settings.chroma_url or settings.store / "chroma", embeddings)
        self.embeddings = embeddings
        self.indexes: Indexes = Indexes(self.catalog, vectors, lexical)
        self.retriever = Retriever(self.catalog, vectors, lexical, embeddings, LateInteraction(embeddings))
        answerer = _answerer(settings, self.catalog, embeddings, lexical, model)
        self._asking = Asking(self.catalog, self.retriever, answerer)
        self.chain: Runnable[Ask, Answer] = answer_chain(self._asking)

    def _observed(self, steps: "Steps") -> "Steps":
        from rag.events import Answered

        with closing(steps):
            for event in steps:
                if self._observer is not None and isinstance(event, Answered):
                    self._observer.answered(event.answer)
                yield event

    def _lexical(self, settings: Settings) -> "LexicalIndex":
        from rag.lexical import LexicalIndex
        from rag.published_lexical import LexicalSnapshots, PublishedLexicalIndex, PublishingLexicalIndex

        folder = settings.store / "lexical"
        if settings.chroma_url is None:
            return LexicalIndex(folder)
        snapshots = LexicalSnapshots(settings.snapshots or settings.store / "published")
        return PublishingLexicalIndex(folder, snapshots) if self.owner else PublishedLexicalIndex(snapshots)

    def _check_manifest(self, model: str) -> None:
        ours = {"model": model, "schema": SCHEMA_VERSION}
        held = self.catalog.manifest()
        for name, value in ours.items():
            if held.get(name, value) != value:
                raise StoreMismatch(
                    f"the store {self.settings.store} was built with {name} {held[name]}, this is {name} {value}; "
                    + _remedy(name, held[name])
                )
        if self.owner and not set(ours) <= set(held):
            self.catalog.set_manifest(ours)


def _answerer(
    settings: Settings,
    catalog: Catalog,
    embeddings: "SentenceEmbeddings",
    lexical: "LexicalIndex",
    model: "BaseChatModel | None",
) -> "Answerer":
    from rag.answering import Answerer
    from rag.disclosure import Disclosure, is_remote
    from rag.entailment import Entailment
    from rag.extractive import Extractor
    from rag.llm_answer import ModelWriter
    from rag.model_calls import ModelCalls
    from rag.verification import Verifier

    extractor = Extractor(embeddings, lexical, lambda: catalog.size().paragraphs)
    if model is None:
        return Answerer(catalog, extractor)
    calls = ModelCalls(model, settings.llm_budget)
    entailment = Entailment(calls) if settings.verify == "llm" else None
    writer = ModelWriter(calls, embeddings, Verifier(embeddings), entailment)
    name = settings.llm or ""
    most = settings.llm_max_classification
    remote = is_remote(name.partition(":")[0], settings.llm_base_url)
    return Answerer(catalog, extractor, writer, name, Disclosure(catalog, most) if most and remote else None)


def _remedy(name: str, value: str) -> str:
    if name == "model":
        return f"set CABLES_EMBEDDING_MODEL to {value} or run `cables rebuild`"
    return "ingest the cables into a new store"
