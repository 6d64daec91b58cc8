"""Browsing: filters, the table and the months, references, similar paragraphs, verdicts."""

import json
import re

from playwright.sync_api import expect

from tests.api.cli.commands import run
from tests.api.web.conftest import Served, Visit, accessibility_faults, ask, send


def test_all_cables_are_listed_and_filtered(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/browse")
    rows = visit.page.locator(".cables tbody tr")
    expect(rows).to_have_count(18)
    visit.page.get_by_label("Post").select_option("OSTERMERE")
    expect(rows).to_have_count(3)
    visit.page.get_by_role("link", name=re.compile("2008: 1 cable")).click()
    expect(rows).to_have_count(1)
    expect(visit.page.get_by_label("Year")).to_have_value("2008")
    expect(visit.page.locator(".found")).to_contain_text("1 of 18 cables")
    visit.page.go_back()
    expect(rows).to_have_count(3)
    visit.page.go_forward()
    rows.get_by_role("link", name="OSTERMERE 71").click()
    expect(visit.page).to_have_url(f"{visit.url}/read/08OSTERMERE71?in=post%3DOSTERMERE%26year%3D2008")


def test_results_of_a_query_are_narrowed_by_month(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/browse")
    visit.page.get_by_role("searchbox").fill("silverfin limit")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("figcaption")).to_have_text("Paragraphs by month")
    assert accessibility_faults(visit) == []
    visit.save_screenshot("browse")
    visit.page.get_by_role("link", name=re.compile("September 2007")).click()
    expect(visit.page).to_have_url(re.compile("query=silverfin.limit.*date_from=2007-09-01&date_to=2007-09-30"))
    expect(visit.page.get_by_label("From")).to_have_value("2007-09-01")
    expect(visit.page.locator(".bar-of[aria-current]")).to_have_count(1)
    expect(visit.page.locator(".cables tbody tr").first).to_contain_text("SILVERFIN TALKS")


def test_chosen_filters_apply_to_a_question(visit: Visit) -> None:
    visit.page.goto(visit.url)
    visit.page.locator(".narrow summary").click()
    visit.page.get_by_label("QUILLHAVEN").check()
    expect(visit.page.locator(".dock .chip")).to_have_text(["Post: QUILLHAVEN"])
    assert accessibility_faults(visit) == []
    visit.save_screenshot("narrow")
    ask(visit, "What was agreed about silverfin?")
    turn = visit.page.locator(".turn").first
    expect(turn.locator(".chip")).to_have_text(["Post: QUILLHAVEN"])
    for citation in turn.locator(".answer .pill").all_inner_texts():
        assert citation.startswith("QUILLHAVEN")
    turn.locator(".chip").click()
    expect(visit.page.locator(".turn")).to_have_count(2)
    expect(visit.page.locator(".dock .chip")).to_have_count(0)
    expect(visit.page.locator(".turn").nth(1).locator(".answer")).to_have_attribute("aria-busy", "false")
    expect(visit.page.locator(".turn").nth(1).locator(".chip")).to_have_count(0)


def test_references_and_similar_paragraphs_are_linked(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/read/08OSTERMERE71#p5")
    out = visit.page.get_by_role("region", name="Refers to")
    expect(out.get_by_role("link", name="OSTERMERE 644")).to_be_visible()
    more = visit.page.get_by_role("link", name="More like OSTERMERE 71 ¶5")
    more.click()
    like = visit.page.get_by_role("region", name="More like OSTERMERE 71 ¶5")
    expect(like.get_by_role("link").first).to_be_visible()
    more.click()
    expect(like).to_have_count(0)
    more.click()
    expect(like).to_be_visible()
    assert accessibility_faults(visit) == []
    visit.save_screenshot("like")
    out.get_by_role("link", name="OSTERMERE 644").click()
    expect(
        visit.page.get_by_role("region", name="Referred to by").get_by_role("link", name="OSTERMERE 71")
    ).to_be_visible()


def test_a_verdict_is_stored(visit: Visit, service: Served) -> None:
    visit.page.goto(visit.url)
    ask(visit, "What did the judge blame for the ferry disaster?")
    visit.page.get_by_role("button", name="Bad answer").click()
    visit.page.get_by_label("What was wrong?").fill("It names no ship.")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_text("Thank you")).to_be_visible()
    lines = run("feedback", "export", store=service.store).stdout.splitlines()
    kept = [json.loads(line) for line in lines]
    assert any(entry["reason"] == "It names no ship." and entry["verdict"] == "down" for entry in kept)


def test_a_lost_connection_is_shown_and_keeps_the_question(visit: Visit) -> None:
    visit.page.goto(visit.url)
    box = visit.page.get_by_role("textbox", name="Question")
    expect(box).to_be_focused()
    visit.page.route("**/ask", lambda route: route.abort())
    send(visit, "What was agreed about silverfin?")
    expect(visit.page.get_by_text("Connection lost")).to_be_visible()
    visit.save_screenshot("offline")
    expect(box).to_have_value("What was agreed about silverfin?")
    visit.page.unroute("**/ask")
    box.press("Enter")
    expect(visit.page.locator(".turn .sentence").first).to_be_visible()
    visit.faults.clear()  # the request that was broken off


def test_a_refused_question_is_explained(visit: Visit) -> None:
    visit.page.goto(visit.url)
    box = visit.page.get_by_role("textbox", name="Question")
    box.evaluate("each => each.removeAttribute('maxlength')")
    send(visit, "why " * 1100)
    expect(visit.page.get_by_role("alert")).to_contain_text("the most is 4,000")
    expect(visit.page.get_by_role("link", name="Ask again")).to_be_visible()
    visit.save_screenshot("error")


def test_a_wrong_value_is_refused_with_what_may_have_been_meant(visit: Visit) -> None:
    response = visit.page.goto(f"{visit.url}/browse?query=wheat&post=OSTERMEER")
    assert response is not None and response.status == 400
    visit.faults.clear()  # the 400
    alert = visit.page.get_by_role("alert")
    expect(alert).to_contain_text("No cable here has the post “OSTERMEER”. Did you mean OSTERMERE?")
    expect(visit.page.get_by_role("searchbox")).to_have_value("wheat")
    alert.get_by_role("link", name="OSTERMERE").click()
    expect(visit.page).to_have_url(f"{visit.url}/browse?query=wheat&post=OSTERMERE")
    expect(visit.page.locator(".cables tbody tr").first).to_be_visible()
