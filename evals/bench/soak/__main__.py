"""`make soak`: the service for an hour under a mixed load, restarted and killed, on a store of its own.

`python -m evals.bench.soak [FOLDER] [--minutes 60] [--catalog-url URL] [--chroma-server [URL]]` prints a table and,
in the last line, a JSON object. The exit code is 1 where anything was wrong.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from sqlalchemy import create_engine, inspect

from evals.bench.service import running_chroma, sample_folder
from evals.bench.soak.run import SoakPlan, soak
from evals.bench.soak.verdict import print_table

OWN_SERVER = "own"


def main() -> int:
    """Run from the command line; 1 where anything was wrong."""
    options = _options()
    variables = {"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False", "MALLOC_ARENA_MAX": "2"}  # docs/operate.md
    if options.catalog_url:
        require_empty(options.catalog_url)
        variables["CABLES_CATALOG_URL"] = options.catalog_url
    folder = Path(tempfile.mkdtemp(prefix="cables-soak-"))
    with chroma_address(options.chroma_server, folder) as chroma:
        if chroma:
            variables["CABLES_CHROMA_URL"] = chroma
        result = soak(SoakPlan(folder, options.minutes * 60, variables, options.folder, options.readers)).json()
    print_table(Console(), result)
    if result["passed"]:
        shutil.rmtree(folder)
    else:
        print(f"The store and the service's log are in {folder}", file=sys.stderr)
    print(json.dumps(result, ensure_ascii=False))
    return int(not result["passed"])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.soak", description="The service under load for long.")
    parser.add_argument("folder", nargs="?", default=sample_folder(), help="cables; the bundled sample when left out")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--readers", type=int, default=2, help="clients that ask, search and scan at the same time")
    parser.add_argument("--catalog-url", help="an empty PostgreSQL database; SQLite in the store when left out")
    parser.add_argument(
        "--chroma-server", nargs="?", const=OWN_SERVER, metavar="URL", help="with a Chroma server: this, or one started"
    )
    return parser.parse_args()


def require_empty(catalog_url: str) -> None:
    """Refuse a database that holds anything: a soak fills it, withdraws and makes keys.

    Raises:
        SystemExit: it has tables.
    """
    engine = create_engine(catalog_url.replace("postgresql://", "postgresql+psycopg://", 1))
    try:
        tables = inspect(engine).get_table_names()
    finally:
        engine.dispose()
    if tables:
        raise SystemExit("the database has tables; name an empty one: a soak fills it with cables of its own")


@contextmanager
def chroma_address(asked: str | None, folder: Path) -> Iterator[str | None]:
    """The address of the Chroma server that was asked for; `own` starts one with its files in `folder`."""
    if asked != OWN_SERVER:
        yield asked
        return
    with running_chroma(folder / "chroma") as url:
        yield url


if __name__ == "__main__":
    sys.exit(main())
