"""Public pages of the National Archives' telegrams."""

from ingest.formats.archive_page import is_archive_page, read_archive_page
from ingest.formats.html_text import parse_html
from tests.ingest.documents import one

_HEAD = "LIMITED OFFICIAL USE\n\nPAGE 01  OSTERM 00071  221828Z\n\nR 221828 Z MAY 73\nFM AMEMBASSY OSTERMERE\nTO SECSTATE WASHDC"
_TEXT = "LIMITED OFFICIAL USE OSTERMERE 00071\n\nTAGS: PINS\nSUBJECT: THE LAMP\n\n1. THE LAMP IS LIT.\n\nAVERSTRAND\n\n\nNNN\n"
_ATTRIBUTES = (
    "Draft Date: 22 MAY 1973\nReference: STATE -097844\nTo: STATE\nReview Authority: powellba2\nTAGS: PINS, XQ\n"
)


def _page(
    head: str = _HEAD, text: str = _TEXT, restrictions: str = "-- N/A or Blank --", day: str = "1973 May 22, 18:28"
) -> str:
    def cell(key: str, value: str) -> str:
        return f'<td><div class="s_key"><a title="x">{key}:</a></div><div class="s_val" title="y">{value}</div></td>'

    tags = '<a href="#">PINS<span> - Internal Security</span></a> <span>|</span> <a href="#">VEX, MARA</a>'
    return f"""<!DOCTYPE html><html><head><title>Cable</title></head><body><div><a>Donate</a></div>
<table id="synopsis"><tr><td colspan="2">THE LAMP AS TITLED</td></tr>
<tr>{cell("Date", f"{day} (Tuesday)")}{cell("Canonical ID", "1973OSTERM00071_b")}</tr>
<tr>{cell("Original Classification", "LIMITED OFFICIAL USE")}{cell("Current Classification", "UNCLASSIFIED")}</tr>
<tr>{cell("Handling Restrictions", restrictions)}{cell("TAGS", tags)}</tr>
<tr>{cell("From", "<a>Quill Ostermere</a>")}{cell("To", "<a>Department of State </a> | <a>Port Zephyr</a>")}</tr></table>
<div class="pane-tab"><div class="pane-header">Content</div><div class="pane-content"><div class="text-header hidden">{head}</div>
<div class="text-button">Show Headers</div><div class="text-content"><div id="tagged-text">{text}</div></div></div></div>
<div class="pane-tab"><div class="pane-header">Raw content</div><div class="text-content">{head}{text}</div></div>
<div class="pane-tab"><div class="pane-header">Metadata</div><div class="text-content">---\n{_ATTRIBUTES}</div></div>
<form><input type="submit" value="Donate"/></form></body></html>"""


def test_text_and_metadata() -> None:
    cable = one(_page())
    assert (str(cable.id), cable.dtg, cable.subject) == ("73OSTERMERE71", "R 221828 Z MAY 73", "THE LAMP")
    assert (cable.tags, cable.references, cable.origin) == (
        ("PINS", "VEX, MARA"),
        ("73STATE97844",),
        "AMEMBASSY OSTERMERE",
    )
    assert [each.layout for each in cable.paragraphs] == ["THE LAMP IS LIT."]
    assert cable.signers == ("AVERSTRAND",) and "Donate" not in repr(cable)


def test_the_page_declares_what_the_text_lacks() -> None:
    text = _TEXT.replace("SUBJECT: THE LAMP\n", "").replace("TAGS: PINS\n", "")
    cable = one(_page("", text, "EXDIS - Exclusive Distribution Only"))
    assert cable.date is not None and cable.date.isoformat() == "1973-05-22T18:28:00+00:00"
    assert (cable.subject, cable.origin, cable.caveats) == ("THE LAMP AS TITLED", "Quill Ostermere", ("EXDIS",))
    assert [each.name for each in cable.recipients] == ["Department of State", "Port Zephyr"]
    assert cable.paragraphs[0].effective_marking == "SBU/EXDIS"


def test_the_draft_date_serves_where_no_other_is_given() -> None:
    cable = one(_page("", day="-- N/A or Blank --"))
    assert cable.date is not None and cable.date.isoformat() == "1973-05-22T00:00:00+00:00"


def test_the_raw_pane_serves_where_the_text_pane_is_missing() -> None:
    root = parse_html(_page().replace("tagged-text", "x").replace(">Content<", ">Other<"))
    assert root is not None and is_archive_page(root)
    assert "THE LAMP IS LIT." in read_archive_page(root).body
