"""Every state of the page is in its address; a question is never lost; nothing is kept in a process."""

import re
from dataclasses import dataclass, field

import httpx
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, Route, expect

from tests.api.web.conftest import Served, Visit, ask, open_visit, send
from tests.api.web.elements import of_class, texts

LIGHT = "Did the idea come from the chief of staff, Leopold Starkey, or from the Navy?"
WHEAT = "What did Bettina Krale say about the wheat duty?"


@dataclass
class HeldRoutes:
    """Requests that the browser waits for."""

    routes: list[Route] = field(default_factory=list)

    def hold(self, route: Route) -> None:
        """Leave a request unanswered."""
        self.routes.append(route)


def test_an_answer_is_read_without_scripts(service: Served) -> None:
    response = httpx.get(f"{service.url}/", params={"q": WHEAT, "post": "OSTERMERE"}, timeout=60)
    root = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 200 and texts(of_class(root, "question")[0]) == [WHEAT]
    assert of_class(root, "sentence") and of_class(root, "pill")
    assert root.find("input", {"name": "post", "value": "OSTERMERE"}).has_attr("checked")  # type: ignore[union-attr]


def test_the_form_works_without_scripts(chromium: Browser, service: Served) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(service.url)
    page.get_by_role("textbox", name="Question").fill(WHEAT)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".answer .pill").first).to_be_visible()
    page.get_by_role("textbox", name="Question").fill("And what fund did she obtain?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".turn")).to_contain_text("Understood as:")
    expect(page.locator(".before a")).to_have_text([WHEAT])
    page.locator(".answer .pill").first.click()
    expect(page.locator("mark").first).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Bad answer").click()
    page.get_by_label("What was wrong?").fill("It is late.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you")).to_be_visible()
    context.close()


def test_an_address_opens_the_answer_and_the_paragraph_beside_it(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, LIGHT)
    visit.page.locator(".answer .pill").first.click()
    expect(visit.page.locator(".reader [data-chosen] mark").first).to_be_visible()
    address = visit.page.url
    assert "open=" in address and "mark=" in address
    other = open_visit(visit.page.context, visit.url)
    other.page.goto(address)
    expect(other.page.locator(".answer .pill").first).to_be_visible()
    expect(other.page.locator(".reader [data-chosen] mark").first).to_be_visible()
    assert other.faults == []


def test_the_back_button_leads_back_through_questions(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, WHEAT)
    ask(visit, LIGHT)
    visit.page.go_back()
    expect(visit.page.locator(".turn .question")).to_have_text([WHEAT])
    expect(visit.page.locator(".sentence").first).to_be_visible()
    visit.page.go_forward()
    expect(visit.page.locator(".turn .question")).to_have_text([WHEAT, LIGHT])
    visit.page.get_by_role("link", name="Browse").click()
    visit.page.get_by_role("link", name="Ask", exact=True).click()
    expect(visit.page.locator(".turn .question")).to_have_text([WHEAT, LIGHT])


def test_two_tabs_keep_two_conversations(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, WHEAT)
    other = open_visit(visit.page.context, visit.url)
    other.page.goto(visit.url)
    expect(other.page.locator(".turn")).to_have_count(0)
    ask(other, LIGHT)
    for each, question in ((visit, WHEAT), (other, LIGHT)):
        each.page.reload()
        expect(each.page.locator(".turn .question")).to_have_text([question])
    assert other.faults == []


def test_a_reload_during_a_slow_answer_keeps_the_question(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, WHEAT)
    held = HeldRoutes()
    visit.page.route("**/ask", held.hold)
    send(visit, LIGHT)
    visit.page.wait_for_url(re.compile("Starkey"))
    visit.page.unroute("**/ask")
    visit.page.reload()
    expect(visit.page.locator(".turn .question")).to_have_text([WHEAT, LIGHT])
    expect(visit.page.locator(".turn").nth(1).locator(".sentence").first).to_be_visible()


def test_a_question_too_long_for_an_address_survives_a_reload(visit: Visit) -> None:
    visit.page.goto(visit.url)
    held = HeldRoutes()
    visit.page.route("**/ask", held.hold)
    long = f"{WHEAT} {'ع' * 2000}"
    send(visit, long)
    visit.page.wait_for_function("history.state?.asked")
    assert len(visit.page.url) < 100
    visit.page.unroute("**/ask")
    visit.page.reload()
    expect(visit.page.locator(".turn .question")).to_have_text(long)
    expect(visit.page.locator(".answer")).to_have_attribute("aria-busy", "false")


def test_a_question_typed_during_an_answer_stays_in_the_box(visit: Visit) -> None:
    visit.page.goto(visit.url)
    held = HeldRoutes()
    visit.page.route("**/ask", held.hold)
    send(visit, WHEAT)
    expect(visit.page.get_by_role("button", name="Stop")).to_be_visible()
    send(visit, LIGHT)
    expect(visit.page.get_by_text("Wait for the answer")).to_be_visible()
    held.routes[0].continue_()
    expect(visit.page.locator(".answer")).to_have_attribute("aria-busy", "false")
    box = visit.page.get_by_role("textbox", name="Question")
    expect(box).to_have_value(LIGHT)
    visit.page.reload()
    expect(box).to_have_value(LIGHT)


def test_chosen_filters_are_in_the_address_and_counted(visit: Visit) -> None:
    visit.page.goto(visit.url)
    visit.page.locator(".narrow summary").click()
    visit.page.get_by_label("OSTERMERE").check()
    visit.page.locator("[name=date_from]").fill("2008-01-01")
    expect(visit.page.locator(".count-left")).to_have_text("1 of 18 cables")
    expect(visit.page).to_have_url(f"{visit.url}/?date_from=2008-01-01&post=OSTERMERE")
    visit.page.reload()
    expect(visit.page.locator(".dock .chip")).to_have_text(["Post: OSTERMERE", "Date: from 2008-01-01"])
    visit.page.locator(".dock .chip").first.click()
    expect(visit.page.locator(".dock .chip")).to_have_text(["Date: from 2008-01-01"])


def test_a_wrong_filter_keeps_the_question(context: BrowserContext, service: Served) -> None:
    visit = open_visit(context, service.url)
    visit.page.goto(f"{visit.url}/?q=Who+lit+the+lamp%3F&post=OSTERMEER")
    expect(visit.page.get_by_role("alert").first).to_contain_text("Did you mean OSTERMERE?")
    expect(visit.page.get_by_role("textbox", name="Question")).to_have_value("Who lit the lamp?")
    visit.page.get_by_role("alert").get_by_role("link", name="OSTERMERE").click()
    expect(visit.page.locator(".turn .question")).to_have_text("Who lit the lamp?")


def test_keys_lead_through_the_citations(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, "Whose idea was it to switch the Gannet Rock light back on?")
    visit.page.locator("body").click(position={"x": 5, "y": 400})
    visit.page.keyboard.press("j")
    expect(visit.page.locator(".place")).to_have_text(re.compile(r"Citation 1 of \d"))
    visit.page.keyboard.press("j")
    expect(visit.page.locator(".place")).to_have_text(re.compile(r"Citation 2 of \d"))
    visit.page.keyboard.press("k")
    expect(visit.page.locator(".place")).to_have_text(re.compile(r"Citation 1 of \d"))
    visit.page.keyboard.press("/")
    expect(visit.page.get_by_role("textbox", name="Question")).to_be_focused()
    visit.page.keyboard.type("?j")
    expect(visit.page.get_by_role("textbox", name="Question")).to_have_value("?j")
