"""What must hold of every archive whatever its figures are: each probe is the share of cases in which it does.

They see what golden questions do not: text shown to readers who may not have it, indexes that lag behind the catalog,
ends of long paragraphs that no vector stands for, sentences of a model that no source states, and names of the archive
in the prompts, which a small model repeats.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

from langchain_core.language_models.fake_chat_models import FakeListChatModel

from evals.golden import GoldenQuestion
from evals.ranking import places, recall
from rag.answers.assembly import build_answerer, extractor
from rag.answers.introductions import Introductions
from rag.answers.name_coverage import NameCoverage
from rag.archive import Archive
from rag.domain.access import Clearance
from rag.domain.events import last
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.llm import prompt, restating, translation
from rag.llm.model_calls import ModelCalls
from rag.pipeline import RETRIEVED
from rag.query.name_variants import NameVariants
from rag.query.parsed_query import ParsedQuery
from rag.query.query import Query
from rag.text.language import LANGUAGES

Questions = Sequence[GoldenQuestion]

_ASKED = 12  # questions
_HINT = "Thinking of what happened in 1971:"
_FABRICATED = 4  # questions
_FABRICATION = "The Sultan of Zanzibar bought 4711 airships from Captain Nemo in 1931"
_LONG = 260  # words of a paragraph that is more than one window in every encoder
_TAIL = 30  # words
_TAILS = 12
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_LOWER = re.compile(r"\b[a-z]{3,}\b")
_PROMPTS: tuple[ModuleType, ...] = (prompt, restating, translation)


def clearance(archive: Archive, questions: Questions) -> float | None:
    """Answers to a reader cleared for unclassified text alone that show nothing but unclassified text."""
    reader = archive.as_reader(Clearance(Level.U))
    above = {each.id: sum(marking != "U" for marking in _markings(archive, each.keys)) for each in questions}
    asked = sorted(questions, key=lambda each: -above[each.id])[:_ASKED]
    shown = [_shown(reader.chain.invoke(Query(question.question)).json()) for question in asked]
    return _share(all(marking == "U" for marking in _markings(archive, keys)) for keys in shown)


def index_agreement(archive: Archive, questions: Questions) -> float | None:
    """Whether catalog and indexes agree, as `cables verify` finds."""
    return float(archive.audit().agrees)


def tails_found(archive: Archive, questions: Questions) -> float | None:
    """Long paragraphs that are found by the meaning of their last words."""
    catalog, vectors = archive.catalog, archive.indexes.vectors
    paragraphs = (paragraph for cable in catalog.cables(catalog.ids()) for paragraph in cable.paragraphs)
    tails = {str(each.key): " ".join(words[-_TAIL:]) for each in paragraphs if len(words := each.text.split()) >= _LONG}
    chosen = sorted(tails)[:: max(1, len(tails) // _TAILS)]
    return _share(
        key in {hit.key for hit in vectors.search(archive.embeddings.embed_query(tails[key]), 3, Filters())}
        for key in chosen
    )


def fabrications_withheld(archive: Archive, questions: Questions) -> float | None:
    """Sentences of a language model that no source states and that are not shown."""
    settings = archive.settings.model_copy(update={"llm": "probe", "verify": "words", "llm_size": "large"})
    catalog, lexical = archive.catalog, archive.indexes.lexical
    calls = ModelCalls(FakeListChatModel(responses=[f"{_FABRICATION}. [1]"]), budget=30.0)
    names, variants = NameCoverage(catalog, lexical), NameVariants(lexical)
    quotations = extractor(catalog, archive.judge, lexical)
    who = Introductions(catalog, variants)
    answerer = build_answerer(settings, catalog, archive.judge, quotations, names, calls, False, who)
    answerable = [question for question in questions if question.answerable]
    answers = (
        asyncio.run(last(answerer.events(ParsedQuery(each.question), archive.search(each.question, 3))))
        for each in answerable[:_FABRICATED]
    )
    return _share(_FABRICATION not in answer.text for answer in answers)


def prompts_without_names(archive: Archive, questions: Questions) -> float | None:
    """Prompts that hold no name which the archive's cables hold too."""
    catalog = archive.catalog
    texts = [paragraph.text for cable in catalog.cables(catalog.ids()) for paragraph in cable.paragraphs]
    common = {word for text in texts for word in _LOWER.findall(text)}
    names = {name for text in texts for name in _NAME.findall(text) if name.lower() not in common}
    names = (names | {name.title() for name in catalog.posts().values()}) - set(LANGUAGES.values())
    prompts = [text for module in _PROMPTS for name, text in vars(module).items() if _is_prompt(name, text)]
    return _share(not any(re.search(rf"\b{re.escape(name)}\b", text) for name in names) for text in prompts)


def years_as_written(archive: Archive, questions: Questions) -> float | None:
    """Years of the archive for which the cables counted are those that were sent in it."""
    catalog = archive.catalog
    sent: dict[int, set[str]] = defaultdict(set)
    for cable in catalog.cables(catalog.ids()):
        if cable.date is not None:
            sent[cable.date.year].add(str(cable.id))
    return _share(_counted(archive, f"How many cables are there from {year}?") == sent[year] for year in sorted(sent))


def hints_do_not_exclude(archive: Archive, questions: Questions) -> float | None:
    """Questions whose evidence is still found when they name a year of which the archive has nothing."""
    answerable = [question for question in questions if question.answerable][:_ASKED]
    return _share(
        recall(places(archive.chain.invoke(Query(f"{_HINT} {each.question}")).retrieved), each.gold, RETRIEVED) > 0
        for each in answerable
    )


PROBES: Mapping[str, Callable[[Archive, Questions], float | None]] = {
    "clearance": clearance,
    "index agreement": index_agreement,
    "tails found": tails_found,
    "fabrications withheld": fabrications_withheld,
    "prompts without names": prompts_without_names,
    "years as written": years_as_written,
    "hints do not exclude": hints_do_not_exclude,
}
"""By name; each is 1 where all is well, and None where the archive has no case of it."""


def _counted(archive: Archive, question: str) -> set[str]:
    """The cables in the table of an answer from the catalog."""
    table = archive.chain.invoke(Query(question)).table
    return set() if table is None else {str(row[table.columns.index("cable")]) for row in table.rows}


def _markings(archive: Archive, keys: Sequence[str]) -> list[str | None]:
    """The effective markings as the catalog has them, read by no rule of access."""
    return [paragraph.effective_marking for _, paragraph in archive.catalog.paragraphs(list(keys)).values()]


def _shown(answer: Mapping[str, Any]) -> list[str]:
    """The keys of all paragraphs that an `ask` object names."""
    cited = (citation["key"] for citation in answer["citations"])
    return [key for key in (*answer["retrieved"], *answer["closest"], *cited) if "#" in key]


def _is_prompt(name: str, value: object) -> bool:
    return isinstance(value, str) and not name.startswith("__")


def _share(cases: Iterable[bool]) -> float | None:
    held = list(cases)
    return sum(held) / len(held) if held else None
