"""The deployed service as processes on loopback: PostgreSQL, a Chroma server, two workers, an ingest beside them."""

import json
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from rag.catalog.catalog import Catalog
from tests.cables_command import run_cables
from tests.conftest import SAMPLE
from tests.processes import answers, chroma_server, free_port, kill, postgres, running, stop, until
from tests.rag.store_files import files_with, holding

pytestmark = pytest.mark.timeout(900)  # a dozen processes that each load the model

_WORDS = "most careful about the flag"  # of 07QUILLHAVEN2340
QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"


_SAMPLES = sorted(SAMPLE.glob("*.txt"))
_ABOUT = [file for file in _SAMPLES if "Gannet" in file.read_text(encoding="utf-8", errors="replace")]
_FILES = _ABOUT[:4]
_OTHERS = [file for file in _SAMPLES if file not in _ABOUT][:3]


@dataclass(frozen=True, slots=True)
class Deployment:
    """What the processes share, and how to start another."""

    folder: Path
    env: dict[str, str]
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def source(self) -> Path:
        """The folder of a few cables."""
        return self.folder / "cables"

    def cables(self, *words: str) -> list[str]:
        return ["cables", *words]

    def serve(self) -> list[str]:
        return self.cables("serve", "--port", str(self.port), "--workers", "2")

    def ingest(self, path: Path) -> str:
        return self.run("ingest", str(path))

    def run(self, *words: str) -> str:
        """What a command prints."""
        done = run_cables(*words, env=self.env)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def unindexed(self) -> int:
        """How many cables the catalog holds and the indexes do not."""
        with closing(Catalog(self.env["CABLES_CATALOG_URL"])) as catalog:
            return len(catalog.unindexed())

    def ready(self) -> bool:
        return answers(f"{self.url}/readyz")

    def ask(self, question: str = QUESTION) -> httpx.Response:
        body = {"messages": [{"role": "user", "content": question}]}
        return httpx.post(f"{self.url}/chat", json=body, timeout=60)


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    folder = tmp_path_factory.mktemp("deployment")
    with postgres() as catalog:
        some = folder / "cables"
        some.mkdir()
        for file in _FILES:
            (some / file.name).write_bytes(file.read_bytes())
        port = free_port()
        with chroma_server(folder, port):
            own = {
                "STORE": str(folder / "store"),
                "CATALOG_URL": catalog,
                "CHROMA_URL": f"http://127.0.0.1:{port}",
                "RATE_LIMIT": "off",
            }
            env = {name: value for name, value in os.environ.items() if not name.startswith("CABLES_")}
            yield Deployment(folder, env | {f"CABLES_{name}": value for name, value in own.items()})


@pytest.mark.slow
def test_workers_answer_while_another_process_ingests(deployment: Deployment) -> None:
    answers_seen: list[str] = []
    done = threading.Event()

    def search() -> None:
        while not done.wait(0.05):
            found = httpx.get(f"{deployment.url}/search", params={"query": "Gannet Rock light"}, timeout=60)
            answers_seen.append("ok" if found.status_code == 200 else found.text)

    with running(deployment.serve(), deployment.folder / "serve.log", deployment.env):
        until(deployment.ready, 120, "the service starting")
        assert httpx.get(f"{deployment.url}/readyz").json()["cables"] == 0
        searching = threading.Thread(target=search)
        searching.start()
        try:
            assert "added" in deployment.ingest(deployment.source)
        finally:
            done.set()
            searching.join()
        assert len(answers_seen) > 5 and set(answers_seen) == {"ok"}
        for _ in range(8):  # whichever worker it is
            answer = deployment.ask().json()
            assert not answer["abstained"] and answer["searched"]["cables"] == len(_FILES)
        counted = httpx.get(f"{deployment.url}/metrics").text
        assert 'cables_answers_total{mode="extractive"} 8.0' in counted  # of both workers together
        in_process = deployment.run("ask", "--json", QUESTION)
        assert json.loads(in_process)["answer"] == answer["answer"]
    assert f"unchanged  {len(_FILES)}" in deployment.ingest(deployment.source)


def test_a_second_ingest_waits_its_turn(deployment: Deployment) -> None:
    with ThreadPoolExecutor(2) as pool:
        words = "ingest", str(deployment.source)
        both = [pool.submit(run_cables, *words, env=deployment.env) for _ in range(2)]
    ends = [each.result().stderr for each in both]
    codes = sorted(each.result().returncode for each in both)
    assert codes in ([0, 0], [0, 1])
    assert codes == [0, 0] or any("in use by process" in end for end in ends)


@pytest.mark.slow
def test_killed_under_load_it_comes_back_with_everything(deployment: Deployment) -> None:
    deployment.ingest(deployment.source)
    log = deployment.folder / "killed.log"
    with running(deployment.serve(), log, deployment.env) as service:
        until(deployment.ready, 120, "the service starting")
        clients = [threading.Thread(target=_asked, args=(deployment,)) for _ in range(8)]
        for client in clients:
            client.start()
        kill(service)
        for client in clients:
            client.join()
    with running(deployment.serve(), log, deployment.env) as service:
        until(deployment.ready, 120, "the service starting again")
        assert httpx.get(f"{deployment.url}/readyz").json()["cables"] == len(_FILES)
        assert not deployment.ask().json()["abstained"]
        stop(service)
        assert service.returncode == 0


@pytest.mark.slow
def test_an_ingest_killed_half_way_is_finished_by_the_next_and_a_withdrawal_reaches_all(
    deployment: Deployment, tmp_path: Path
) -> None:
    deployment.ingest(deployment.source)
    fresh = tmp_path / "cables"
    fresh.mkdir()
    for file in _OTHERS:
        (fresh / file.name).write_bytes(file.read_bytes())
    with running(deployment.cables("ingest", str(fresh)), tmp_path / "log", deployment.env) as ingesting:
        until(lambda: deployment.unindexed() > 0, 120, "the ingest writing")
        kill(ingesting)
    assert deployment.unindexed() > 0
    deployment.ingest(fresh)
    assert deployment.unindexed() == 0
    with running(deployment.serve(), deployment.folder / "after.log", deployment.env):
        until(deployment.ready, 120, "the service starting")
        assert not deployment.ask().json()["abstained"]
        _withdrawn_from_every_process_and_file(deployment)


def _withdrawn_from_every_process_and_file(deployment: Deployment) -> None:
    def held() -> list[str]:
        with closing(Catalog(deployment.env["CABLES_CATALOG_URL"])) as catalog, catalog.begin() as connection:
            data = Path(connection.exec_driver_sql("SHOW data_directory").scalar_one())
            connection.exec_driver_sql("CHECKPOINT")
        return [*holding(data / "base", _WORDS), *files_with(deployment.folder / "store", _WORDS)]

    def statuses() -> set[int]:
        return {httpx.get(f"{deployment.url}/cables/07QUILLHAVEN2340").status_code for _ in range(6)}

    assert held() and statuses() == {200}
    deployment.run("withdraw", "QUILLHAVEN 2340", "--reason", "a test")
    assert statuses() == {410}
    cited = {quote["key"].partition("#")[0] for _ in range(6) for quote in deployment.ask().json()["citations"]}
    assert "07QUILLHAVEN2340" not in cited
    assert held() == [] == holding(deployment.folder / "store", _WORDS)


def _asked(deployment: Deployment) -> None:
    try:
        deployment.ask()
    except httpx.HTTPError:
        return  # the service was killed: that is the point
