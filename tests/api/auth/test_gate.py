"""Who is let in: keys, this machine, nobody else."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from fastapi.testclient import TestClient

from api.http.settings import HttpSettings
from rag.catalog.catalog import open_catalog
from rag.catalog.keys import Keys
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.errors import BadInput, NotFound
from rag.index.owner_key import owner_key
from rag.settings import Settings
from tests.api.cli.commands import assert_one_line, run
from tests.api.clients import client_of

SEARCH = "/search?query=port&k=3"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, sample_store: Path) -> Path:
    return copytree(sample_store, tmp_path_factory.mktemp("gate") / "store")


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with client_of(Settings(store=store), HttpSettings(rate_limit="10000/minute")) as client:
        yield client


@pytest.fixture
def keys(store: Path) -> Iterator[Keys]:
    with open_catalog(Settings(store=store)) as catalog:
        yield Keys(catalog)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000", "127.9.9.9"])
def test_a_store_without_keys_answers_this_machine(client: TestClient, host: str) -> None:
    assert client.get(SEARCH, headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "rebound.example"},
        {"host": "localhost.example:8000"},
        {"host": ""},
        {"host": "[::2]"},
        {"forwarded": "for=10.0.0.1"},
        {"x-forwarded-for": "127.0.0.1"},
        {"x-forwarded-proto": "https"},
        {"x-real-ip": "127.0.0.1"},
        {"via": "1.1 proxy"},
    ],
)
def test_and_nobody_else(client: TestClient, headers: dict[str, str]) -> None:
    refused = client.get(SEARCH, headers=headers)
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["www-authenticate"] == "Bearer"
    assert "cables keys add" in refused.json()["detail"]


def test_a_store_without_keys_answers_no_other_machine(client: TestClient) -> None:
    other = TestClient(client.app, base_url="http://127.0.0.1", client=("10.0.0.7", 1))
    assert other.get(SEARCH).status_code == 401
    assert other.get("/readyz").json() == {
        "status": "ready",
        "cables": None,
        "paragraphs": None,
        "encoder": None,
        "graph": None,
    }


def test_keys_from_the_first_to_the_last(store: Path, client: TestClient, keys: Keys) -> None:
    assert client.get(SEARCH, headers={"authorization": "Bearer anything"}).status_code == 200  # there are no keys yet
    made = run("keys", "add", "ada", "--clearance", "secret", "--noforn", store=store)
    assert made.returncode == 0, made.stderr
    token = made.stdout.strip()
    assert client.get(SEARCH).status_code == 401
    assert client.get(SEARCH, headers={"authorization": f"Bearer {token}"}).status_code == 200
    assert client.get(SEARCH, headers={"authorization": f"bearer  {token} ", "host": "a.example"}).status_code == 200
    for wrong in (f"Bearer {token}0", f"Bearer {token[:-1]}", "Bearer", "Basic eDp5", f"Bearer {token[:20]}_", "é"):
        assert client.get(SEARCH, headers={b"authorization": wrong.encode()}).status_code == 401
    assert "SECRET NOFORN" in run("keys", "list", store=store).stdout
    assert_one_line(run("keys", "add", "ada", "--clearance", "U", store=store), 2, "revoke it first")
    assert_one_line(run("keys", "add", "bob", "--clearance", "COSMIC", store=store), 2, "no clearance")
    assert run("keys", "revoke", "ada", store=store).returncode == 0
    assert client.get(SEARCH, headers={"authorization": f"Bearer {token}"}).status_code == 401
    assert client.get(SEARCH).status_code == 401  # the store does not open again
    assert_one_line(run("keys", "revoke", "ada", store=store), 1, "no key 'ada'")
    second = keys.add("ada", Clearance(Level.U))
    assert keys.clearance(second) == Clearance(Level.U)
    assert keys.clearance(token) is None
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json()["cables"] is None


def test_names_of_keys(keys: Keys) -> None:
    with pytest.raises(BadInput, match="needs a name"):
        keys.add("  ", Clearance(Level.U))
    with pytest.raises(NotFound):
        keys.revoke("nobody")


def test_the_owners_key_opens_everything_from_this_machine_only(store: Path, client: TestClient) -> None:
    owner = {"authorization": f"Bearer {owner_key(store)}"}
    assert client.get(SEARCH, headers=owner).status_code == 200
    assert client.get(SEARCH, headers=owner | {"x-forwarded-for": "127.0.0.1"}).status_code == 401
    assert (store / "owner.key").stat().st_mode & 0o777 == 0o600


def test_auth_off_asks_nobody(sample_store: Path, tmp_path: Path) -> None:
    store = copytree(sample_store, tmp_path / "store")
    with client_of(
        Settings(store=store), HttpSettings(auth="off"), base_url="http://elsewhere", client=("10.0.0.7", 1)
    ) as other:
        assert other.get(SEARCH).status_code == 200


def test_the_service_listens_beyond_this_machine_only_with_keys(
    sample_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = ("serve", "--host", "192.0.2.1")  # an address of no machine: binding fails after the checks
    assert_one_line(run(*public, store=sample_store), 2, "cables keys add")
    monkeypatch.setenv("CABLES_AUTH", "off")
    assert_one_line(run(*public, store=sample_store), 2, "CABLES_AUTH_OFF_BEYOND_LOOPBACK")
    monkeypatch.setenv("CABLES_AUTH_OFF_BEYOND_LOOPBACK", "true")
    assert_one_line(run(*public, store=sample_store), 2, "cannot listen on 192.0.2.1")


def test_keys_start_without_the_heavy_libraries(store: Path) -> None:
    code = (
        "import sys; sys.argv=['cables', 'keys', 'list', '--store', sys.argv[1]]\n"
        "import api.cli.main as m\n"
        "try: m.main()\n"
        "except SystemExit: pass\n"
        "print([name for name in ('torch', 'chromadb', 'tantivy', 'fastapi') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(store)], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
