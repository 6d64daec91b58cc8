"""`python -m evals.spellings --store STORE [--half test] [--show] [FILE]`: are names found in their other spellings?

FILE, by default the golden spellings, has one JSON object a line: `{"id", "asked", "held", "not", "also", "kind",
"trap"}`. `held` are the archive's spellings of the name, `not` those of others; `also` count neither way. Prints recall
of what is held, precision, and the names that were kept apart.
"""

import argparse
import sys
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from evals.golden import half
from evals.jsonl import read_json_lines
from evals.table import Table
from rag.archive import Archive
from rag.encoders.tokenizer import vocabulary
from rag.index.lexical import LexicalIndex
from rag.query.name_variants import NameVariants
from rag.query.spelling import read_spellings, respelled
from rag.settings import Settings
from rag.text.name_sounds import letters_of

_GOLDEN = Path(__file__).parent / "golden" / "spellings.jsonl"


@dataclass(frozen=True, slots=True)
class SpellingCase:
    """A name as it is asked for, and how the archive spells it."""

    asked: str
    held: tuple[str, ...]
    wrong: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    kind: str = ""
    trap: bool = False

    @classmethod
    def of(cls, row: dict[str, Any]) -> "SpellingCase":
        """The case of a JSON object."""
        texts = {key: tuple(map(str, value)) for key, value in row.items() if isinstance(value, list)}
        held, wrong, also = (texts.get(key, ()) for key in ("held", "not", "also"))
        return cls(str(row["asked"]), held, wrong, also, str(row.get("kind", "")), bool(row.get("trap")))


@dataclass(frozen=True, slots=True)
class ReadSpelling:
    """A case with the spellings that the name was read as, its own where the archive has it."""

    case: SpellingCase
    read: tuple[str, ...]

    @property
    def found(self) -> int:
        """How many of the spellings held were read."""
        return len(_letters(self.case.held) & _letters(self.read))

    @property
    def astray(self) -> frozenset[str]:
        """Spellings read that are none of this name."""
        return _letters(self.read) - _letters((*self.case.held, *self.case.also, self.case.asked))

    @property
    def merged(self) -> frozenset[str]:
        """Names of others that were read."""
        return _letters(self.read) & _letters(self.case.wrong)


def spellings_table(read: Sequence[ReadSpelling], which: str) -> Table:
    """Recall, precision and names kept apart, for all and by kind."""
    kinds = sorted({each.case.kind for each in read})
    groups = [("all", list(read)), *((kind, [each for each in read if each.case.kind == kind]) for kind in kinds)]
    rows = [
        (
            name,
            str(len(own)),
            _share(sum(each.found for each in own), sum(len(_letters(each.case.held)) for each in own)),
            _share(sum(bool(each.found) for each in own if each.case.held), sum(bool(each.case.held) for each in own)),
            _share(sum(each.found for each in own), sum(each.found + len(each.astray) for each in own)),
            _share(sum(not each.merged for each in own), len(own)),
        )
        for name, own in groups
    ]
    return Table(
        f"Names as they are spelled, {which}", ("kind", "names", "recall", "any found", "precision", "apart"), rows
    )


def read_spelling(case: SpellingCase, lexical: LexicalIndex, english: Container[str]) -> ReadSpelling:
    """A case as the words of a question are read: other spellings of the name, or of what it is a misspelling of."""
    variants = NameVariants(lexical, english)
    name = case.asked.removesuffix("'").removesuffix("'s")
    held = variants.holds(name)
    found = variants.of(name)
    if not held and not found:
        name = respelled(name, read_spellings(name, lexical, english))
        held, found = variants.holds(name), variants.of(name)
    return ReadSpelling(case, (*([name] if held else ()), *found))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and, with `--show`, what was read wrongly."""
    parser = argparse.ArgumentParser(prog="evals.spellings")
    parser.add_argument("file", type=Path, nargs="?", default=_GOLDEN)
    parser.add_argument("--half", choices=("tune", "test", "both"), default="tune")
    parser.add_argument("--store", type=Path, required=True, help="of the cables the names are in")
    parser.add_argument("--show", action="store_true")
    chosen = parser.parse_args(arguments)
    cases = [
        SpellingCase.of(row) for _, row in read_json_lines(chosen.file) if chosen.half in ("both", half(row["id"]))
    ]
    with Archive(Settings(store=chosen.store)) as archive:
        english = vocabulary(archive.judge.folder)
        read = [read_spelling(case, archive.indexes.lexical, english) for case in cases]
    console = Console()
    console.print(spellings_table(read, chosen.half).rich())
    if chosen.show:
        for each in read:
            missed = sorted(_letters(each.case.held) - _letters(each.read))
            if missed or each.astray:
                line = f"{each.case.asked}: missed {missed}, not its own {sorted(each.astray)}"
                console.print(line, markup=False, highlight=False)
    return 0


def _letters(names: Sequence[str]) -> frozenset[str]:
    return frozenset(letters_of(name).replace(" ", "").replace(".", "") for name in names)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:.2f}" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())
