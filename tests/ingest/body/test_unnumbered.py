"""Text before ¶1, and telegrams without numbers."""

from ingest.body.unnumbered import preamble_segment, unnumbered_segments
from tests.ingest.invented import cable


def test_preamble_and_no_numbers_at_all() -> None:
    body = "----------\nKey Points\n----------\n\n-- The lamp is lit.\n\n1. (C) The first one.\n"
    preamble = cable(body).paragraphs[0]
    assert (str(preamble.key.locator), preamble.number, preamble.heading) == ("0", None, "Key Points")
    assert preamble.text == "-- The lamp is lit."
    body = "(U) The lamp is lit.\n\nWho Pays\n--------\n\nThe crown pays for it.\n\nThe keeper is glad.\nAVERSTRAND\n"
    parsed = cable(body).paragraphs
    assert [str(each.key.locator) for each in parsed] == ["u1", "u2", "u3"]
    assert [each.number for each in parsed] == [None] * 3
    assert [each.marking for each in parsed] == ["U", None, None]
    assert [each.heading for each in parsed] == [None, "Who Pays", "Who Pays"]
    assert parsed[-1].text == "The keeper is glad."


def test_a_redaction_alone_is_no_preamble() -> None:
    assert preamble_segment(["XXXXXXXXXXXX", ""]) is None
    assert preamble_segment(["", "-----"]) is None


def test_a_signer_at_the_end_is_no_text() -> None:
    segments = unnumbered_segments(["The lamp is lit.", "", "So it is. AVERSTRAND"], ["AVERSTRAND"])
    assert [segment.text for segment in segments] == ["The lamp is lit.", "So it is."]
    assert unnumbered_segments([]) == []
