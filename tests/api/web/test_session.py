"""A store with keys: the page asks for one, and shows what it opens and nothing else."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from rag.catalog.catalog import open_catalog
from rag.catalog.keys import Keys
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.settings import Settings
from tests.api.web.conftest import Served, Visit, ask, open_visit, send, serving


@pytest.fixture(scope="module")
def guarded(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Keys]]:
    """The service on a copy of the sample archive, and the keys of its store."""
    folder = tmp_path_factory.mktemp("guarded")
    shutil.copytree(sample_store, folder / "store")
    catalog = open_catalog(Settings(store=folder / "store"))
    keys = Keys(catalog)
    keys.add("somebody", Clearance(Level.U))
    with serving(folder / "store", folder / "log") as served:
        yield served, keys
    catalog.close()


@pytest.fixture
def guarded_visit(context: BrowserContext, guarded: tuple[Served, Keys]) -> Visit:
    return open_visit(context, guarded[0].url)


def missing_only(visit: Visit) -> bool:
    """Whether nothing went wrong but what a page without a key, or without the cable asked for, is answered with."""
    return [fault for fault in visit.faults if not {"401", "404"} & set(fault.split())] == []


def enter(visit: Visit, key: str) -> None:
    visit.page.get_by_label("Key", exact=True).fill(key)
    visit.page.get_by_role("button", name="Enter").click()


def test_the_page_asks_for_a_key_and_refuses_an_unknown_one(guarded_visit: Visit) -> None:
    guarded_visit.page.goto(guarded_visit.url)
    expect(guarded_visit.page.get_by_role("heading", name="This archive asks for a key")).to_be_visible()
    expect(guarded_visit.page.get_by_text("QUILLHAVEN")).to_have_count(0)
    guarded_visit.save_screenshot("key")
    enter(guarded_visit, "cables_nonsense")
    expect(guarded_visit.page.locator("#refused")).to_contain_text("not known")
    assert missing_only(guarded_visit)


def test_a_key_opens_only_what_its_clearance_allows(guarded_visit: Visit, guarded: tuple[Served, Keys]) -> None:
    key = guarded[1].add("public", Clearance(Level.U))
    guarded_visit.page.goto(f"{guarded_visit.url}/read/08OSTERMERE71#p5")
    enter(guarded_visit, key)
    expect(guarded_visit.page.get_by_role("region", name="OSTERMERE 71 ¶5", exact=True)).to_be_visible()
    cookie = next(item for item in guarded_visit.page.context.cookies() if item["name"] == "cables_key")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    guarded_visit.page.goto(f"{guarded_visit.url}/read/07QUILLHAVEN2340")
    expect(guarded_visit.page.locator(".paragraph")).to_have_count(1)
    expect(guarded_visit.page.get_by_text("LAMP ON GANNET ROCK")).to_have_count(0)
    guarded_visit.save_screenshot("share")
    guarded_visit.page.goto(f"{guarded_visit.url}/read/06QUILLHAVEN1871")
    expect(guarded_visit.page.get_by_text("no cable 06QUILLHAVEN1871")).to_be_visible()
    guarded_visit.page.goto(guarded_visit.url)
    ask(guarded_visit, "Did the idea come from the chief of staff, Leopold Starkey, or from the Navy?")
    assert "Starkey, and not" not in guarded_visit.page.content()
    assert missing_only(guarded_visit)


def test_a_higher_key_opens_more_until_it_is_given_up(guarded_visit: Visit, guarded: tuple[Served, Keys]) -> None:
    key = guarded[1].add("analyst", Clearance(Level.S, noforn=True))
    guarded_visit.page.goto(guarded_visit.url)
    enter(guarded_visit, key)
    ask(guarded_visit, "Did the idea come from the chief of staff, Leopold Starkey, or from the Navy?")
    expect(guarded_visit.page.locator(".answer .pill").first).to_contain_text("QUILLHAVEN 2340")
    guarded[1].revoke("analyst")
    send(guarded_visit, "And who was told last?")
    expect(guarded_visit.page.get_by_role("alert")).to_contain_text("revoked")
    guarded_visit.page.get_by_role("button", name="Give up the key").click()
    expect(guarded_visit.page.get_by_role("heading", name="This archive asks for a key")).to_be_visible()
    assert guarded_visit.page.evaluate("sessionStorage.length") == 0
    assert missing_only(guarded_visit)
