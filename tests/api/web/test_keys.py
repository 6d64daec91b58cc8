"""A store with keys: the page asks for one, and shows what it opens and nothing else."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from rag.access import Clearance
from rag.archive import open_catalog
from rag.keys import Keys
from rag.marking import Level
from rag.settings import Settings
from tests.api.web.conftest import Served, Visit, ask, open_visit, serve, stop


@pytest.fixture(scope="module")
def guarded(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Keys]]:
    """The service on a copy of the sample archive, and the keys of its store."""
    folder = tmp_path_factory.mktemp("guarded")
    shutil.copytree(sample_store, folder / "store")
    catalog = open_catalog(Settings(store=folder / "store"))
    keys = Keys(catalog)
    keys.add("somebody", Clearance(Level.U))
    served = serve(folder / "store", folder / "log")
    yield served, keys
    stop(served)
    catalog.close()


@pytest.fixture
def door(context: BrowserContext, guarded: tuple[Served, Keys]) -> Visit:
    return open_visit(context, guarded[0].url)


def enter(visit: Visit, key: str) -> None:
    visit.page.get_by_label("Key", exact=True).fill(key)
    visit.page.get_by_role("button", name="Enter").click()


def test_the_page_asks_for_a_key(door: Visit) -> None:
    door.page.goto(door.url)
    expect(door.page.get_by_role("heading", name="This archive asks for a key")).to_be_visible()
    expect(door.page.get_by_text("QUILLHAVEN")).to_have_count(0)
    door.keep("key")
    enter(door, "cables_nonsense")
    expect(door.page.locator("#refused")).to_contain_text("not known")
    assert [each for each in door.faults if "401" not in each] == []


def test_a_key_opens_its_share(door: Visit, guarded: tuple[Served, Keys]) -> None:
    key = guarded[1].add("public", Clearance(Level.U))
    door.page.goto(f"{door.url}/read/08OSTERMERE71#p5")
    enter(door, key)
    expect(door.page.get_by_role("region", name="OSTERMERE 71 ¶5", exact=True)).to_be_visible()
    cookie = next(each for each in door.page.context.cookies() if each["name"] == "cables_key")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    door.page.goto(f"{door.url}/read/07QUILLHAVEN2340")
    expect(door.page.locator(".paragraph")).to_have_count(1)
    expect(door.page.get_by_text("LAMP ON GANNET ROCK")).to_have_count(0)
    door.keep("share")
    door.page.goto(f"{door.url}/read/06QUILLHAVEN1871")
    expect(door.page.get_by_text("no cable 06QUILLHAVEN1871")).to_be_visible()
    door.page.goto(door.url)
    ask(door, "Did the idea come from the chief of staff, Leopold Starkey, or from the Navy?")
    assert "Starkey, and not" not in door.page.content()
    assert door.faults == []


def test_a_higher_key_opens_more_and_leaving_closes(door: Visit, guarded: tuple[Served, Keys]) -> None:
    key = guarded[1].add("analyst", Clearance(Level.S, noforn=True))
    door.page.goto(door.url)
    enter(door, key)
    ask(door, "Did the idea come from the chief of staff, Leopold Starkey, or from the Navy?")
    expect(door.page.locator(".answer .pill").first).to_contain_text("QUILLHAVEN 2340")
    guarded[1].revoke("analyst")
    ask_box = door.page.get_by_role("textbox", name="Question")
    ask_box.fill("And who was told last?")
    ask_box.press("Enter")
    expect(door.page.get_by_role("alert")).to_contain_text("revoked")
    door.page.get_by_role("button", name="Give up the key").click()
    expect(door.page.get_by_role("heading", name="This archive asks for a key")).to_be_visible()
    assert door.page.evaluate("localStorage.getItem('cables.conversation')") is None
    assert door.faults == []
