"""Mining pairs with small real indexes and an encoder that counts words."""

import pytest

from rag.adaptation.mining import PairMiner
from rag.adaptation.pairs import Pair
from rag.catalog.catalog import Catalog
from rag.index.indexes import Indexes
from tests.rag.samples import make_cable
from tests.rag.word_embeddings import WordEmbeddings, index_cables

SUMMARY = "Summary. The harbour master promised to relight the northern beacon before the winter storms."
BODY = "The harbour master promised the Consul to relight the northern beacon before the winter storms came again."
OTHER = "Over lunch the mayor spoke at length about herring, its price, and the young people leaving the islands."
RIVAL = "The harbour master of another port promised to relight a southern beacon once the spring storms are over."


@pytest.fixture
def miner(catalog: Catalog, indexes: Indexes) -> PairMiner:
    cables = [
        make_cable("08OSTERMERE1", SUMMARY, BODY, OTHER, subject=None),
        make_cable("08OSTERMERE2", "Summary.", RIVAL, OTHER, subject=None),
        make_cable(
            "08OSTERMERE3",
            "Summary.",
            "Nothing that has to do with lights was said on this day by anybody here.",
            subject=None,
        ),
    ]
    for cable in cables:
        catalog.put(cable)
    index_cables(indexes, *cables)
    return PairMiner(catalog, indexes.vectors, indexes.lexical, WordEmbeddings())


def summary_pair(miner: PairMiner) -> Pair:
    (pairs,) = miner.pairs(["08OSTERMERE1"])
    (pair,) = [pair for pair in pairs if pair.kind == "summary"]
    return pair


def test_the_answer_is_the_paragraph_that_both_indexes_rank_first(miner: PairMiner) -> None:
    pair = summary_pair(miner)
    assert pair.text.startswith("The harbour master promised")
    assert pair.key == "08OSTERMERE1#2"
    assert pair.among == ("08OSTERMERE1#2", "08OSTERMERE1#3")


def test_negatives_are_similar_paragraphs_of_other_cables_and_then_a_sibling(miner: PairMiner) -> None:
    pair = summary_pair(miner)
    assert pair.near[0] == "08OSTERMERE2#2"
    assert pair.near[-1] == "08OSTERMERE1#3"
    assert pair.key not in pair.near and len(pair.near) <= 4


def test_a_copy_of_the_answer_is_no_negative(catalog: Catalog, indexes: Indexes, miner: PairMiner) -> None:
    copy = make_cable("08OSTERMERE4", "Summary.", BODY, subject=None)
    catalog.put(copy)
    index_cables(indexes, copy)
    assert "08OSTERMERE4#2" not in summary_pair(miner).near


def test_a_missing_cable_has_no_pairs(miner: PairMiner) -> None:
    assert list(miner.pairs(["08OSTERMERE99"])) == [[]]
