"""The command line as a user types it, each command in a process of its own."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from rag.index.lock import service_url
from tests.api.cli.commands import assert_one_line, counts, run
from tests.conftest import SAMPLE
from tests.ingest.invented import HEAD
from tests.processes import answers, free_port, running, until
from tests.rag.embedding_server import MODEL, embedding_server

NATURAL = "Whose idea was it really to switch the Gannet Rock light back on?"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def cable_file(tmp_path: Path) -> Path:
    source = Path(__file__).resolve().parents[3] / "ingest" / "sample" / "08OSTERMERE71.txt"
    copy = tmp_path / "inbox" / "one.txt"
    copy.parent.mkdir()
    copy.write_bytes(source.read_bytes())
    return copy


def test_ask_answers_with_a_citation(sample_store: Path) -> None:
    done = run("ask", NATURAL, store=sample_store)
    assert done.returncode == 0, done.stderr
    assert "Starkey" in done.stdout
    assert "[QUILLHAVEN 2340 ¶5]" in " ".join(done.stdout.split())


def test_search(sample_store: Path) -> None:
    found = json.loads(run("search", "grain tariff", "-k", "3", "--json", store=sample_store).stdout)
    assert len(found) == 3
    assert "grain" in found[0]["text"].lower()


def test_show_needs_no_index(sample_store: Path) -> None:
    for spelling in ("Quillhaven 2340 para 5", "07QUILLHAVEN2340#5", "quillhaven 2340 ¶ 5"):
        shown = json.loads(run("show", spelling, "--json", store=sample_store).stdout)
        assert shown["key"] == "07QUILLHAVEN2340#5"
    assert "QUILLHAVEN 2340 ¶5" in run("show", "QUILLHAVEN 2340", store=sample_store).stdout


def test_show_says_what_is_wrong(sample_store: Path) -> None:
    assert_one_line(run("show", "nonsense", store=sample_store), 2, "not a citation")
    assert_one_line(run("show", "QUILLHAVEN 999999", store=sample_store), 1, "holds no cable QUILLHAVEN 999999")
    assert_one_line(run("show", "QUILLHAVEN 2340 ¶99", store=sample_store), 1, "there is no QUILLHAVEN 2340 ¶99")
    assert_one_line(run("show", "PORT ZEPHYR 112", store=sample_store), 2, "06PORTZEPHYR112 or 07PORTZEPHYR112")


def test_ingest_again_and_corrected(store: Path, cable_file: Path) -> None:
    folder = str(cable_file.parent)
    (cable_file.parent / "list.txt").write_text("eggs, milk, bread\n")
    (cable_file.parent / "empty.txt").write_bytes(b"")
    (cable_file.parent / "photo.jpg").write_bytes(bytes(range(256)) * 40)
    first = run("ingest", folder, store=store)
    assert first.returncode == 0, first.stderr
    assert counts(first.stdout) == {"added": 1, "updated": 0, "unchanged": 0, "duplicate": 0, "rejected": 3}
    for name in ("list.txt", "empty.txt", "photo.jpg"):
        assert name in first.stdout
    assert counts(run("ingest", folder, store=store).stdout)["unchanged"] == 1
    text = cable_file.read_text(encoding="utf-8")
    cable_file.write_text(
        text.replace(text.split("\n1. ", 1)[1].split(". ", 1)[0], "Everything was put right"), encoding="utf-8"
    )
    third = run("ingest", folder, store=store)
    assert counts(third.stdout)["updated"] == 1
    assert "08OSTERMERE71" in third.stdout
    assert "Everything was put right" in run("show", "08OSTERMERE71#1", store=store).stdout
    assert (
        json.loads(run("search", "everything was put right", "-k", "1", "--json", store=store).stdout)[0]["key"]
        == "08OSTERMERE71#1"
    )


def test_nothing_but_rejections_fails(store: Path, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("eggs, milk, bread\n")
    done = run("ingest", str(tmp_path / "list.txt"), str(tmp_path / "absent.txt"), store=store)
    assert done.returncode == 1
    assert "absent.txt" in done.stdout


def test_parse_prints_json_lines_from_stdin_too(cable_file: Path) -> None:
    of_file = json.loads(run("parse", str(cable_file)).stdout)
    of_stdin = json.loads(run("parse", "-", stdin=cable_file.read_bytes()).stdout)
    assert of_file["paragraphs"] == of_stdin["paragraphs"]
    assert of_file["id"] == "08OSTERMERE71"


@pytest.mark.parametrize(
    ("command", "argument"), [("ask", "Who?"), ("search", "who"), ("show", "TOKYO 1"), ("serve", "")]
)
def test_a_store_that_is_not_there(store: Path, command: str, argument: str) -> None:
    assert_one_line(run(command, *filter(None, [argument]), store=store), 1, "cables ingest PATH")
    assert not store.exists()


def test_questions_that_cannot_be_asked(sample_store: Path) -> None:
    assert_one_line(run("ask", "  ", store=sample_store), 2, "empty")
    assert_one_line(run("ask", "x" * 4001, store=sample_store), 2, "4,001 characters")


def test_another_model_is_refused(sample_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CABLES_EMBEDDING_MODEL", "/nowhere")
    assert_one_line(run("ask", "Who?", store=sample_store), 1, "CABLES_EMBEDDING_MODEL")
    monkeypatch.delenv("CABLES_EMBEDDING_MODEL")
    monkeypatch.setenv("CABLES_LLM", "nonsense")
    assert_one_line(run("ask", "Who?", store=sample_store), 1, "provider:model")


def test_what_is_sent_to_an_embedding_server_is_said_first(
    store: Path, cable_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CABLES_EMBEDDING_MODEL", MODEL)
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    with embedding_server() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        ingested = run("ingest", str(cable_file), store=store)
        size = f"({sum(map(len, server.sent)):,} characters, about {sum(map(len, server.sent)) // 4:,} tokens)"
        assert size in ingested.stderr and f"to be encoded by {MODEL}" in ingested.stderr
        assert f"encoded with {MODEL}" in ingested.stdout
        assert "sending" not in run("ingest", str(cable_file), store=store).stderr
        assert run("verify", store=store).returncode == 0
        assert size in run("rebuild", "--all", store=store).stderr
        assert run("search", "lighthouse", store=store).returncode == 0
        server.failures, server.status = 99, 401
        assert_one_line(run("search", "lighthouse", store=store), 1, f"CABLES_EMBEDDING_MODEL={MODEL} failed")
    with embedding_server() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        server.failures, server.status = 99, 401
        failed = run("rebuild", "--all", store=store)
        assert failed.returncode == 1
        assert f"CABLES_EMBEDDING_MODEL={MODEL} failed" in failed.stderr.splitlines()[-1]
        server.failures = 0
        assert "cables were indexed again" in run("rebuild", store=store).stdout
        assert run("verify", store=store).returncode == 0


def test_wrong_usage_is_exit_code_2() -> None:
    assert run("ask").returncode == 2
    assert run("nosuchcommand").returncode == 2


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["show", "QUILLHAVEN 2340 ¶5"],
        ["parse", str(SAMPLE / "08OSTERMERE71.txt")],
        ["keys", "list"],
        ["backup", "FILE"],
    ],
)
def test_commands_that_need_no_index_start_without_the_heavy_libraries(
    sample_store: Path, tmp_path: Path, words: list[str]
) -> None:
    code = (
        "import sys; import api.cli.main as m\n"
        "try: m.main()\n"
        "except SystemExit: pass\n"
        "print([name for name in ('torch', 'chromadb', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    words = [str(tmp_path / "a.backup") if word == "FILE" else word for word in words]
    env = os.environ | {"CABLES_STORE": str(sample_store)}
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False, env=env)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
    assert len(done.stdout.splitlines()) > 1


def test_the_service_is_imported_without_the_heavy_libraries() -> None:
    code = "import sys, api.app; print([name for name in ('torch', 'chromadb', 'transformers') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, sample_store: Path) -> Iterator[tuple[str, Path]]:
    store = tmp_path_factory.mktemp("served")
    subprocess.run(["cp", "-r", f"{sample_store}/.", str(store)], check=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running(["cables", "serve", "--store", str(store), "--port", str(port)], store / "log") as process:
        until(lambda: process.poll() is not None or answers(f"{url}/readyz"), 120, "the service starting")
        yield url, store
        process.terminate()
        assert process.wait(20) in (0, -15)


def test_ask_goes_through_the_running_service(service: tuple[str, Path]) -> None:
    url, store = service
    assert service_url(store) == url  # it owns the indexes: the command itself cannot open them
    answer = json.loads(run("ask", NATURAL, "--json", store=store).stdout)
    assert "07QUILLHAVEN2340#5" in [citation["key"] for citation in answer["citations"]]
    found = json.loads(run("search", "grain", "--json", "-k", "2", store=store).stdout)
    assert found[0]["citation"] in run("search", "grain", "-k", "2", store=store).stdout
    assert "retrieved 0" in run("ask", NATURAL, "--verbose", store=store).stdout
    assert_one_line(run("ask", "  ", store=store), 2, "empty")


def test_an_ingest_beside_the_service_goes_through_it(service: tuple[str, Path], tmp_path: Path) -> None:
    url, store = service
    for serial in range(9001, 9011):
        body = f"1. (U) Zanzibar lanterns of number {serial} were counted twice. " + "Oil was short all year. " * 40
        text = HEAD.replace("002340", f"00{serial}").replace("#2340", f"#{serial}") + "\n" + body + "\n"
        (tmp_path / f"{serial}.txt").write_text(text, encoding="utf-8")
    statuses: list[int] = []
    done = threading.Event()

    def search() -> None:
        while not done.wait(0.05):
            found = httpx.get(f"{url}/search", params={"query": "Zanzibar lanterns"}, timeout=60)
            statuses.append(found.status_code)

    searching = threading.Thread(target=search)
    searching.start()
    try:
        ingested = run("ingest", str(tmp_path), store=store)
    finally:
        done.set()
        searching.join()
    assert ingested.returncode == 0, ingested.stderr
    assert counts(ingested.stdout)["added"] == 10
    assert set(statuses) == {200}  # some, and all answered
    found = json.loads(run("search", "Zanzibar lanterns", "-k", "30", "--json", store=store).stdout)
    assert len([each for each in found if "Zanzibar" in each["text"]]) >= 10
    assert counts(run("ingest", str(tmp_path), store=store).stdout)["unchanged"] == 10


def test_only_the_owner_may_have_the_service_index(service: tuple[str, Path]) -> None:
    url, store = service
    key = (store / "owner.key").read_text(encoding="ascii")
    good = {"authorization": f"Bearer {key}"}
    assert httpx.post(f"{url}/owner/index").status_code == 401
    assert httpx.post(f"{url}/owner/index", headers={"authorization": "Bearer owner_0"}).status_code == 401
    assert httpx.post(f"{url}/owner/index", headers=good | {"x-forwarded-for": "10.0.0.1"}).status_code == 401
    assert httpx.post(f"{url}/owner/index", headers=good).json()["waiting"] == 0


def test_a_withdrawal_goes_through_the_running_service(service: tuple[str, Path]) -> None:
    url, store = service
    assert httpx.get(f"{url}/cables/08PORTZEPHYR166").status_code == 200
    done = run("withdraw", "PORT ZEPHYR 166", "--reason", "a test", store=store)
    assert done.returncode == 0, done.stderr
    assert "No file of the store holds it any more." in done.stdout
    assert httpx.get(f"{url}/cables/08PORTZEPHYR166").status_code == 410
    found = httpx.get(f"{url}/search", params={"query": "lighthouse"}, timeout=60)
    assert found.status_code == 200 and "08PORTZEPHYR166" not in found.text


def test_a_second_service_on_the_same_port(service: tuple[str, Path], sample_store: Path) -> None:
    url, _ = service
    assert_one_line(run("serve", "--port", url.rpartition(":")[2], store=sample_store), 2, "choose another --port")


def test_demo(store: Path) -> None:
    first = run("demo", store=store)
    assert first.returncode == 0, first.stderr
    assert "16 fictional cables" in first.stdout
    assert "from 36 to 20 percent in five yearly steps" in " ".join(first.stdout.split())
    assert "[OSTERMERE 71 ¶1]" in " ".join(first.stdout.split())


assert os.environ["HF_HUB_OFFLINE"] == "1"


@pytest.mark.slow
def test_adapt_says_how_much_it_needs_and_goes_back_to_what_is_there(tmp_path: Path, sample_store: Path) -> None:
    assert_one_line(run("adapt", store=sample_store), 1, "400 and 40 are needed")
    back = run("adapt", "--back", store=sample_store)
    assert (back.returncode, back.stdout) == (0, "The archive is searched with the original encoder already.\n")
    assert_one_line(run("adapt", store=tmp_path / "none"), 1, "there is no store")
    assert not (tmp_path / "none").exists()
