"""Models optimized for a store's own archive (`fast/` in the store), in folders `NAME-FINGERPRINT`."""

import functools
import hashlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rag.encoders.cpu_features import has_bfloat16, has_int8, may_have_gpu
from rag.encoders.model_folders import ModelFolders
from rag.errors import CablesError

if TYPE_CHECKING:
    from rag.encoders.encoder import Encoder

INT8, FLOAT = "int8", "float"
GRAPH = "graph.xml"
LEAST_COSINE = 0.99
RECORD = "encoder.json"
_PACKAGES = ("openvino", "nncf")


@dataclass(frozen=True, slots=True)
class FastEncoderRecord:
    """What was made of a model, as in the file `encoder.json`.

    `kind` is `INT8`, `FLOAT`, or None where neither was close enough; `cosine` the lowest cosine to the model in
    float32 over windows that were not used for calibration, as texts and as questions; `refused` says why it is not
    `INT8`.
    """

    kind: str | None
    cosine: float | None
    inputs: tuple[str, ...]
    padding: int
    calibrated_on: int
    refused: str = ""


class FastEncoders:
    """The fast encoders of a store; without `enabled`, none is made or used."""

    def __init__(self, folder: Path, enabled: bool = True) -> None:
        self._models = ModelFolders(folder)
        self._enabled = enabled and importlib.util.find_spec("openvino") is not None
        self.unavailable_reason = ""
        """One line where the last one that was made or opened could not be used."""

    def open(self, model: Path) -> "Encoder | None":
        """The fast encoder of the model in this folder, if there is one and it suits this machine."""
        if not self._enabled or (record := self._record(model)) is None or record.kind is None:
            return None
        if may_have_gpu() or (record.kind == INT8 and not has_int8()):
            return None
        from rag.encoders.openvino_encoder import Graph, OpenVinoEncoder

        graph = Graph(self.path(model) / GRAPH, record.inputs, record.padding)
        number = INT8 if record.kind == INT8 else "bfloat16" if has_bfloat16() else "float32"
        try:
            return OpenVinoEncoder(model, graph, f"OpenVINO {number} (cosine {record.cosine} to float32)")
        except RuntimeError as error:
            first = str(error).splitlines()[0]
            self.unavailable_reason = f"the fast encoder in {graph.file.parent} cannot be read: {first}"
            return None

    def lacks(self, model: Path) -> bool:
        """Whether one could be made of the model in this folder, and none was tried yet."""
        possible = self._enabled and all(importlib.util.find_spec(package) for package in _PACKAGES)
        return possible and not may_have_gpu() and self._record(model) is None

    def make(self, model: Path, windows: Sequence[str]) -> None:
        """Make one of the model in this folder, calibrated on windows of the archive, see `calibration_windows`.

        After a failure `unavailable_reason` says why, and the model is computed as it would be without.
        """
        try:
            self._models.add(_name(model), lambda folder: _quantize(model, folder, windows))
        except CablesError as error:
            self.unavailable_reason = str(error)
            return
        record = self._record(model)
        self.unavailable_reason = record.refused if record else ""

    def keep_only(self, models: Sequence[Path]) -> None:
        """Delete those of all other models."""
        self._models.keep_only({_name(model) for model in models})

    def path(self, model: Path) -> Path:
        """Folder for the fast encoder of the model in this folder."""
        return self._models.path(_name(model))

    def _record(self, model: Path) -> FastEncoderRecord | None:
        file = self.path(model) / RECORD
        if not file.is_file():
            return None
        fields = json.loads(file.read_text(encoding="utf-8"))
        return FastEncoderRecord(**fields | {"inputs": tuple(fields["inputs"])})


def _name(model: Path) -> str:
    return f"{model.name}-{_fingerprint(model)}"


@functools.cache
def _fingerprint(model: Path) -> str:
    """Digest of the files that decide what a model computes."""
    digest = hashlib.sha256()
    for file in sorted(path for path in model.rglob("*") if path.suffix in (".safetensors", ".bin", ".json")):
        digest.update(str(file.relative_to(model)).encode())
        with file.open("rb") as opened:
            digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()[:12]


def _quantize(model: Path, folder: Path, windows: Sequence[str]) -> None:
    """In another process, so that this one does not load torch."""
    command = [sys.executable, "-P", "-m", "rag.encoders.quantization", str(model), str(folder)]
    done = subprocess.run(command, input=json.dumps(list(windows)), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        last = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1]
        raise CablesError(f"no fast encoder could be made: {last}")
