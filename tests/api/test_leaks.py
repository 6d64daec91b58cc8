"""A reader of UNCLASSIFIED over an archive of all markings: nothing above it in any byte of any response.

Two proofs. Words planted in everything above UNCLASSIFIED are looked for in every response. And the same requests to
an archive that never held anything else bring the same responses: what is hidden changes nothing.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import torch
from fastapi.testclient import TestClient

from api.http.settings import HttpSettings
from rag.archive import Archive
from rag.catalog.keys import Keys
from rag.domain.access import Clearance
from rag.domain.cable import Cable
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.mixed_archive import UNCLASSIFIED, Planted, for_everybody, mixed_archive

pytestmark = pytest.mark.timeout(900)  # hundreds of questions

QUESTIONS = 300
CITES = ("/cite", "/cite?style=csl-json", "/paragraphs/1/cite", "/paragraphs/2/cite?style=bibtex")
PLANTED = Planted()
CABLES = mixed_archive(PLANTED)
VISIBLE = for_everybody(CABLES)
SECRETS = re.compile("|".join(PLANTED.words), re.IGNORECASE)


@dataclass(frozen=True)
class ProbedService:
    """A service with a key for UNCLASSIFIED and one for everything a key may see."""

    client: TestClient
    low: dict[str, str]
    high: dict[str, str]


@pytest.fixture(scope="module")
def full_precision(computing: None) -> Iterator[None]:
    """As on a CPU without bfloat16, in which a vector's last digits depend on what is encoded along with it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
        yield


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, full_precision: None) -> Iterator[ProbedService]:
    yield from _serving(tmp_path_factory.mktemp("mixed"), CABLES)


@pytest.fixture(scope="module")
def only_open(tmp_path_factory: pytest.TempPathFactory, full_precision: None) -> Iterator[ProbedService]:
    yield from _serving(tmp_path_factory.mktemp("open"), VISIBLE)


def _serving(store: Path, cables: list[Cable]) -> Iterator[ProbedService]:
    with Archive(Settings(store=store), create=True) as archive:
        for cable in cables:
            archive.catalog.put(cable)
        archive.index_pending()
        keys = Keys(archive.catalog)
        everything = Clearance(Level.TS, noforn=True, nodis=True, exdis=True)
        low, high = ({"authorization": f"Bearer {keys.add(str(each), each)}"} for each in (UNCLASSIFIED, everything))
    with client_of(Settings(store=store), HttpSettings(rate_limit="100000/minute")) as client:
        yield ProbedService(client, low, high)


def reads() -> list[str]:
    """Every read route, over everything there is and some of what is not."""
    paths = [
        "/cables",
        "/cables?limit=3",
        "/cables?limit=0",
        "/cables?date_from=2006-01-01&date_to=2007-06-30",
        "/cables?tag=PREL",
        "/cables?classification=SECRET",
        "/readyz",
        "/openapi.json",
    ]
    paths += [f"/cables?year={year}" for year in range(2004, 2010)] + [
        "/cables?post=quillhaven",
        "/timeline?query=port",
    ]
    paths += [f"/timeline?query={quote(words)}" for words in ("harbor office", "the minister told", "grain barges")]
    for words in (
        "the",
        "the minister",
        '"a hidden account"',
        "barrels OR fishermen -harbor",
        '"paid for barges"~9',
        "re*",
    ):
        paths += [f"/scan?query={quote(words)}&limit=7{more}" for more in ("", "&tag=PREL", "&post=quillhaven")]
    paths += ["/coverage", *(f"/coverage?post={post}" for post in sorted({cable.id.post for cable in CABLES}))]
    for cable in CABLES:
        for path in ("", "/references", *(f"/paragraphs/{n}" for n in range(8)), "/paragraphs/1/similar?k=50", *CITES):
            paths.append(f"/cables/{cable.id}{path}")
        for spelling in (str(cable.id), f"{cable.post} {cable.id.serial} ¶2", f"{cable.post[:-1]} {cable.id.serial}"):
            paths.append(f"/resolve?citation={quote(spelling)}")
    for query in ("harbor office", "the minister told the ambassador in confidence", "a hidden account"):
        for narrowed in ("", "&tag=PREL", "&post=quillhaven", "&date_from=2007-01-01&date_to=2007-12-31"):
            paths.append(f"/search?query={quote(query)}&k=100{narrowed}")
    return paths


def questions() -> list[str]:
    """Questions about what is open, what is hidden, its planted words, its cables by name."""
    chance = random.Random(6)  # noqa: S311 - the same questions each time
    hidden = [str(cable.id) for cable in CABLES if str(cable.id) not in {str(each.id) for each in VISIBLE}]
    forms: list[Callable[[], str]] = [
        lambda: f"What did the minister tell the ambassador about {chance.choice(PLANTED.words)}?",
        lambda: f"Who paid for {chance.choice(['the ferry inquiry', 'grain barges', 'herring quotas'])}?",
        lambda: f"What does {(cable := chance.choice(CABLES)).id}#{chance.randint(1, 6)} say about {cable.post}?",
        lambda: f"Summarise {chance.choice([*hidden, *(str(cable.id) for cable in CABLES)])}",
        lambda: f"What is {chance.choice(CABLES).subject}?",
        lambda: (
            f"In cables sent from {chance.choice(CABLES).post.title()} in 200{chance.randint(4, 9)}, what was said?"
        ),
        lambda: f"How many fishermen came to the hearing about {chance.choice(PLANTED.words)} and herring quotas?",
        lambda: f"What did {chance.choice(CABLES).post} {chance.randint(99, 122)} ¶{chance.randint(1, 6)} report?",
        lambda: "Which newspaper wrote about lighthouse keepers, and who told the embassy about it in confidence?",
    ]
    return [forms[number % len(forms)]() for number in range(QUESTIONS)]


def leaked(response: Any, asked: str) -> list[str]:
    """Planted words of a response that the request did not hold."""
    known = {word.lower() for word in SECRETS.findall(asked)}
    found = SECRETS.findall(response.text) + SECRETS.findall(str(dict(response.headers)))
    return [word for word in found if word.lower() not in known]


def chat(service: ProbedService, question: str, **more: Any) -> Any:
    body = {"messages": [{"role": "user", "content": question}], **more}
    return service.client.post("/chat", json=body, headers=service.low)


def test_the_words_are_there_for_those_who_may_see_them(mixed: ProbedService) -> None:
    text = "".join(mixed.client.get(path, headers=mixed.high).text for path in reads())
    seen = {word.lower() for word in SECRETS.findall(text)}
    withheld = set(PLANTED.words) - seen
    assert len(seen) > 200
    assert {word for cable in CABLES for word in SECRETS.findall(cable.problems[0])} <= withheld


def test_no_read_route_leaks(mixed: ProbedService) -> None:
    for path in reads():
        response = mixed.client.get(path, headers=mixed.low)
        assert response.status_code in (200, 400, 404), path
        assert leaked(response, path) == [], path


def test_what_is_hidden_changes_no_read(mixed: ProbedService, only_open: ProbedService) -> None:
    for path in reads():
        one, other = (each.client.get(path, headers=each.low) for each in (mixed, only_open))
        assert one.status_code == other.status_code, path
        assert _comparable(one.json()) == _comparable(other.json()), path


def test_no_answer_leaks(mixed: ProbedService) -> None:
    for question in questions():
        response = chat(mixed, question)
        assert response.status_code == 200
        assert leaked(response, question) == [], question


def test_what_is_hidden_changes_no_answer(mixed: ProbedService, only_open: ProbedService) -> None:
    for question in questions()[::5]:
        one, other = (chat(each, question).json() | {"timings_ms": {}} for each in (mixed, only_open))
        assert one == other, question


def drafts() -> list[str]:
    """For each cable a draft that cites it and its paragraphs, and quotes them."""
    return [
        f"As {cable.id} and {cable.post} {cable.id.serial}, ¶¶1-3, say. "
        + " ".join(
            f"“{each.text}” ({each.key}), and “{each.text[:40]}” ({cable.post[:-1]} 9 ¶1)." for each in cable.paragraphs
        )
        for cable in CABLES
    ]


def test_no_check_of_a_draft_leaks(mixed: ProbedService, only_open: ProbedService) -> None:
    for text in drafts():
        one, other = (each.client.post("/check", json={"text": text}, headers=each.low) for each in (mixed, only_open))
        assert one.status_code == 200 and leaked(one, text) == [], text
        assert one.json() == other.json(), text


def test_no_tool_and_no_resource_leaks(mixed: ProbedService, only_open: ProbedService) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("tools/call", {"name": name, "arguments": {}}) for name in ("count_cables", "list_cables", "posts_and_tags")
    ]
    calls += [("resources/read", {"uri": f"cable://{cable.id}{n}"}) for cable in CABLES for n in ("", "/1", "/2")]
    accept = {"accept": "application/json, text/event-stream"}
    for method, params in calls:
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        one, other = (each.client.post("/mcp", json=body, headers=each.low | accept) for each in (mixed, only_open))
        assert one.status_code == 200 and leaked(one, str(params)) == [], params
        assert one.json() == other.json(), params


def test_streams_and_completions_do_not_leak(mixed: ProbedService) -> None:
    for question in questions()[:18]:
        assert leaked(chat(mixed, question, stream=True), question) == []
        body = {"model": "cables", "messages": [{"role": "user", "content": question}]}
        completed = mixed.client.post("/v1/chat/completions", json=body, headers=mixed.low)
        assert completed.status_code == 200
        assert leaked(completed, question) == []
        responded = mixed.client.post("/v1/responses", json={"input": question, "stream": True}, headers=mixed.low)
        assert leaked(responded, question) == []


def test_a_hidden_cable_is_as_one_that_is_not_there(mixed: ProbedService) -> None:
    hidden = next(cable for cable in CABLES if str(cable.id) == "05OSTERMERE12")
    for path in ("", "/references", "/paragraphs/1", "/paragraphs/9", "/paragraphs/1/similar", "/paragraphs/x"):
        one = mixed.client.get(f"/cables/{hidden.id}{path}", headers=mixed.low)
        other = mixed.client.get(f"/cables/05OSTERMERE99{path}", headers=mixed.low)
        assert one.status_code == other.status_code == 404
        assert one.text.replace("05OSTERMERE12", "05OSTERMERE99") == other.text


def test_a_hidden_paragraph_is_as_one_that_is_not_there(mixed: ProbedService) -> None:
    partly = next(cable for cable in CABLES if cable.classification == "SECRET" and len(cable.paragraphs) == 3)
    one = mixed.client.get(f"/cables/{partly.id}/paragraphs/2", headers=mixed.low)
    other = mixed.client.get(f"/cables/{partly.id}/paragraphs/7", headers=mixed.low)
    assert one.status_code == other.status_code == 404
    assert one.text.replace("¶2", "¶7") == other.text


def test_an_open_paragraph_is_not_found_by_its_secret_subject(mixed: ProbedService) -> None:
    partly = next(cable for cable in CABLES if cable.classification == "SECRET" and len(cable.paragraphs) == 3)
    archive = _archive(mixed)
    words = SECRETS.findall(partly.subject or "")
    assert words
    low, everything = archive.as_reader(UNCLASSIFIED), archive.as_reader(Clearance(Level.TS, True, True, True))
    for word in words:
        assert low.lexical.search(word, 10, Filters()) == []
        assert str(partly.paragraphs[0].key) not in [hit.key for hit in everything.lexical.search(word, 50, Filters())]


def test_scores_by_words_rest_on_what_is_open(mixed: ProbedService, only_open: ProbedService) -> None:
    for query in ("harbor office", "minister grain barges confidence", "forty fishermen"):
        one, other = (
            _archive(each).as_reader(UNCLASSIFIED).lexical.search(query, 50, Filters()) for each in (mixed, only_open)
        )
        assert one == other


def test_labels_have_years_only_where_an_open_cable_shares_them(mixed: ProbedService) -> None:
    listed = {each["id"]: each for each in mixed.client.get("/cables?limit=200", headers=mixed.low).json()["cables"]}
    assert listed["06QUILLHAVEN100"]["label"] == "QUILLHAVEN 100"
    high = {each["id"]: each for each in mixed.client.get("/cables?limit=200", headers=mixed.high).json()["cables"]}
    assert high["06QUILLHAVEN100"]["label"] == "06 QUILLHAVEN 100"
    assert listed["08FALLOWGATE7"]["subject"] == "OPEN SUBJECT OF A SECRET CABLE"
    assert listed["08FALLOWGATE7"]["classification"] is None


def _comparable(body: Any) -> Any:
    """Cosines differ in their last digits with the batch a paragraph was encoded in: hits without scores, by key."""
    if isinstance(body, list) and body and "score" in body[0]:
        return sorted(({**hit, "score": None} for hit in body), key=lambda hit: str(hit["key"]))
    return body


def _archive(service: ProbedService) -> Archive:
    archive = service.client.app.state.archive  # type: ignore[attr-defined]
    assert isinstance(archive, Archive)
    return archive
