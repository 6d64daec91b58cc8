from dataclasses import replace

from rag.adaptation.examples import Example, batches
from rag.adaptation.held_out import HeldOut, split
from rag.adaptation.pairs import Asking, Pair, askings, common_headings
from rag.cable import Cable
from tests.rag.samples import make_cable

SUMMARY = "Summary. The harbour master promised to relight the northern beacon before the winter storms."
BODY = "The harbour master told the Consul that the northern beacon would be lit again before winter came."
OTHER = "Over lunch the mayor spoke at length about herring, its price, and the young people leaving the islands."


def asked(cable: Cable, kind: str, *referred: Cable) -> list[Asking]:
    return [each for each in askings(cable, frozenset(), referred) if each.kind == kind]


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
    assert not [each for each in askings(headed, common, []) if each.kind == "heading"]


def test_a_sentence_with_a_reference_is_answered_in_the_cable_referred_to() -> None:
    earlier = make_cable("08OSTERMERE1", SUMMARY, BODY)
    later = make_cable(
        "08OSTERMERE2", SUMMARY, "As reported in ref A, the northern beacon was to be lit again. " + OTHER
    )
    (asking,) = asked(later, "reference", earlier)
    assert asking.text == "As reported in ref A, the northern beacon was to be lit again."
    assert asking.among == ("08OSTERMERE1#1", "08OSTERMERE1#2")


def test_no_batch_holds_two_examples_of_a_cable() -> None:
    found = [Example(f"08OSTERMERE{number // 3}", f"{number}", "answer", "near") for number in range(30)]
    made = list(batches(found, 5, seed=1))
    assert sum(map(len, made)) >= 25
    assert all(len({each.cable_id for each in batch}) == 5 for batch in made)
    assert made == list(batches(found, 5, seed=1))
    assert made != list(batches(found, 5, seed=2))


def test_held_out_cables_teach_nothing() -> None:
    cables = [f"08OSTERMERE{number}" for number in range(200)]
    pairs = [Pair("summary", "text", cable_id, f"{cable_id}#2", (f"{cable_id}#2",)) for cable_id in cables]
    across = Pair("reference", "text", pairs[0].cable_id, "x", ("x",))
    learned, held = split(pairs, 0.2)
    assert 20 <= len(held) <= 60
    assert len(learned) + len(held) == 200
    crossing = [replace(across, cable_id=learned[0].cable_id, key=held[0].key)]
    assert split(crossing, 0.2) == ([], [])


def test_right_is_whatever_stands_where_the_answer_must() -> None:
    import numpy as np

    directions = {"a": (1.0, 0.0), "b": (0.0, 1.0), "far": (-1.0, 0.0), "asks a": (0.9, 0.1), "asks b": (0.6, 0.5)}
    pairs = [
        Pair("summary", "asks a", "A", "A#2", ("A#1", "A#2")),  # the nearest of its own, which is not the one it names
        Pair("summary", "asks b", "B", "B#1", ("B#1",)),
    ]
    ranks = HeldOut(pairs, {"A#1": "a", "A#2": "far", "B#1": "b"}).ranks(
        lambda texts: np.array([directions[text] for text in texts], dtype=np.float32)
    )
    assert ranks.mrr == 0.75
    assert ranks.recall == 1.0
