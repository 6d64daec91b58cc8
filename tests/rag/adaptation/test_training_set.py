"""Mining the sample archive."""

import pytest

from rag.adaptation.training_config import TrainingConfig
from rag.adaptation.training_set import TooFewPairs, TrainingSet, mine_training_set
from rag.archive import Archive
from rag.catalog.catalog_reader import CatalogReader
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.domain.paragraph_key import cable_id_of

PUBLIC = Clearance(Level.U)
SMALL = TrainingConfig(held_out=0.25, least_pairs=1, least_held_out=0)


@pytest.fixture(scope="module")
def public(sample: Archive) -> TrainingSet:
    return mine_training_set(sample, SMALL, PUBLIC, lambda done, total: None)


def text_of(catalog: CatalogReader) -> str:
    """All text that the catalog's reader may see."""
    cables = list(catalog.cables(catalog.ids()))
    texts = [
        text
        for cable in cables
        for text in (cable.subject or "", *(f"{each.heading or ''} {each.text}" for each in cable.paragraphs))
    ]
    return " ".join(texts)


def test_only_what_the_reader_may_see_is_mined(sample: Archive, public: TrainingSet) -> None:
    catalog = sample.catalog.as_reader(PUBLIC)
    assert public.pairs and len(catalog.paragraphs(list(public.texts))) == len(public.texts)
    visible = text_of(catalog)
    assert all(pair.text in visible for pair in (*public.pairs, *public.held_out.pairs))


def test_every_pair_has_negatives_of_which_the_texts_are_known(public: TrainingSet) -> None:
    for pair in public.pairs:
        assert pair.near and pair.key not in pair.near
        assert {pair.key, *pair.near} <= public.texts.keys()


def test_training_and_held_out_pairs_share_no_cable(public: TrainingSet) -> None:
    training = {cable_id for pair in public.pairs for cable_id in (pair.cable_id, cable_id_of(pair.key))}
    held_out = {pair.cable_id for pair in public.held_out.pairs}
    assert held_out and not training & held_out


def test_an_archive_too_small_says_how_much_is_needed(sample: Archive) -> None:
    with pytest.raises(TooFewPairs, match=r"400 and 40 are needed.* 66 cables"):
        mine_training_set(sample, TrainingConfig(), PUBLIC, lambda done, total: None)
