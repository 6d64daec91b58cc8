"""An answerer over an archive whose language model is a scripted server."""

import asyncio
from typing import Any

from rag.answers.answerer import Answerer
from rag.answers.assembly import extractor
from rag.answers.entailment import Entailment
from rag.answers.extractive import Extractor
from rag.answers.generative import ModelWriter
from rag.answers.name_coverage import NameCoverage
from rag.answers.verification import Verifier
from rag.archive import Archive
from rag.domain.answer import Answer
from rag.domain.events import last
from rag.llm.disclosure import Disclosure
from rag.llm.llm import chat_model
from rag.llm.model_calls import ModelCalls
from rag.llm.prompting import Prompting
from rag.query.parsed_query import ParsedQuery
from rag.settings import Settings
from tests.rag.openai_server import ModelReply, Script, Scripted, openai_server

QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"
RIGHT = "The idea came from the chief of staff, Leopold Starkey, and not from the Navy [1]."


def quotations(archive: Archive) -> Extractor:
    return extractor(archive.catalog, archive.judge, archive.indexes.lexical)


def writer(archive: Archive, url: str, timeout: float = 5, entail: bool = False, small: bool = False) -> ModelWriter:
    model = chat_model(Settings(llm="openai:scripted", llm_base_url=url, llm_api_key="key", llm_timeout=timeout))
    assert model is not None
    calls = ModelCalls(model, budget=4)
    entailment = Entailment(calls) if entail else None
    return ModelWriter(calls, archive.judge, Verifier(archive.judge), entailment, Prompting(small))


def answerer(
    archive: Archive,
    url: str,
    timeout: float = 5,
    most: str | None = None,
    entail: bool = False,
    small: bool = False,
) -> Answerer:
    disclosure = Disclosure(most) if most else None
    return Answerer(
        archive.catalog,
        quotations(archive),
        NameCoverage(archive.catalog, archive.indexes.lexical),
        writer(archive, url, timeout, entail, small),
        "openai:scripted",
        disclosure,
    )


def asked(
    archive: Archive, script: list[ModelReply] | Script, question: str = QUESTION, **options: Any
) -> tuple[Answer, Scripted]:
    passages = archive.search(question, 20)
    with openai_server(script) as server:
        work = answerer(archive, server.url, **options)
        return asyncio.run(last(work.events(ParsedQuery(question), passages))), server
