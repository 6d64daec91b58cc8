"""Puts together, from the settings, what answers one reader's questions."""

from collections.abc import Sequence

from rag.answers.answerer import Answerer
from rag.answers.entailment import Entailment
from rag.answers.evidence import EvidenceReader
from rag.answers.extractive import Extractor
from rag.answers.generative import ModelWriter
from rag.answers.introductions import Introductions
from rag.answers.name_coverage import NameCoverage
from rag.answers.verification import Verifier
from rag.catalog.catalog_reader import CatalogReader
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.encoders.embedding import SentenceEmbeddings
from rag.encoders.tokens import TokenReader
from rag.index.bm25 import smoothed_idf
from rag.index.lexical import LexicalIndex
from rag.index.lexical_documents import analyzer
from rag.index.window_entries import WindowEntries
from rag.llm.disclosure import Disclosure, is_remote
from rag.llm.model_calls import ModelCalls
from rag.llm.prompting import prompting
from rag.llm.rewriting import Rewriter
from rag.settings import Settings


def extractor(catalog: CatalogReader, embeddings: SentenceEmbeddings, lexical: LexicalIndex) -> Extractor:
    """What chooses the quotations of one reader's answers."""
    entries = WindowEntries(embeddings.folder)

    def windows(retrieved: RetrievedParagraph) -> Sequence[str]:
        return entries.texts(retrieved.cable, retrieved.paragraph)

    def rarity(terms: Sequence[str]) -> dict[str, float]:
        size = catalog.size().paragraphs
        return {term: smoothed_idf(lexical.document_frequency(term), size) for term in terms}

    reader = EvidenceReader(TokenReader(embeddings), windows, analyzer().analyze, rarity)
    return Extractor(reader, NameCoverage(catalog, lexical))


def build_answerer(
    settings: Settings,
    catalog: CatalogReader,
    embeddings: SentenceEmbeddings,
    quotations: Extractor,
    mentions: NameCoverage,
    calls: ModelCalls | None,
    multilingual: bool,
    introductions: Introductions,
) -> Answerer:
    """What answers one reader's questions; by quotation where `calls` is None."""
    if calls is None:
        return Answerer(catalog, quotations, mentions, multilingual=multilingual, introductions=introductions)
    asked = prompting(settings)
    judges = settings.verify == "llm" or (settings.verify is None and not asked.small)
    entailment = Entailment(calls) if judges else None
    writer = ModelWriter(calls, embeddings, Verifier(embeddings), entailment, asked)
    name = settings.llm or ""
    return Answerer(catalog, quotations, mentions, writer, name, _disclosure(settings), multilingual, introductions)


def build_rewriter(settings: Settings, calls: ModelCalls | None) -> Rewriter | None:
    """What makes follow-ups stand alone; None without a language model."""
    return None if calls is None else Rewriter(calls, _disclosure(settings))


def _disclosure(settings: Settings) -> Disclosure | None:
    most = settings.llm_max_classification
    remote = is_remote((settings.llm or "").partition(":")[0], settings.llm_base_url)
    return Disclosure(most) if most and remote else None
