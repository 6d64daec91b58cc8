"""Models made fast for a store's own archive (`fast/` in the store), each whole in a folder `NAME-FINGERPRINT`."""

import functools
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import CablesError
from rag.processor import computes_bfloat16, computes_int8, may_have_gpu
from rag.whole_folder import write_whole

if TYPE_CHECKING:
    from rag.encoder import Encoder

INT8, FLOAT = "int8", "float"
GRAPH = "graph.xml"
LEAST_COSINE = 0.99
RECORD = "encoder.json"
_PACKAGES = ("openvino", "nncf")


@dataclass(frozen=True, slots=True)
class Record:
    """What was made of a model: `INT8`, `FLOAT` or None where neither was near enough, and the least cosine to the
    model in float32 over windows that were not calibrated on; `refused` says why it is not `INT8`."""

    kind: str | None
    cosine: float | None
    inputs: tuple[str, ...]
    padding: int
    calibrated_on: int
    refused: str = ""


class FastEncoders:
    """The folder of a store's fast encoders; with `wanted` off, none is made or used."""

    def __init__(self, folder: Path, wanted: bool = True) -> None:
        self._folder = folder
        self._wanted = wanted and importlib.util.find_spec("openvino") is not None
        self.why_not = ""
        """One line where the last one that was made or opened could not be used."""

    def open(self, model: Path) -> "Encoder | None":
        """The fast encoder of the model in this folder, if there is one and it suits this machine."""
        if not self._wanted or (record := self._record(model)) is None or record.kind is None:
            return None
        if may_have_gpu() or (record.kind == INT8 and not computes_int8()):
            return None
        from rag.openvino_encoder import Graph, OpenVinoEncoder

        graph = Graph(self.place(model) / GRAPH, record.inputs, record.padding)
        floats = "bfloat16" if computes_bfloat16() else "float32"
        told = f"OpenVINO {record.kind if record.kind == INT8 else floats} (cosine {record.cosine} to float32)"
        try:
            return OpenVinoEncoder(model, graph, told)
        except RuntimeError as error:
            self.why_not = f"the fast encoder in {graph.file.parent} cannot be read: {str(error).splitlines()[0]}"
            return None

    def lacks(self, model: Path) -> bool:
        """Whether one could be made of the model in this folder, and none was tried yet."""
        able = self._wanted and all(importlib.util.find_spec(each) for each in _PACKAGES)
        return able and not may_have_gpu() and self._record(model) is None

    def make(self, model: Path, windows: Sequence[str]) -> None:
        """Make one of the model in this folder, calibrated on windows of the archive, see `calibration_windows`.

        What cannot be made is told in `why_not`, and the model runs as it would without.
        """
        try:
            write_whole(self.place(model), lambda folder: _made(model, folder, windows))
        except CablesError as error:
            self.why_not = str(error)
            return
        record = self._record(model)
        self.why_not = record.refused if record else ""

    def keep_only(self, models: Sequence[Path]) -> None:
        """Drop those of all other models."""
        kept = {self.place(model).name for model in models}
        for each in self._folder.iterdir() if self._folder.is_dir() else ():
            if each.name not in kept:
                shutil.rmtree(each, ignore_errors=True)

    def place(self, model: Path) -> Path:
        """Folder for the fast encoder of the model in this folder."""
        return self._folder / f"{model.name}-{fingerprint(model)}"

    def _record(self, model: Path) -> Record | None:
        file = self.place(model) / RECORD
        if not file.is_file():
            return None
        held = json.loads(file.read_text(encoding="utf-8"))
        return Record(**held | {"inputs": tuple(held["inputs"])})


@functools.cache
def fingerprint(model: Path) -> str:
    """Of the files that decide what a model computes."""
    digest = hashlib.sha256()
    for file in sorted(each for each in model.rglob("*") if each.suffix in (".safetensors", ".bin", ".json")):
        digest.update(str(file.relative_to(model)).encode())
        with file.open("rb") as opened:
            digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()[:12]


def _made(model: Path, folder: Path, windows: Sequence[str]) -> None:
    command = [sys.executable, "-P", "-m", "rag.quantizing", str(model), str(folder)]
    done = subprocess.run(command, input=json.dumps(list(windows)), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1]
        raise CablesError(f"no fast encoder could be made: {said}")
