"""Browsing: filters, the table and the months, references, similar paragraphs, verdicts."""

import json
import re

from playwright.sync_api import expect

from tests.api.cli.commands import run
from tests.api.web.conftest import Served, Visit, accessibility_faults, ask, ask_when_connected


def test_all_cables_are_listed_and_filtered(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/browse")
    rows = visit.page.locator(".cables tbody tr")
    expect(rows).to_have_count(18)
    visit.page.get_by_label("Post").select_option("OSTERMERE")
    expect(rows).to_have_count(3)
    visit.page.get_by_role("button", name=re.compile("2008: 1 cable")).click()
    expect(rows).to_have_count(1)
    expect(visit.page.get_by_label("Year")).to_have_value("2008")
    rows.get_by_role("link", name="OSTERMERE 71").click()
    expect(visit.page).to_have_url(f"{visit.url}/read/08OSTERMERE71")


def test_results_of_a_query_are_narrowed_by_month(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/browse")
    visit.page.get_by_role("searchbox").fill("silverfin limit")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("figcaption")).to_have_text("Paragraphs by month")
    assert accessibility_faults(visit) == []
    visit.save_screenshot("browse")
    visit.page.get_by_role("button", name=re.compile("September 2007")).click()
    expect(visit.page.locator(".found")).to_contain_text("in 2007-09")
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
    visit.page.get_by_role("button", name="More like OSTERMERE 71 ¶5").click()
    like = visit.page.get_by_role("region", name="More like OSTERMERE 71 ¶5")
    expect(like.get_by_role("link").first).to_be_visible()
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
    visit.page.evaluate("socket.io.engine.close()")
    visit.page.evaluate("socket.disconnect()")
    expect(visit.page.get_by_text("Connection lost")).to_be_visible()
    visit.save_screenshot("offline")
    box.fill("What was agreed about silverfin?")
    box.press("Enter")
    expect(box).to_have_value("What was agreed about silverfin?")


def test_a_refused_question_is_explained(visit: Visit) -> None:
    visit.page.goto(visit.url)
    box = visit.page.get_by_role("textbox", name="Question")
    box.evaluate("each => each.removeAttribute('maxlength')")
    ask_when_connected(visit, "why " * 1100)
    expect(visit.page.get_by_role("alert")).to_contain_text("the most is 4,000")
    expect(visit.page.get_by_role("button", name="Ask again")).to_be_visible()
    visit.save_screenshot("error")
