"""Looking around: conditions to choose, the table and the months, references, paragraphs like another, verdicts."""

import json
import re
from datetime import date
from subprocess import run
from sys import executable

from playwright.sync_api import expect

from api.web.timeline import Bar, bars
from tests.api.web.conftest import MAIN, Served, Visit, ask
from tests.api.web.test_access_for_all import faults


def test_bars_have_no_gaps_and_turn_to_years() -> None:
    made = bars([("2007-12", 2), ("2008-02", 5)])
    assert [(bar.name, bar.count) for bar in made] == [("December 2007", 2), ("January 2008", 0), ("February 2008", 5)]
    assert made[2].last == date(2008, 2, 29)
    long = bars([("1973-03", 1), ("1973-05", 1), ("2008-02", 5)])
    assert len(long) == 36 and long[0] == Bar("1973", date(1973, 1, 1), date(1973, 12, 31), 2)
    assert bars([]) == []


def test_all_cables_in_a_table(visit: Visit) -> None:
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


def test_a_query_by_month_and_cable(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/browse")
    visit.page.get_by_role("searchbox").fill("silverfin limit")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("figcaption")).to_have_text("Paragraphs by month")
    assert faults(visit) == []
    visit.keep("browse")
    visit.page.get_by_role("button", name=re.compile("September 2007")).click()
    expect(visit.page.locator(".found")).to_contain_text("in 2007-09")
    expect(visit.page.locator(".cables tbody tr").first).to_contain_text("SILVERFIN TALKS")


def test_conditions_chosen_for_a_question(visit: Visit) -> None:
    visit.page.goto(visit.url)
    visit.page.locator(".narrow summary").click()
    visit.page.get_by_label("QUILLHAVEN").check()
    expect(visit.page.locator(".dock .chip")).to_have_text(["Post: QUILLHAVEN"])
    assert faults(visit) == []
    visit.keep("narrow")
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


def test_references_and_paragraphs_like_another(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/read/08OSTERMERE71#p5")
    out = visit.page.get_by_role("region", name="Refers to")
    expect(out.get_by_role("link", name="OSTERMERE 644")).to_be_visible()
    visit.page.get_by_role("button", name="More like OSTERMERE 71 ¶5").click()
    like = visit.page.get_by_role("region", name="More like OSTERMERE 71 ¶5")
    expect(like.get_by_role("link").first).to_be_visible()
    assert faults(visit) == []
    visit.keep("like")
    out.get_by_role("link", name="OSTERMERE 644").click()
    expect(
        visit.page.get_by_role("region", name="Referred to by").get_by_role("link", name="OSTERMERE 71")
    ).to_be_visible()


def test_a_verdict_is_kept(visit: Visit, service: Served) -> None:
    visit.page.goto(visit.url)
    ask(visit, "What did the judge blame for the ferry disaster?")
    visit.page.get_by_role("button", name="Bad answer").click()
    visit.page.get_by_label("What was wrong?").fill("It names no ship.")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_text("Thank you")).to_be_visible()
    export = [executable, "-c", MAIN, "feedback", "export", "--store", str(service.store)]
    lines = run(export, capture_output=True, text=True, check=True).stdout.splitlines()
    kept = [json.loads(line) for line in lines]
    assert any(each["reason"] == "It names no ship." and each["verdict"] == "down" for each in kept)


def test_offline_is_said_and_the_question_is_not_lost(visit: Visit) -> None:
    visit.page.goto(visit.url)
    box = visit.page.get_by_role("textbox", name="Question")
    expect(box).to_be_focused()
    visit.page.evaluate("socket.io.engine.close()")
    visit.page.evaluate("socket.disconnect()")
    expect(visit.page.get_by_text("Connection lost")).to_be_visible()
    visit.keep("offline")
    box.fill("What was agreed about silverfin?")
    box.press("Enter")
    expect(box).to_have_value("What was agreed about silverfin?")


def test_a_question_that_cannot_be_asked(visit: Visit) -> None:
    visit.page.goto(visit.url)
    box = visit.page.get_by_role("textbox", name="Question")
    box.evaluate("each => each.removeAttribute('maxlength')")
    box.fill("why " * 1100)
    box.press("Enter")
    expect(visit.page.get_by_role("alert")).to_contain_text("the most is 4,000")
    expect(visit.page.get_by_role("button", name="Ask again")).to_be_visible()
    visit.keep("error")
