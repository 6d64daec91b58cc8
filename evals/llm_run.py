"""Questions asked one after the other, with what a language model did for each and how long a reader waited."""

import asyncio
import hashlib
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.golden import GoldenQuestion
from evals.metrics import ScoredQuestion, score_row
from evals.run import cited_texts
from rag.archive import Archive
from rag.domain.events import Event, Stated, last
from rag.query.conversation import Turn
from rag.query.query import Query

WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with its `ask` object and scores.

    `first` is how many seconds passed until the first sentence was shown, None where none was; `cpu` the seconds that
    this process computed, a local model included; `memory` its resident megabytes afterwards.
    """

    question: GoldenQuestion
    row: dict[str, Any]
    scored: ScoredQuestion
    seconds: float
    first: float | None
    cpu: float
    memory: int

    @property
    def outcome(self) -> str:
        """`written` by the model, `quoted` in its place, or `declined`; the last two with the reason."""
        if self.row["abstained"] or self.row["mode"] == "extractive":
            kind = "declined" if self.row["abstained"] else "quoted"
            return f"{kind}: {(self.row['reason'] or 'no model was asked').partition(';')[0]}"
        return WRITTEN


def chosen(questions: Sequence[GoldenQuestion], most: int) -> list[GoldenQuestion]:
    """At most so many, always the same ones, those to answer and those to decline in the share they have."""
    mixed = sorted(questions, key=lambda question: hashlib.sha256(f"llm {question.id}".encode()).digest())
    return mixed[:most]


def ask_all(
    archive: Archive, questions: Sequence[GoldenQuestion], done: Callable[[AskedQuestion], None] = lambda asked: None
) -> list[AskedQuestion]:
    """Ask them in order; `done` is called after each."""
    archive.load_models()  # which must not count as time of the first question
    asked = []
    for question in questions:
        asked.append(asyncio.run(_ask(archive, question)))
        done(asked[-1])
    return asked


async def _ask(archive: Archive, question: GoldenQuestion) -> AskedQuestion:
    turns = tuple(Turn("user", text) for text in question.history)
    stated: list[float] = []
    started, computed = time.perf_counter(), time.process_time()

    async def watched() -> AsyncGenerator[Event, None]:
        async with aclosing(archive.stream(Query(question.question, turns=turns))) as events:
            async for event in events:
                if isinstance(event, Stated):
                    stated.append(time.perf_counter() - started)
                yield event

    answer = await last(watched())
    seconds, cpu = time.perf_counter() - started, time.process_time() - computed
    row = {"id": question.id, **answer.json()}
    scored = score_row(row, question, cited_texts(archive.catalog, row))
    return AskedQuestion(question, row, scored, seconds, stated[0] if stated else None, cpu, resident_megabytes())


def resident_megabytes() -> int:
    """The memory of this process that is not swapped out, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1000
