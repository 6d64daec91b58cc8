"""Questions from subjects."""

import pytest

from api.web.suggested import suggested_question
from rag.domain.cable import Cable, Paragraph
from rag.domain.cable_id import CableId
from rag.domain.paragraph_key import ParagraphKey
from tests.api.web.answers import KEY


@pytest.mark.parametrize(
    ("subject", "text", "question"),
    [
        ("LAMP ON GANNET ROCK LIT", "The lamp on Gannet Rock was lit.", "What did Oddharbor report about “Lamp on Gannet Rock lit”?"),
        ("IS THE DAM SAFE TO FILL?", "Is it safe to fill the dam?", "Is the dam safe to fill?"),
        ("PORT ZEPHYR AND ITS PORT", "It is Port Zephyr's port, run by USAID.", "What did Oddharbor report about “Port Zephyr and its port”?"),
        ("USAID AT THE PORT", "At the port USAID is known.", "What did Oddharbor report about “USAID at the port”?"),
        ("ENVOY MEETS OPPOSITION LEADER", "THE ENVOY MEETS THE OPPOSITION LEADER.", None),
        ("VISIT", "A visit.", None),
        (None, "A visit.", None),
    ],
)  # fmt: skip
def test_a_subject_becomes_a_question(subject: str | None, text: str, question: str | None) -> None:
    paragraph = Paragraph(ParagraphKey.parse(KEY), text, text)
    cable = Cable(CableId.parse("08ODDHARBOR9"), "ODDHARBOR", (paragraph,), subject=subject)
    assert suggested_question(cable) == question
