"""Marks that mail, Markdown and wrong encodings leave in a text copy."""

from collections.abc import Callable

import pytest

from ingest.formats.plain_text import read_plain_text, unlink
from tests.ingest.invented import BODY, HEAD, read_one


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
        lambda text: text.replace("\n", " \\\n"),
        lambda text: text.replace("¶1.", "**1.**").replace("¶2.", "**2.**"),
        lambda text: text.replace("¶1.", "1\\.").replace("¶2.", "2\\. "),
        lambda text: text.replace("¶", "Â¶"),
        lambda text: text.replace("¶", "¦"),
        lambda text: text.replace("¶", "\x14"),
    ],
    ids=["quoted mail", "backslashes", "bold numbers", "escaped numbers", "mojibake", "mac", "dos"],
)
def test_marks_of_mail_and_markdown_are_undone(spoil: Callable[[str], str]) -> None:
    plain, spoiled = read_one(f"{HEAD}\n{BODY}"), read_one(spoil(f"{HEAD}\n{BODY}"))
    assert [each.text for each in spoiled.paragraphs] == [each.text for each in plain.paragraphs]
    assert [each.key for each in spoiled.paragraphs] == [each.key for each in plain.paragraphs]
    assert (spoiled.subject, spoiled.signers, spoiled.references) == (plain.subject, plain.signers, plain.references)


def test_markdown_links_are_read_as_shown() -> None:
    assert unlink("TAGS: [PREL](#) [MARR](#)") == "TAGS: PREL MARR"
    assert unlink("[1](#)3. (C) Text\n[1](#)B. STATE 1") == "¶3. (C) Text\n¶B. STATE 1"
    assert unlink("see [the page](http://example.org/a)") == "see the page"
    assert unlink("[...] and (see) [1]") == "[...] and (see) [1]"


def test_attributes_and_note_of_the_publisher_are_no_text() -> None:
    note = "This record is a partial extract of the original cable. The full text is not available."
    (telegram,) = read_plain_text(f"{note}\n{HEAD}\n{BODY}\n<< END OF DOCUMENT >>\n\nMessage Attributes\nTAGS: XQ\n")
    assert telegram.note == note
    assert telegram.body.strip().endswith("AVERSTRAND")
