"""Speed of the local language model on this machine.

`python -m evals.bench.llm [--questions N] [--store DIR]` asks questions of the bundled sample, one at a time. A JSON
line has tokens read and written a second as the model's server counts them, and seconds a question and to its first
sentence.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from evals.archives import SAMPLE, benchmark_archive
from evals.golden import load
from evals.llm_run import WRITTEN, ask_all, chosen
from rag.archive import Archive
from rag.errors import ModelUnavailable
from rag.llm.llm import LOCAL, chat_model
from rag.settings import Settings

QUESTIONS = 10
_READ_CHARACTERS = 4_000  # some 900 tokens, as many as the excerpts of a question
_WRITTEN_TOKENS = 64
_TIMEOUT_SECONDS = 600


def measured(archive: Archive, questions: int) -> dict[str, Any]:
    """The figures over an archive that is open with the local model."""
    asked = ask_all(archive, chosen(load(SAMPLE.goldens)[0].questions, questions))
    first = [each.first for each in asked if each.first is not None]
    return {
        **tokens_a_second(archive),
        "questions": len(asked),
        "written": sum(each.outcome == WRITTEN for each in asked),
        "seconds_p50": round(float(np.median([each.seconds for each in asked])), 1),
        "first_sentence_p50": round(float(np.median(first)), 1) if first else None,
        "memory_mb": asked[-1].memory,
    }


def tokens_a_second(archive: Archive) -> dict[str, Any]:
    """How fast the model reads a prompt of text from the archive, and writes."""
    texts = (
        paragraph.text for cable in archive.catalog.cables(archive.catalog.ids()) for paragraph in cable.paragraphs
    )
    body = {
        "prompt": " ".join(texts)[:_READ_CHARACTERS],
        "n_predict": _WRITTEN_TOKENS,
        "ignore_eos": True,
        "cache_prompt": False,
    }
    model: Any = chat_model(archive.settings)  # of the same server
    address = model.openai_api_base.removesuffix("/v1")
    timings = httpx.post(f"{address}/completion", json=body, timeout=_TIMEOUT_SECONDS, trust_env=False).json()[
        "timings"
    ]
    return {
        "read_tokens_per_second": round(timings["prompt_per_second"], 1),
        "written_tokens_per_second": round(timings["predicted_per_second"], 1),
    }


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Speed of the local language model.")
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--store", type=Path, help="of the sample; without it the sample is ingested anew")
    options = parser.parse_args()
    try:
        chat_model(Settings(llm=LOCAL))
    except ModelUnavailable as error:
        print(json.dumps({"unavailable": str(error)}))
        return
    with benchmark_archive(SAMPLE, options.store, LOCAL) as archive:
        print(json.dumps({"model": LOCAL, **measured(archive, options.questions)}))


if __name__ == "__main__":
    main()
