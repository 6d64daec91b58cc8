"""A sentence-transformers model run by OpenVINO: needs neither torch nor sentence-transformers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.encoders.cpu_features import has_bfloat16
from rag.encoders.encoder import unit
from rag.encoders.tokenizer import load_tokenizer, prompts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SENTENCE, TOKENS = 0, 1
"""Outputs of the graph: vectors of the texts, shape (texts, dimensions), and of their tokens, shape (texts, tokens,
dimensions)."""

_BATCH_TOKENS = 1024
_MOST_PADDING = 128  # tokens
_STEP = 16
"""Batches are padded to multiples of this many tokens: OpenVINO compiles and keeps every new shape."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A converted model: its file, the names of its inputs and its padding token."""

    file: Path
    inputs: tuple[str, ...]
    padding: int


class OpenVinoEncoder:
    """Computes a batch on each of OpenVINO's streams, in bfloat16 where the CPU has it and the graph is not int8."""

    texts_per_call = 64

    def __init__(self, folder: Path, graph: Graph, precision: str) -> None:
        """`folder` is the model's own, for its tokenizer.

        Raises:
            RuntimeError: OpenVINO cannot read the graph.
        """
        import openvino

        float_type = "bf16" if has_bfloat16() else "f32"
        hints = {"PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_PRECISION_HINT": float_type}
        self.precision = precision
        self._graph = graph
        self._tokenizer = load_tokenizer(folder)
        self._prompts = prompts(folder)
        self._model = openvino.Core().compile_model(graph.file, "CPU", hints)
        self._queue = openvino.AsyncInferQueue(self._model)
        self._queue.set_callback(_collect)

    def questions(self, texts: list[str]) -> "NDArray[np.float32]":
        """See `Encoder`."""
        return self._vectors([self._prompts.question + text for text in texts])

    def sentences(self, texts: list[str]) -> "NDArray[np.float32]":
        """See `Encoder`."""
        return self._vectors([self._prompts.text + text for text in texts])

    def _vectors(self, texts: list[str]) -> "NDArray[np.float32]":
        import numpy as np

        rows: dict[int, NDArray[np.float32]] = {}

        def collect(positions: Sequence[int], request: Any, lengths: Sequence[int]) -> None:
            vectors = np.array(request.get_output_tensor(SENTENCE).data, dtype=np.float32)
            rows.update(zip(positions, vectors, strict=True))

        self._run(texts, collect)
        return unit(np.stack([rows[position] for position in range(len(texts))]))

    def tokens(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        """See `Encoder`."""
        import numpy as np

        matrices: dict[int, NDArray[np.float32]] = {}

        def collect(positions: Sequence[int], request: Any, lengths: Sequence[int]) -> None:
            output = request.get_output_tensor(TOKENS).data
            for row, (position, length) in enumerate(zip(positions, lengths, strict=True)):
                matrices[position] = unit(np.array(output[row, :length], dtype=np.float32))

        self._run(texts, collect)
        return [matrices[position] for position in range(len(texts))]

    def _run(self, texts: list[str], collect: "_Collect") -> None:
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        errors: list[BaseException] = []
        for positions in _batches([len(tokens) for tokens in ids]):
            batch = [ids[position] for position in positions]
            self._queue.start_async(
                self._inputs(batch), (collect, positions, [len(tokens) for tokens in batch], errors)
            )
        self._queue.wait_all()
        if errors:
            raise errors[0]

    def _inputs(self, ids: Sequence[Sequence[int]]) -> "dict[str, NDArray[np.int64]]":
        import numpy as np

        width = -(-max(map(len, ids)) // _STEP) * _STEP
        padded = np.full((len(ids), width), self._graph.padding, dtype=np.int64)
        mask = np.zeros_like(padded)
        for row, tokens in enumerate(ids):
            padded[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        inputs = {"input_ids": padded, "attention_mask": mask, "token_type_ids": np.zeros_like(padded)}
        return {name: inputs[name] for name in self._graph.inputs}


_Collect = Callable[[Sequence[int], Any, Sequence[int]], None]


def _collect(request: Any, context: tuple[_Collect, Sequence[int], Sequence[int], list[BaseException]]) -> None:
    collect, positions, lengths, errors = context
    try:
        collect(positions, request, lengths)
    except BaseException as error:  # noqa: BLE001 - raised in the caller's thread; this one is OpenVINO's
        errors.append(error)


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Positions of texts in batches of similar length, longest first; up to `_BATCH_TOKENS` or one text in each.

    No text is padded by more than `_MOST_PADDING`: padding that lies further from a text than the model's attention
    reaches becomes not-a-number, and so does then the text's vector.
    """
    batches: list[list[int]] = []
    for position in sorted(range(len(lengths)), key=lambda position: -lengths[position]):
        # The first text of a batch is the longest: all others are padded to its length.
        longest = lengths[batches[-1][0]] if batches else 0
        if (
            batches
            and longest - lengths[position] <= _MOST_PADDING
            and (len(batches[-1]) + 1) * longest <= _BATCH_TOKENS
        ):
            batches[-1].append(position)
        else:
            batches.append([position])
    return batches
