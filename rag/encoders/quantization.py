"""Makes a fast encoder of a model: `python -m rag.encoders.quantization MODEL FOLDER`, a JSON list of texts on stdin.

It runs in a process of its own, so that the one that ingests or serves never loads torch. The texts are windows of the
archive. Int8 ranges are calibrated on two thirds of them, and the graph is compared to the model in float32 on the
rest. If the difference is too large, or int8 makes this CPU little faster, the graph stays in floats. The method is
NNCF's post-training quantization with static ranges (https://github.com/openvinotoolkit/nncf).
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

from rag.encoders.cpu_features import has_bfloat16, has_int8
from rag.encoders.encoder import unit
from rag.encoders.fast_encoders import FLOAT, GRAPH, INT8, LEAST_COSINE, RECORD, FastEncoderRecord
from rag.encoders.openvino_encoder import Graph, OpenVinoEncoder
from rag.encoders.tokenizer import load_tokenizer, prompts

if TYPE_CHECKING:
    import openvino
    from sentence_transformers import SentenceTransformer

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def main() -> None:
    """Write the graph and its record; the entry point of the process."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    model, folder = Path(sys.argv[1]), Path(sys.argv[2])
    if not model.is_dir():  # before the libraries that take long to import
        sys.exit(f"no model in {model}")
    record = make(model, folder, json.load(sys.stdin), worthwhile_kinds())
    (folder / RECORD).write_text(json.dumps(asdict(record)), encoding="utf-8")


def worthwhile_kinds() -> tuple[str, ...]:
    """What to make on this CPU, best first. With bfloat16, int8 is less than 10% faster and less accurate."""
    return (INT8, FLOAT) if has_int8() and not has_bfloat16() else (FLOAT,)


def make(model: Path, folder: Path, windows: Sequence[str], kinds: Sequence[str]) -> FastEncoderRecord:
    """Write the graph of the first kind that is close enough to the model into the folder.

    `windows` must be in random order.
    """
    from sentence_transformers import SentenceTransformer

    original = SentenceTransformer(
        str(model), device="cpu", local_files_only=True, model_kwargs={"attn_implementation": "sdpa"}
    )
    inputs = tuple(name for name in _INPUTS if name in original.tokenizer.model_input_names)
    graph = Graph(folder / GRAPH, inputs, int(original.tokenizer.pad_token_id or 0))
    checked = len(windows) // 3
    calibration, check = list(windows[checked:]), list(windows[:checked])
    try:
        floats = _converted(original, model, graph.inputs, calibration[:2])
    except (MemoryError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever the tracing of a model's own code raises
        refused = f"{model.name} cannot be converted: {(str(error).strip().splitlines() or [''])[0]}"
        return FastEncoderRecord(None, None, graph.inputs, graph.padding, 0, refused)
    expected = [
        unit(np.asarray(original.encode(check, prompt=prompt, show_progress_bar=False), dtype=np.float32))
        for prompt in (prompts(model).text, prompts(model).question)
    ]
    refused = ""
    for kind in kinds:
        _save(_quantized(floats, model, graph.inputs, calibration) if kind == INT8 else floats, graph.file)
        cosine = _least_cosine(OpenVinoEncoder(model, graph, kind), check, expected)
        if cosine >= LEAST_COSINE:
            return FastEncoderRecord(kind, round(cosine, 4), graph.inputs, graph.padding, len(calibration), refused)
        refused = f"{kind} is refused: cosine {cosine:.3f} to float32, {LEAST_COSINE} is needed"
    return FastEncoderRecord(None, None, graph.inputs, graph.padding, len(calibration), refused)


def _least_cosine(encoder: OpenVinoEncoder, texts: list[str], expected: Sequence[NDArray[np.float32]]) -> float:
    """Over the texts together and each alone, and as questions: a runtime may compute a batch of one differently."""
    alone = np.stack([encoder.sentences([text])[0] for text in texts])
    found = (encoder.sentences(texts), encoder.questions(texts), alone)
    as_texts, as_questions = expected
    return min(
        float((vectors * wanted).sum(axis=1).min())
        for vectors, wanted in zip(found, (as_texts, as_questions, as_texts), strict=True)
    )


def _converted(
    original: "SentenceTransformer", model: Path, inputs: Sequence[str], texts: list[str]
) -> "openvino.Model":
    import openvino
    import torch

    class PooledModel(torch.nn.Module):  # type: ignore[misc]
        """The model with its pooling."""

        def __init__(self) -> None:
            super().__init__()
            self.inner = original

        def forward(self, *tensors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            """Vectors of the texts and of their tokens."""
            outputs = self.inner(dict(zip(inputs, tensors, strict=True)))
            return outputs["sentence_embedding"], outputs["token_embeddings"]

    example = tuple(torch.from_numpy(array) for array in _input_arrays(model, inputs, texts))
    sizes = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    with torch.no_grad():
        # An exported program, not a traced one: the attention masks of newer models cannot be traced.
        program = torch.export.export(
            PooledModel().eval(), example, dynamic_shapes={"tensors": (sizes,) * len(example)}, strict=False
        )
    graph = openvino.convert_model(program)
    for name, parameter in zip(inputs, graph.inputs, strict=True):
        parameter.get_tensor().set_names({name})
        parameter.get_node().set_partial_shape(openvino.PartialShape([-1, -1]))
    graph.validate_nodes_and_infer_types()
    return graph


def _quantized(graph: "openvino.Model", model: Path, inputs: Sequence[str], windows: Sequence[str]) -> "openvino.Model":
    import nncf

    feeds = [dict(zip(inputs, _input_arrays(model, inputs, [window]), strict=True)) for window in windows]
    # Attention stays in floats: in int8 OpenVINO ignores the mask of a batch of one, and its float kernel is fast.
    attention = nncf.IgnoredScope(types=["ScaledDotProductAttention"], validate=False)
    kind = nncf.ModelType.TRANSFORMER
    return nncf.quantize(graph, nncf.Dataset(feeds), model_type=kind, subset_size=len(feeds), ignored_scope=attention)


def _input_arrays(model: Path, inputs: Sequence[str], texts: Sequence[str]) -> list[NDArray[Any]]:
    ids = [encoding.ids for encoding in load_tokenizer(model).encode_batch(list(texts))]
    width = min(map(len, ids))  # texts are cut to the shortest, so that nothing is padded
    tokens = np.array([each[:width] for each in ids], dtype=np.int64)
    arrays = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}
    return [arrays[name] for name in inputs]


def _save(graph: "openvino.Model", file: Path) -> None:
    import openvino

    openvino.save_model(graph, file, compress_to_fp16=True)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    main()
