"""The folder of fetched models (`CABLES_MODELS`): each is there whole, its files as their hashes say, or not at all."""

import hashlib
import shutil
from pathlib import Path

from rag.errors import ModelUnavailable
from rag.models.known_models import KnownModel


class ModelLibrary:
    """Fetched models, in a subfolder each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def draft(self, model: KnownModel) -> Path:
        """Folder for what was fetched of a model so far; kept, so that the next try goes on."""
        return self._folder / f".{model.name}"

    def has(self, model: KnownModel) -> bool:
        """Whether the model is there."""
        return (self._folder / model.name).is_dir()

    def path(self, model: KnownModel) -> Path:
        """The folder of a model.

        Raises:
            ModelUnavailable: it was not fetched.
        """
        if not self.has(model):
            raise ModelUnavailable(
                f"the model {model.name} is not in {self._folder}; run `cables models get {model.name}`"
            )
        return self._folder / model.name

    def only_file(self, model: KnownModel) -> Path:
        """The file of a model that has one; raises as `path` does."""
        return self.path(model) / next(iter(model.files))

    def add(self, model: KnownModel, source: Path) -> None:
        """Check the files of a model in `source`, a folder of its draft, then move them to their place.

        Raises:
            ModelUnavailable: one is another file.
        """
        for name, expected in model.files.items():
            with (source / name).open("rb") as opened:
                found = hashlib.file_digest(opened, "sha256").hexdigest()
            if found != expected:
                shutil.rmtree(source)
                raise ModelUnavailable(
                    f"the {name} that came is not that of {model.title}: its SHA-256 is {found}, not {expected}; "
                    "it was deleted: fetch the model again, from elsewhere if this happens again"
                )
        whole = self.draft(model) / "whole"
        shutil.rmtree(whole, ignore_errors=True)
        for name in model.files:
            (whole / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).rename(whole / name)
        shutil.rmtree(self._folder / model.name, ignore_errors=True)
        whole.rename(self._folder / model.name)
        shutil.rmtree(self.draft(model))
