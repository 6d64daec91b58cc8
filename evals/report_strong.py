"""`python -m evals.report_strong DIR [MODEL]`: a fetched encoder against the packaged one over the largest archive.

Both are measured in one run, each with a report in a folder of its own, the second compared with the first. To encode
the archive may take hours: see `cables models use`.
"""

import sys
from pathlib import Path

from rich.console import Console

from evals.archives import MORE, Benchmark, temporary_archive
from evals.command import Wanted, evaluate
from rag.adaptation.switching import switch_cost, switch_to
from rag.archive import Archive
from rag.encoders.embedding import PACKAGED_MODEL
from rag.errors import CablesError

STRONG = "embeddinggemma-300m"


def compare_encoders(benchmark: Benchmark, name: str, folder: Path, console: Console) -> None:
    """Write a report for each encoder; that of the fetched one compares it with the other.

    Raises:
        ModelUnavailable: it was not fetched.
    """
    packaged = folder / PACKAGED_MODEL
    with temporary_archive(benchmark.cables, benchmark.encoder) as archive:
        encoder = archive.encoder(name)
        evaluate(archive, benchmark.goldens, Wanted(report=packaged), console)
        cost = switch_cost(archive, encoder)
        console.print(f"{name}: {cost.texts} texts, about {cost.seconds / 60:.0f} minutes", highlight=False)
        switch_to(archive, name, encoder, lambda done, total: None)
        archive.close()
        with Archive(archive.settings) as switched:
            wanted = Wanted(report=folder / name, against=str(packaged / "run.jsonl"))
            evaluate(switched, benchmark.goldens, wanted, console)


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    if not 1 <= len(arguments) <= 2:
        print("usage: python -m evals.report_strong DIR [MODEL]", file=sys.stderr)
        return 2
    try:
        compare_encoders(MORE, (arguments[1:] or [STRONG])[0], Path(arguments[0]), Console())
    except CablesError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
