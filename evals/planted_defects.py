"""`python -m evals.planted_defects`: plants ten defects one after the other and sees that the gate catches each.

Over the bundled sample. First the gate must pass without a defect, then the check that a defect names must fail with
it. Prints a line each; 1 if the gate is wrong about one of them.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from unittest.mock import patch

from evals.archives import SAMPLE, temporary_archive
from evals.gate import GateCheck, asked, gate_checks, of_probe, of_run
from evals.gates import load_gates
from rag.answers.extractive import Extract, Extractor
from rag.answers.verification import SentenceVerdict, Verifier
from rag.archive import Archive
from rag.domain.access import OWNER
from rag.domain.cable import Cable
from rag.domain.filters import Filters
from rag.domain.paragraph_key import cable_id_of
from rag.errors import CablesError
from rag.index.windows import WindowCutter
from rag.llm import prompt
from rag.query import named_times, parsed_query
from rag.query.hard_filters import merged, read_hard_filters
from rag.query.soft_filters import read_soft_filters
from rag.retrieval.retrieval import Retrieved, Retriever

Measure = Callable[[Archive], Sequence[GateCheck]]
Plant = Callable[[Archive], AbstractContextManager[Archive]]


@dataclass(frozen=True, slots=True)
class PlantedDefect:
    """A defect: how it is planted in an archive, which checks are asked, and the one that must catch it."""

    name: str
    plant: Plant
    measure: Measure
    caught_by: str


@contextmanager
def reranker_off(archive: Archive) -> Iterator[Archive]:
    """Nothing is compared token by token."""
    weights = replace(archive.retriever._weights, reranked=0)
    with patch.object(archive.retriever, "_weights", weights):
        yield archive


@contextmanager
def citations_shuffled(archive: Archive) -> Iterator[Archive]:
    """Each sentence is cited to the paragraph that was found after its own."""
    extract = Extractor.extract

    def shuffled(self: Extractor, query: Any, paragraphs: Any) -> Extract:
        result, keys = extract(self, query, paragraphs), [each.key for each in paragraphs]
        following = dict(zip(keys, keys[1:] + keys[:1], strict=True))
        return replace(
            result,
            sentences=tuple(
                replace(each, citations=tuple(following.get(key, key) for key in each.citations))
                for each in result.sentences
            ),
            quotes=tuple(replace(each, key=following.get(each.key, each.key)) for each in result.quotes),
        )

    with patch.object(Extractor, "extract", shuffled):
        yield archive


@contextmanager
def verification_off(archive: Archive) -> Iterator[Archive]:
    """Every sentence of a model is taken as supported."""
    with patch.object(Verifier, "verdict", lambda *_, **__: SentenceVerdict()):
        yield archive


@contextmanager
def filters_always_hard(archive: Archive) -> Iterator[Archive]:
    """Dates and posts of the story are demanded of the cables, whatever is found without them."""

    def hard(question: str, posts: Any) -> Filters:
        soft = read_soft_filters(question, posts)
        period = soft.periods[0] if soft.periods else None
        first, last = (period.first, period.last) if period else (None, None)
        return merged(read_hard_filters(question, posts), Filters(posts=soft.posts, date_from=first, date_to=last))

    weights = replace(archive.retriever._weights, dropped=float("inf"))
    with (
        patch.object(parsed_query, "read_hard_filters", hard),
        patch.object(archive.retriever, "_weights", weights),
    ):
        yield archive


@contextmanager
def clearance_ignored(archive: Archive) -> Iterator[Archive]:
    """Whoever asks is answered as the owner is."""
    as_reader = Archive.as_reader
    with patch.object(Archive, "as_reader", lambda self, _: as_reader(self, OWNER)):
        yield archive


@contextmanager
def name_in_the_prompt(archive: Archive) -> Iterator[Archive]:
    """The rules end with an example sentence about a person of the archive."""
    with patch.object(prompt, "SYSTEM", f"{prompt.SYSTEM} Write like this: Premier Fenn had all copies collected [2]."):
        yield archive


@contextmanager
def stale_index(archive: Archive) -> Iterator[Archive]:
    """A cable came again with other words, and the indexes still have the old ones."""
    [cable] = archive.catalog.cables(archive.catalog.ids()[:1])
    _put_unindexed(archive, replace(cable, paragraphs=(replace(cable.paragraphs[0], text="Other words."),)))
    yield archive
    _put_unindexed(archive, cable)


def _put_unindexed(archive: Archive, cable: Cable) -> None:
    archive.catalog.put(cable)
    archive.catalog.mark_indexed([str(cable.id)])


@contextmanager
def wrong_year(archive: Archive) -> Iterator[Archive]:
    """A year that a question names is read as the one after it."""
    days = named_times._days

    def a_year_later(point: Any) -> tuple[date, date] | None:
        read = days(point)
        return None if read is None else (_year_later(read[0]), _year_later(read[1]))

    with patch.object(named_times, "_days", a_year_later):
        yield archive


def _year_later(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, 28))


@contextmanager
def tails_dropped(archive: Archive) -> Iterator[Archive]:
    """Only the first window of a paragraph is indexed."""
    cut = WindowCutter.cut
    with ExitStack() as stack:
        stack.enter_context(patch.object(WindowCutter, "cut", lambda *arguments: cut(*arguments)[:1]))
        yield stack.enter_context(temporary_archive(SAMPLE.cables, SAMPLE.encoder))


@contextmanager
def one_cable_only(archive: Archive) -> Iterator[Archive]:
    """All that is found is of the first cable found."""
    retrieve = Retriever.retrieve

    def of_the_first(self: Retriever, query: Any, k: int = 20) -> Retrieved:
        found = retrieve(self, query, k)
        first = {cable_id_of(each.key) for each in found.paragraphs[:1]}
        return replace(found, paragraphs=[each for each in found.paragraphs if cable_id_of(each.key) in first])

    with patch.object(Retriever, "retrieve", of_the_first):
        yield archive


def _golden(archive: Archive) -> list[GateCheck]:
    return list(of_run(asked(archive, SAMPLE), load_gates()))


def _probe(name: str) -> Measure:
    return lambda archive: [of_probe(name, archive)]


def _of_probe(name: str, plant: Plant, probe: str) -> PlantedDefect:
    return PlantedDefect(name, plant, _probe(probe), f"probe: {probe}")


_BASELINE = "sample against its baseline"
DEFECTS = (
    PlantedDefect("reranker off", reranker_off, _golden, "sample all: MRR"),
    PlantedDefect("citations shuffled", citations_shuffled, _golden, f"{_BASELINE}: citation precision"),
    _of_probe("verification off", verification_off, "fabrications withheld"),
    _of_probe("filters always hard", filters_always_hard, "hints do not exclude"),
    _of_probe("clearance ignored", clearance_ignored, "clearance"),
    _of_probe("a name in the prompt's example", name_in_the_prompt, "prompts without names"),
    _of_probe("stale index", stale_index, "index agreement"),
    _of_probe("wrong year", wrong_year, "years as written"),
    _of_probe("window tails dropped", tails_dropped, "tails found"),
    PlantedDefect("one cable only", one_cable_only, _golden, f"{_BASELINE}: recall@20"),
)


def main() -> int:
    """Print a line for each defect."""
    wrong = 0
    try:
        with temporary_archive(SAMPLE.cables, SAMPLE.encoder) as archive:
            for check in gate_checks(archive, SAMPLE, asked(archive, SAMPLE), load_gates()):
                if not check.passed:
                    wrong += 1
                    print(f"FAIL without a defect: {check}", flush=True)
            for defect in DEFECTS:
                with defect.plant(archive) as defective:
                    failed = [check for check in defect.measure(defective) if not check.passed]
                caught = defect.caught_by in {check.name for check in failed}
                wrong += not caught
                shown = "; ".join(f"{check.name}, {check.figure}" for check in failed) or "nothing"
                print(f"{'caught' if caught else 'MISSED'} {defect.name}: {shown}", flush=True)
    except CablesError as error:
        print(error, file=sys.stderr)
        return 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
