import pytest

from rag.text.administrative import is_administrative


@pytest.mark.parametrize(
    "sentence",
    [
        "A/S Periwinkle cleared this cable.",
        "This message has not been cleared by Senator Vell.",
        "Staffdel Orlen did not have an opportunity to clear this cable.",
        "Please visit Ostermere's Classified Website.",
        "This is an action request.",
        "End summary.",
    ],
)
def test_what_is_said_of_the_cable_itself_is_administration(sentence: str) -> None:
    assert is_administrative(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The Minister cleared the harbour of wrecks.",
        "Customs cleared this shipment of lamp oil in May.",
        "Hask reviewed the guard of honour.",
        "The action of the skippers was praised.",
    ],
)
def test_what_it_reports_is_none(sentence: str) -> None:
    assert not is_administrative(sentence)
