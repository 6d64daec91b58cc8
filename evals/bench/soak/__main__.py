"""`make soak`: the service for an hour under a mixed load, restarted and killed, on a store of its own.

`python -m evals.bench.soak [FOLDER] [--minutes 60] [--postgres [URL]] [--chroma-server [URL]] [--workers N]` prints a
table and, in the last line, a JSON object. The exit code is 1 where anything was wrong.
"""

import argparse
import json
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console
from sqlalchemy import create_engine, inspect

from evals.bench.server_process import chroma_server, running, running_postgres
from evals.bench.service import sample_folder
from evals.bench.soak.run import SoakPlan, soak
from evals.bench.soak.verdict import print_table

OWN_SERVER = "own"


def main() -> int:
    """Run from the command line; 1 where anything was wrong."""
    options = _options()
    variables = {"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False", "MALLOC_ARENA_MAX": "2"}  # docs/operate.md
    folder = Path(tempfile.mkdtemp(prefix="cables-soak-"))
    with ExitStack() as stack:
        servers = []
        if options.postgres == OWN_SERVER:
            servers.append(stack.enter_context(running_postgres()))
            variables["CABLES_CATALOG_URL"] = servers[-1].url
        elif options.postgres:
            require_empty(options.postgres)
            variables["CABLES_CATALOG_URL"] = options.postgres
        if options.chroma_server == OWN_SERVER:
            servers.append(stack.enter_context(running(chroma_server(folder / "chroma"))))
            variables["CABLES_CHROMA_URL"] = servers[-1].url
        elif options.chroma_server:
            variables["CABLES_CHROMA_URL"] = options.chroma_server
        plan = SoakPlan(
            folder, options.minutes * 60, variables, options.folder, options.readers, options.workers, servers
        )
        result = soak(plan).json()
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
    parser.add_argument("--workers", type=int, default=1, help="of the service; several need --chroma-server")
    for option, what in (("--postgres", "an empty database"), ("--chroma-server", "this server")):
        parser.add_argument(
            option, nargs="?", const=OWN_SERVER, metavar="URL", help=f"{what}, or one of its own, which is killed too"
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


if __name__ == "__main__":
    sys.exit(main())
