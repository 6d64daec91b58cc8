"""Makes a fast encoder of a model: `python -m rag.quantizing MODEL FOLDER`, a JSON list of texts on stdin.

A process of its own, so that the one that ingests or serves never loads torch. The texts are windows of the archive:
int8 ranges are calibrated on two thirds of them, and the graph is held against the model in float32 on the rest. Where
it is too far from it, or the CPU gains little by int8, the graph stays in floats. The method is NNCF's post-training
quantization with static ranges (https://github.com/openvinotoolkit/nncf).
"""

import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rag.encoder import tokenizer_of, unit
from rag.fast_encoders import FLOAT, GRAPH, INT8, LEAST_COSINE, RECORD, Record
from rag.openvino_encoder import Graph, OpenVinoEncoder
from rag.processor import computes_bfloat16, computes_int8

if TYPE_CHECKING:
    import openvino
    from sentence_transformers import SentenceTransformer

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def main() -> None:
    """Run as a process."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    logging.disable(logging.WARNING)
    model, folder = Path(sys.argv[1]), Path(sys.argv[2])
    record = make(model, folder, json.load(sys.stdin), worthwhile_kinds())
    (folder / RECORD).write_text(json.dumps(asdict(record)), encoding="utf-8")


def worthwhile_kinds() -> tuple[str, ...]:
    """What to make on this CPU, best first. Where it has bfloat16, int8 gains less than a tenth and is less near."""
    return (INT8, FLOAT) if computes_int8() and not computes_bfloat16() else (FLOAT,)


def make(model: Path, folder: Path, windows: Sequence[str], kinds: Sequence[str]) -> Record:
    """Write the graph into the folder, of the first kind that is near enough.

    `windows` are in an order that is as good as any other.
    """
    from sentence_transformers import SentenceTransformer

    original = SentenceTransformer(
        str(model), device="cpu", local_files_only=True, model_kwargs={"attn_implementation": "sdpa"}
    )
    inputs = tuple(name for name in _INPUTS if name in original.tokenizer.model_input_names)
    graph = Graph(folder / GRAPH, inputs, int(original.tokenizer.pad_token_id or 0))
    held_out = len(windows) // 3
    calibration, check = list(windows[held_out:]), list(windows[:held_out])
    expected = unit(np.asarray(original.encode(check, show_progress_bar=False), dtype=np.float32))
    floats = _converted(original, model, graph.inputs, calibration[:2])
    refused = ""
    for kind in kinds:
        _save(_quantized(floats, model, graph.inputs, calibration) if kind == INT8 else floats, graph.file)
        cosine = _least_cosine(OpenVinoEncoder(model, graph, kind), check, expected)
        if cosine >= LEAST_COSINE:
            return Record(kind, round(cosine, 4), graph.inputs, graph.padding, len(calibration), refused)
        refused = f"{kind} is refused: cosine {cosine:.3f} to float32, {LEAST_COSINE} is needed"
    return Record(None, None, graph.inputs, graph.padding, len(calibration), refused)


def _least_cosine(encoder: OpenVinoEncoder, texts: list[str], expected: NDArray[np.float32]) -> float:
    """Over the texts together and each alone: a runtime may treat a batch of one in a way of its own."""
    alone = np.stack([encoder.sentences([text])[0] for text in texts])
    return min(float((found * expected).sum(axis=1).min()) for found in (encoder.sentences(texts), alone))


def _converted(
    original: "SentenceTransformer", model: Path, inputs: Sequence[str], texts: list[str]
) -> "openvino.Model":
    import openvino
    import torch

    class Whole(torch.nn.Module):
        """The model with its pooling: vectors of the texts and of their tokens."""

        def __init__(self) -> None:
            super().__init__()
            self.inner = original

        def forward(self, *given: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            found = self.inner(dict(zip(inputs, given, strict=True)))
            return found["sentence_embedding"], found["token_embeddings"]

    example = tuple(torch.from_numpy(each) for each in _fed(model, inputs, texts))
    with torch.no_grad():
        graph = openvino.convert_model(Whole().eval(), example_input=example)
    for name, given in zip(inputs, graph.inputs, strict=True):
        given.get_tensor().set_names({name})
        given.get_node().set_partial_shape(openvino.PartialShape([-1, -1]))
    graph.validate_nodes_and_infer_types()
    return graph


def _quantized(graph: "openvino.Model", model: Path, inputs: Sequence[str], windows: Sequence[str]) -> "openvino.Model":
    import nncf

    feeds = [dict(zip(inputs, _fed(model, inputs, [window]), strict=True)) for window in windows]
    # Attention stays in floats: OpenVINO forgets the mask of a batch of one in int8, and its kernel for floats is fast.
    attention = nncf.IgnoredScope(types=["ScaledDotProductAttention"], validate=False)
    kind = nncf.ModelType.TRANSFORMER
    return nncf.quantize(graph, nncf.Dataset(feeds), model_type=kind, subset_size=len(feeds), ignored_scope=attention)


def _fed(model: Path, inputs: Sequence[str], texts: Sequence[str]) -> list[NDArray[Any]]:
    tokenizer = tokenizer_of(model)
    ids = [each.ids for each in tokenizer.encode_batch(list(texts))]
    width = min(map(len, ids))  # an example of whole texts or their beginnings: nothing is padded
    tokens = np.array([each[:width] for each in ids], dtype=np.int64)
    given = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}
    return [given[name] for name in inputs]


def _save(graph: "openvino.Model", file: Path) -> None:
    import openvino

    openvino.save_model(graph, file, compress_to_fp16=True)


if __name__ == "__main__":
    main()
