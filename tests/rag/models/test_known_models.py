"""The list of known models."""

import re

import pytest

from rag.errors import BadInput
from rag.models.known_models import KNOWN, known_model


def test_every_model_that_is_fetched_has_a_source_and_the_hashes_of_its_files() -> None:
    for name, model in KNOWN.items():
        assert known_model(name) is model and re.fullmatch(r"[\w.-]+", name)
        assert bool(model.files) == bool(model.hub) == bool(model.packages.requirements)
        assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in model.files.values())
        assert not any(path.startswith(("/", ".")) or ".." in path for path in model.files)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match="embeddinggemma-300m"):
        known_model("../models")
