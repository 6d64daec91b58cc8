from dataclasses import replace

from rag.adaptation.pairs import Anchor, anchors, common_headings
from rag.domain.cable import Cable
from tests.rag.samples import make_cable

SUMMARY = "Summary. The harbour master promised to relight the northern beacon before the winter storms."
BODY = "The harbour master told the Consul that the northern beacon would be lit again before winter came."
OTHER = "Over lunch the mayor spoke at length about herring, its price, and the young people leaving the islands."


def asked(cable: Cable, kind: str, *referred: Cable) -> list[Anchor]:
    return [each for each in anchors(cable, frozenset(), referred) if each.kind == kind]


def test_a_summary_sentence_is_answered_in_the_body() -> None:
    (asking,) = asked(make_cable("08OSTERMERE1", SUMMARY, BODY, OTHER), "summary")
    assert asking.text.startswith("The harbour master promised")
    assert asking.among == ("08OSTERMERE1#2", "08OSTERMERE1#3")


def test_text_asks_only_where_the_readers_of_the_answer_may_see_it() -> None:
    secret = make_cable("08OSTERMERE1", ("S", SUMMARY), ("C", BODY), ("S", OTHER), ("U", BODY), classification="SECRET")
    (asking,) = asked(secret, "summary")
    assert asking.among == ("08OSTERMERE1#3",)
    (subject,) = asked(secret, "subject")
    assert subject.among == ("08OSTERMERE1#3",)


def test_a_heading_asks_for_what_stands_under_it_unless_many_cables_have_it() -> None:
    cable = make_cable("08OSTERMERE1", SUMMARY, BODY, OTHER)
    summary, body, other = cable.paragraphs
    headed = replace(
        cable,
        paragraphs=(summary, replace(body, heading="The Northern Beacon"), replace(other, heading="Final Comment")),
    )
    assert [(each.text, each.among) for each in asked(headed, "heading")] == [
        ("The Northern Beacon", ("08OSTERMERE1#2",)),
        ("Final Comment", ("08OSTERMERE1#3",)),
    ]
    common = common_headings([headed, headed, headed])
    assert common == {"the northern beacon", "final comment"}
    assert not [each for each in anchors(headed, common, []) if each.kind == "heading"]


def test_a_sentence_with_a_reference_is_answered_in_the_cable_referred_to() -> None:
    earlier = make_cable("08OSTERMERE1", SUMMARY, BODY)
    later = make_cable(
        "08OSTERMERE2", SUMMARY, "As reported in ref A, the northern beacon was to be lit again. " + OTHER
    )
    (asking,) = asked(later, "reference", earlier)
    assert asking.text == "As reported in ref A, the northern beacon was to be lit again."
    assert asking.among == ("08OSTERMERE1#1", "08OSTERMERE1#2")
