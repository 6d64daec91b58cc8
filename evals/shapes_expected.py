"""What is expected of the golden questions that the fields of parsed cables decide: counts, lists, fields, topics.

`evals/golden/shapes.jsonl` holds questions for the catalog and about single cables. Its `truth` says which cables a
question is about, and `expected` is computed from that here, by plain comparisons over the parsed cables and with none
of the product's search or query code. What was read by hand has the truth `{"read": true}` and is only checked to name
cables and paragraphs that exist. `python -m evals.shapes_expected [--write] [FILE]` compares, or writes.

The fields of a `truth`, all optional; cables that fit all of them are meant:

- `posts`, `tags`, `names`, `signers`: lists. A cable is of any of the posts and signed by any of the signers, and has
  every tag and every name: words that stand in its subject or a paragraph, whatever their case and accents.
- `from`, `to`: days in UTC, both included. A cable without a date is in no range.
- `classification`: as printed, without caveats.
- `order` (`latest` or `earliest`) and `limit`: the first so many by date. For topics and `who`, `limit` is how many.
- `cable` and `field`: the field of one cable. `group` (`post` or `signer`): what is told of the cables.
- `absent`: the post or year that the archive does not hold; then no cable may fit.
"""

import argparse
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.archives import BENCHMARKS
from evals.jsonl import read_json_lines, write_json_lines
from ingest.parser import read
from ingest.pipeline import store
from ingest.sources.document import Rejection
from ingest.sources.paths import documents
from rag.catalog.catalog import CATALOG_FILE, Catalog
from rag.catalog.database import sqlite_url
from rag.domain.cable import Cable
from rag.domain.cable_id import CableId, compact_post
from rag.errors import BadInput, CablesError

SHAPES = Path(__file__).with_name("golden") / "shapes.jsonl"

Truth = Mapping[str, Any]
Values = list[list[str]]

_FEWEST_TOPICS = 3
_FIELDS_OF_A_TRUTH = frozenset(
    "posts tags names signers from to classification order limit cable field group absent".split()
)


@cache
def bundled(name: str) -> Sequence[Cable] | None:
    """The cables of the benchmark of this name; None where they are not at hand.

    Raises:
        BadInput: there is no such benchmark.
    """
    benchmark = next((benchmark for benchmark in BENCHMARKS if benchmark.name == name), None)
    if benchmark is None:
        raise BadInput(f"there is no archive {name!r}; name one of {', '.join(each.name for each in BENCHMARKS)}")
    return None if benchmark.missing else parsed(benchmark.cables)


def parsed(paths: Sequence[Path]) -> Sequence[Cable]:
    """The cables that an archive of these files and folders holds, each once; nothing is indexed."""
    with TemporaryDirectory() as folder, Catalog(sqlite_url(Path(folder, CATALOG_FILE))) as catalog:
        for document in documents(paths):
            for cable in [] if isinstance(document, Rejection) else read(document):
                if isinstance(cable, Cable):
                    store(catalog, cable)
        return list(catalog.cables(catalog.ids()))


def recomputed(
    rows: Iterable[tuple[str, dict[str, Any]]], archives: Callable[[str], Sequence[Cable] | None] = bundled
) -> tuple[list[dict[str, Any]], list[str]]:
    """Questions with what is expected of them computed, and a line for each of which it cannot be.

    `rows` are positions in a file and questions; `archives` gives the cables of an archive, or None if they are not
    at hand: then its questions stay as they are.
    """
    questions, failures = [], []
    for where, row in rows:
        questions.append(row)
        try:
            if (cables := archives(row["archive"])) is not None:
                questions[-1] = row | {"expected": expected(row, cables)}
        except BadInput as error:
            failures.append(f"{where}: {row['id']}: {error}")
    return questions, failures


def expected(row: Mapping[str, Any], cables: Sequence[Cable]) -> dict[str, Any]:
    """What is expected of one question.

    Raises:
        BadInput: its truth cannot be used, leaves the order open, or names what the archive does not hold.
    """
    kind, truth = row["kind"], row["truth"]
    if truth == {"read": True}:
        check_keys(row["expected"], cables)
        return dict(row["expected"])
    if kind not in _BY_KIND:
        raise BadInput(f"no rule decides a question of the kind {kind!r}: read it by hand")
    if unknown := truth.keys() - _FIELDS_OF_A_TRUTH:
        raise BadInput(f"a truth has no {', '.join(sorted(unknown))}")
    return _BY_KIND[kind](truth, cables)


def selected(truth: Truth, cables: Iterable[Cable]) -> list[Cable]:
    """The cables a truth is about: oldest first, or in its `order`, and no more than its `limit`."""
    fitting = sorted((cable for cable in cables if _fits(truth, cable)), key=_age)
    if "order" not in truth:
        return fitting
    if truth["order"] == "latest":
        fitting.reverse()
    fitting = [cable for cable in fitting if cable.date is not None]
    dates = [cable.date for cable in fitting[: truth["limit"] + 1]]
    if len(set(dates)) < len(dates):
        raise BadInput("two of the cables are of the same minute, so their order is open")
    return fitting[: truth["limit"]]


def names(cable: Cable, name: str) -> bool:
    """Whether the name stands in the subject or a paragraph, as whole words whatever their case and accents."""
    words = r"\s+".join(map(re.escape, _folded(name).split()))
    pattern = re.compile(rf"(?<!\w){words}(?!\w)")
    texts = (cable.subject or "", *(paragraph.text for paragraph in cable.paragraphs))
    return any(pattern.search(_folded(text)) for text in texts)


def check_keys(value: object, cables: Iterable[Cable]) -> None:
    """Check that all that looks like a cable or a paragraph in a value read by hand is held.

    Raises:
        BadInput: one is not; the message names it.
    """
    held = {key for cable in cables for key in (str(cable.id), *(str(paragraph.key) for paragraph in cable.paragraphs))}
    if unknown := [text for text in _texts(value) if re.match(r"\d\d[A-Z]+\d", text) and text not in held]:
        raise BadInput(f"not in the archive: {', '.join(unknown)}")


def _fits(truth: Truth, cable: Cable) -> bool:
    day = "" if cable.date is None else cable.date.date().isoformat()
    return (
        ("posts" not in truth or cable.id.post in map(compact_post, truth["posts"]))
        and ("signers" not in truth or not set(truth["signers"]).isdisjoint(cable.signers))
        and set(truth.get("tags", ())) <= set(cable.tags)
        and all(names(cable, name) for name in truth.get("names", ()))
        and ("from" not in truth or truth["from"] <= day)
        and ("to" not in truth or "" < day <= truth["to"])
        and truth.get("classification") in (None, cable.classification)
    )


def _age(cable: Cable) -> tuple[str, CableId]:
    return "" if cable.date is None else cable.date.isoformat(), cable.id


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _count(truth: Truth, cables: Sequence[Cable]) -> dict[str, Any]:
    ids = [str(cable.id) for cable in selected(truth, cables)]
    return {"count": len(ids), "cables": ids}


def _list(truth: Truth, cables: Sequence[Cable]) -> dict[str, Any]:
    ids = [str(cable.id) for cable in selected(truth, cables)]
    if not ids:
        raise BadInput("no cable fits")
    return {"cables": ids, "complete": True}


def _field(truth: Truth, cables: Sequence[Cable]) -> dict[str, Any]:
    cable = next((cable for cable in cables if str(cable.id) == truth["cable"]), None)
    values = [] if cable is None else _FIELDS[truth["field"]](cable)
    if not values:
        raise BadInput(f"the archive holds no {truth['field']} of {truth['cable']}")
    return {"cable": truth["cable"], "values": values}


def _topics(truth: Truth, cables: Sequence[Cable]) -> dict[str, Any]:
    counts = Counter(tag for cable in selected(truth, cables) for tag in cable.tags)
    tags = _most_frequent(counts, truth["limit"])
    if len(tags) < _FEWEST_TOPICS:
        raise BadInput("too few tags")
    return {"tags": tags}


def _who(truth: Truth, cables: Sequence[Cable]) -> dict[str, Any]:
    fitting = selected(truth, cables)
    signed = truth["group"] == "signer"
    counts = Counter(name for cable in fitting for name in (cable.signers if signed else [cable.id.post]))
    chosen = _most_frequent(counts, truth["limit"]) if "limit" in truth else sorted(counts)
    printed = {post: sorted({post, *(cable.post for cable in fitting if cable.id.post == post)}) for post in chosen}
    return {"values": [[name] if signed else printed[name] for name in chosen]}


def _absent(truth: Truth, cables: Sequence[Cable]) -> dict[str, Any]:
    if held := selected(truth, cables):
        raise BadInput(f"the archive holds {held[0].id}")
    return {"absent": truth["absent"]}


def _most_frequent(counts: Counter[str], limit: int) -> list[str]:
    """The `limit` most frequent, in order; refuses two that are as frequent as each other."""
    ranked = counts.most_common()[: limit + 1]
    numbers = [number for _, number in ranked]
    if len(set(numbers)) < len(numbers):
        raise BadInput(f"a tie: {ranked}")
    return [name for name, _ in ranked[:limit]]


def _date(cable: Cable) -> Values:
    if cable.date is None:
        return []
    day, month, year = cable.date.day, cable.date.strftime("%B"), cable.date.year
    return [[cable.date.date().isoformat(), f"{day} {month} {year}", f"{month} {day}, {year}"]]


def _classification(cable: Cable) -> Values:
    if cable.classification is None:
        return []
    short = cable.classification.replace("FOR OFFICIAL USE ONLY", "FOUO")
    return [list(dict.fromkeys((cable.classification, short))), *([caveat] for caveat in cable.caveats)]


def _references(cable: Cable) -> Values:
    ids = map(CableId.parse, cable.references)
    return [
        [str(i), *(f"{year}{i.post} {i.serial}" for year in (f"{i.year:02d} ", f"{i.full_year} ", ""))] for i in ids
    ]


_FIELDS: Mapping[str, Callable[[Cable], Values]] = {
    "signer": lambda cable: [[name] for name in cable.signers],
    "date": _date,
    "classification": _classification,
    "tags": lambda cable: [[tag] for tag in cable.tags],
    "subject": lambda cable: [[cable.subject]] if cable.subject else [],
    "references": _references,
    "classified_by": lambda cable: [[name, name.split()[-1]] for name in cable.classified_by],
    "post": lambda cable: [sorted({cable.post, cable.id.post})],
    "paragraphs": lambda cable: [[str(len(cable.paragraphs))]],
}
"""The values of a field, each with its accepted spellings."""

_BY_KIND: Mapping[str, Callable[[Truth, Sequence[Cable]], dict[str, Any]]] = {
    "count": _count,
    "list": _list,
    "field": _field,
    "topics": _topics,
    "who": _who,
    "absent": _absent,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the golden file with the archives at hand, or write it; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evals.shapes_expected", description="Check golden shapes.")
    parser.add_argument("file", nargs="?", type=Path, default=SHAPES, help="the golden file")
    parser.add_argument("--write", action="store_true", help="write what the archives give")
    options = parser.parse_args(arguments)
    try:
        rows = list(read_json_lines(options.file))
        questions, problems = recomputed(rows)
        if options.write and not problems:
            write_json_lines(options.file, questions)
        elif not options.write:
            problems += [
                f"{where}: {row['id']}: expected {row.get('expected')}, the archive gives {question['expected']}"
                for (where, row), question in zip(rows, questions, strict=True)
                if row != question
            ]
    except CablesError as error:
        problems = [str(error)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
