"""Reading on the page: permalinks, and what is not there."""

import re

from playwright.sync_api import expect

from tests.api.web.conftest import Visit


def test_a_permalink_opens_its_paragraph(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/read/08OSTERMERE71#p5")
    paragraph = visit.page.get_by_role("region", name="OSTERMERE 71 ¶5", exact=True)
    assert paragraph.evaluate("each => each.matches(':target')")
    expect(paragraph).to_be_in_viewport()
    expect(visit.page).to_have_title(re.compile("OSTERMERE 71"))
    visit.save_screenshot("permalink")


def test_the_header_shows_the_fields_and_links_references(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/read/08ostermere71")
    fields = visit.page.locator(".fields")
    for words in ("22 January 2008, 13:20 UTC", "AMEMBASSY OSTERMERE", "SECSTATE WASHDC", "ETRD"):
        expect(fields).to_contain_text(words)
    reference = fields.get_by_role("link", name="07OSTERMERE644")
    reference.click()
    expect(visit.page).to_have_url(f"{visit.url}/read/07OSTERMERE644")
    expect(visit.page.get_by_role("heading", name="OSTERMERE 644")).to_be_visible()


def test_an_unknown_cable_is_named(visit: Visit) -> None:
    response = visit.page.goto(f"{visit.url}/read/08NOWHERE1")
    assert response is not None and response.status == 404
    expect(visit.page.get_by_text("no cable 08NOWHERE1")).to_be_visible()
    visit.save_screenshot("missing")
    visit.faults.clear()  # the 404


def test_the_head_of_a_long_cable_stays_in_view(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/read/08ODDHARBOR300#p287")
    expect(visit.page.get_by_role("heading", name="ODDHARBOR 300")).to_be_in_viewport()
    expect(
        visit.page.get_by_role("region", name="ODDHARBOR 300 ¶287", exact=True).locator(".words")
    ).to_be_in_viewport()


def test_a_subject_in_capitals_is_set_in_sentence_case(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/read/08ODDHARBOR300")
    subject = visit.page.locator(".subject")
    expect(subject).to_have_text("The great herring count")
    expect(subject).to_have_attribute("title", "THE GREAT HERRING COUNT")


def test_an_address_marks_words(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/read/08ODDHARBOR300?mark=2.0-11&mark=nonsense#p2")
    expect(visit.page.locator("mark")).to_have_text(["Warehouse 2"])
