from rag.adaptation.examples import Example, batches, examples
from rag.adaptation.pairs import Pair

TEXTS = {"A#1": ("context one", "one"), "B#1": ("context two", "two"), "C#1": ("context three", "three")}


def test_each_epoch_has_the_next_negative() -> None:
    pairs = [Pair("summary", "query", "A", "A#1", ("A#1",), ("B#1", "C#1"))]
    epochs = [examples(pairs, TEXTS, epoch) for epoch in range(3)]
    assert [example.negative for (example,) in epochs] == ["context two", "context three", "context two"]
    assert epochs[0] == [Example("A", "query", "context one", "context two")]


def test_bare_pairs_have_no_context() -> None:
    (example,) = examples([Pair("heading", "query", "A", "A#1", ("A#1",), ("B#1",), bare=True)], TEXTS, 0)
    assert (example.positive, example.negative) == ("one", "two")


def test_no_batch_holds_two_examples_of_a_cable() -> None:
    triplets = [Example(f"08OSTERMERE{number // 3}", f"{number}", "positive", "negative") for number in range(30)]
    made = list(batches(triplets, 5, seed=1))
    assert sum(map(len, made)) >= 25
    assert all(len({example.cable_id for example in batch}) == 5 for batch in made)
    assert made == list(batches(triplets, 5, seed=1))
    assert made != list(batches(triplets, 5, seed=2))
