"""An answer as one HTML file that needs nothing else: no scripts, nothing loaded, every text escaped."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from rag.citing.source_excerpt import SourceExcerpt
from rag.domain.answer import CLOSEST_PASSAGES

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Content security policy of the file, which also stands in it."""

_TEMPLATE = Path(__file__).with_name("saved_page.html")


def saved_page(answer: dict[str, Any], sources: Sequence[SourceExcerpt], saved: datetime) -> str:
    """The file: the answer with its citations, its conditions and its sources with the quoted words marked.

    `answer` is an `ask` object, or the object of a kept answer. `saved` is when the file is made.
    """
    index = answer["trace"].get("index") or {}
    facts = {
        "Saved": _moment(saved.astimezone(UTC).isoformat()),
        "Kept": _moment(answer["kept"]) if "kept" in answer else None,
        "Note": answer.get("note"),
        "Conditions": ", ".join(f"{each['field']} {each['value']}{' (preferred)' * each['soft']}"
                                for each in answer["filters"]),
        "Language model": answer["trace"].get("model") or "none: the sentences are quoted from the archive",
        "Prompt": answer["trace"].get("prompt_hash"),
        "Index": ", ".join(f"{name} {value}" for name, value in index.items() if value),
        "Address": f"/answers/{answer['id']}" if answer.get("id") else None,
    }  # fmt: skip
    return _template().render(
        answer=answer,
        sentences=[each for each in answer["sentences"] if each["supported"]],
        numbers={source.key: number for number, source in enumerate(sources, 1)},
        names={source.key: source.citation for source in sources},
        statuses={each["key"]: each.get("status", "unchanged") for each in answer["citations"]},
        sources=sources,
        facts={name: value for name, value in facts.items() if value},
        closest=CLOSEST_PASSAGES,
        policy=POLICY,
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))


def _moment(iso: str) -> str:
    return f"{datetime.fromisoformat(iso):%-d %B %Y, %H:%M} UTC"
