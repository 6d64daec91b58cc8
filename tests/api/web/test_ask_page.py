"""Asking on the page: the answer streams in, its citations open the paragraph."""

import re

from playwright.sync_api import expect

from tests.api.web.conftest import Visit, ask, send

LIGHT = "Did the idea come from the chief of staff, Leopold Starkey, or from the Navy?"


def test_an_answer_links_its_citations(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, LIGHT)
    turn = visit.page.get_by_role("article", name="Question and answer")
    expect(turn.get_by_role("heading", level=2)).to_have_text(LIGHT)
    citation = turn.locator(".answer").get_by_role("link", name="QUILLHAVEN 2340 ¶5", exact=True)
    expect(citation).to_have_attribute("href", re.compile(r"^/read/07QUILLHAVEN2340\?mark=5\.[\d.&=mark-]+#p5$"))
    expect(turn).to_contain_text("Quoted word for word")
    visit.save_screenshot("answer")


def test_the_first_sentence_comes_within_six_seconds(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, "What did the judge blame for the ferry disaster?")  # the first question loads what later ones reuse
    send(visit, LIGHT)
    # The aim is 1.5 s on two idle cores; this bound holds on a busy machine.
    expect(visit.page.locator(".turn").nth(1).locator(".sentence").first).to_be_visible(timeout=6_000)


def test_a_citation_opens_its_paragraph_beside_the_answer(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, "Whose idea was it to switch the Gannet Rock light back on?")
    answer = visit.page.locator(".answer")
    pill = answer.get_by_role("link", name=re.compile("QUILLHAVEN 2340 ¶")).first
    citation = pill.inner_text()
    pill.click()
    reader = visit.page.get_by_role("region", name="Reader")
    chosen = reader.locator("[data-chosen]")
    expect(chosen).to_have_attribute("aria-label", citation)
    expect(chosen).to_be_in_viewport()
    for quoted in (
        answer.locator(".sentence", has=visit.page.get_by_role("link", name=citation, exact=True))
        .locator("> span[dir]")
        .all_inner_texts()
    ):
        expect(chosen.locator("mark", has_text=quoted)).to_be_visible()
    expect(reader.get_by_role("heading", name="QUILLHAVEN 2340")).to_be_focused()
    visit.save_screenshot("reader")
    place = reader.locator(".place")
    expect(place).to_have_text(re.compile(r"Citation 1 of \d"))
    reader.get_by_role("button", name="Next citation").click()
    expect(place).to_have_text(re.compile(r"Citation 2 of \d"))
    expect(chosen).not_to_have_attribute("aria-label", citation)
    visit.page.keyboard.press("Escape")
    expect(reader).to_be_hidden()
    expect(pill).to_be_focused()


def test_conditions_read_from_the_question_can_be_removed(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, "What did cables from Ostermere in 2008 say about the duty on wheat?")
    chips = visit.page.locator(".turn").first.locator(".chip")
    expect(chips).to_have_text(["Post: OSTERMERE", "Date: 2008"])
    chips.nth(1).click()
    second = visit.page.locator(".turn").nth(1)
    expect(second.locator(".chip")).to_have_text(["Post: OSTERMERE"])


def test_an_abstention_says_so(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, "xylophone quarterly maintenance zebra?")
    expect(visit.page.locator(".abstained")).to_contain_text("The archive does not say.")
    visit.save_screenshot("abstained")


def test_suggested_questions_come_from_the_archive(visit: Visit) -> None:
    visit.page.goto(visit.url)
    visit.save_screenshot("empty")
    suggestion = visit.page.locator(".suggested").get_by_role("link").first
    words = suggestion.inner_text()
    suggestion.click()
    expect(visit.page.get_by_role("heading", level=2, name=words)).to_be_visible()
    expect(visit.page.locator(".sentence").first).to_be_visible()


def test_a_conversation_survives_a_reload_until_a_new_chat(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, LIGHT)
    visit.page.reload()
    expect(visit.page.locator(".turn .sentence").first).to_be_visible()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Export as Markdown").click()
    text = download.value.path().read_text()
    assert f"## {LIGHT}" in text and f"[QUILLHAVEN 2340 ¶5]({visit.url}/read/07QUILLHAVEN2340#p5)" in text
    visit.page.get_by_role("button", name="New chat").click()
    expect(visit.page.locator(".turn")).to_have_count(0)
    expect(visit.page).to_have_url(f"{visit.url}/")
    visit.page.reload()
    expect(visit.page.locator(".suggested")).to_be_visible()
    expect(visit.page.locator(".turn")).to_have_count(0)


def test_a_copied_answer_has_its_citations(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, LIGHT)
    visit.page.get_by_role("button", name="Copy", exact=True).click()
    expect(visit.page.get_by_text("Copied.")).to_be_visible()
    text = visit.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(LIGHT) and "[1]" in text
    assert "cable 07QUILLHAVEN2340, August 27, 2007, para. 5." in text


def test_a_follow_up_is_understood(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, "What did Bettina Krale say about the wheat duty?")
    ask(visit, "And what fund did she obtain?")
    second = visit.page.locator(".turn").nth(1)
    expect(second).to_contain_text("Understood as:")
    expect(second.locator(".answer .pill").first).to_be_visible()
