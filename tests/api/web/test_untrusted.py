"""Cable text is text: nothing in it runs, links or formats, and nothing in it breaks the page."""

import httpx
from playwright.sync_api import expect

from tests.api.web.conftest import Visit, ask
from tests.api.web.odd_cables import NAMES, SHOWN


def test_markup_in_a_cable_stays_inert(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/read/08ODDHARBOR7#p1")
    first = visit.page.get_by_role("region", name="ODDHARBOR 7 ¶1", exact=True)
    expect(first.locator(".words")).to_have_text(SHOWN)
    expect(visit.page.locator(".subject")).to_contain_text("<script>window.planted=5</SCRIPT>", ignore_case=True)
    assert visit.page.locator(".cable").locator("script, img, b, .words a").count() == 0
    assert visit.page.evaluate("window.planted") is None
    visit.save_screenshot("planted")


def test_markup_in_an_answer_stays_inert(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, "What does ODDHARBOR 7 ¶1 say? <img src=x onerror=window.planted=6>")
    expect(visit.page.locator(".answer")).to_contain_text("<script>window.planted = 1</script>")
    visit.page.locator(".answer .pill").first.click()
    expect(visit.page.locator(".reader mark").first).to_be_visible()
    assert visit.page.locator("#content").locator("script, img, b").count() == 0
    visit.page.reload()
    expect(visit.page.locator(".answer")).to_contain_text("<script>window.planted = 1</script>")
    assert visit.page.evaluate("window.planted") is None


def test_the_policy_blocks_injected_scripts(visit: Visit) -> None:
    policy = httpx.get(f"{visit.url}/").headers["content-security-policy"]
    assert "default-src 'none'" in policy and "connect-src 'self'" in policy
    scripts = next(item for item in policy.split("; ") if item.startswith("script-src"))
    assert scripts == "script-src 'self'" and "unsafe" not in policy and "http" not in policy
    visit.page.goto(visit.url)
    visit.page.evaluate(
        "document.body.append(Object.assign(document.createElement('div'),"
        " {innerHTML: '<img src=x onerror=\"window.planted = 7\">'}))"
    )
    visit.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.planted = 8'}))"
    )

    def violations() -> int:
        return sum("Content Security Policy" in fault for fault in visit.faults)

    while violations() < 2:
        visit.page.wait_for_event("console")
    assert violations() == 2
    assert visit.page.evaluate("window.planted") is None
    visit.faults.clear()  # the two violations, and the missing picture


def test_a_tampered_conversation_is_not_shown(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, "Whose idea was it to switch the Gannet Rock light back on?")
    visit.page.wait_for_function("history.state?.done")  # kept just after it is shown
    visit.page.evaluate(
        "const name = `cables.${history.state.chat}`, turns = JSON.parse(sessionStorage.getItem(name));"
        "const turn = JSON.parse(turns[0]);"
        "turn.sentences[0].text = turn.citations[0].quote = 'It was Somebody Else.';"
        "sessionStorage.setItem(name, JSON.stringify([JSON.stringify(turn)]))"
    )
    visit.page.reload()
    expect(visit.page.locator(".turn")).to_contain_text("not in the archive as they were")
    expect(visit.page.locator(".turn")).not_to_contain_text("Somebody Else")


def test_right_to_left_names_are_unchanged(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/read/08ODDHARBOR7#p2")
    expect(visit.page.get_by_role("region", name="ODDHARBOR 7 ¶2", exact=True).locator(".words")).to_have_text(NAMES)


def test_bullets_and_tables_keep_their_lines(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/read/08ODDHARBOR7")
    bullets = visit.page.get_by_role("region", name="ODDHARBOR 7 ¶4", exact=True).locator(".words")
    assert bullets.inner_text().splitlines()[-2:] == ["- the first goes on in the next line;", "- the second does not."]
    table = visit.page.get_by_role("region", name="ODDHARBOR 7 ¶5", exact=True).locator(".table")
    assert "almonds     12     14" in table.inner_text()


def test_a_link_into_a_cable_of_three_hundred_paragraphs(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/read/08ODDHARBOR300#p287")
    expect(visit.page.get_by_role("region", name="ODDHARBOR 300 ¶287", exact=True)).to_be_in_viewport()
    assert visit.page.locator(".paragraph").count() == 300
    visit.save_screenshot("long-cable")


def test_nothing_is_wider_than_the_page(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 740})
    reads = [f"/read/{cable}" for cable in ("08ODDHARBOR7", "08ODDHARBOR300", "07QUILLHAVEN2340")]
    for path in ("/", "/browse", "/browse?query=herring+barrels", *reads):
        visit.page.goto(f"{visit.url}{path}")
        visit.page.locator("h1, h2").first.wait_for()
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360
