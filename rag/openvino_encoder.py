"""A sentence-transformers model run by OpenVINO: needs neither torch nor sentence-transformers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.encoder import tokenizer_of, unit
from rag.processor import computes_bfloat16

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SENTENCE, TOKENS = 0, 1
"""Outputs of the graph: vectors of texts, shape (texts, dimensions), and of tokens, (texts, tokens, dimensions)."""

_BATCH_TOKENS = 1024
_STEP = 16
"""Batches are padded to multiples of this: OpenVINO prepares anew, and keeps, every shape it meets."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A converted model: the file of the graph, the names of its inputs and the token that fills up a batch."""

    file: Path
    inputs: tuple[str, ...]
    padding: int


class OpenVinoEncoder:
    """Computes one batch on each stream at a time; everything the graph leaves in floats is bfloat16 where the CPU
    has it."""

    at_once = 64

    def __init__(self, folder: Path, graph: Graph, numerics: str) -> None:
        """`folder` is the model's own, for its tokenizer.

        Raises:
            RuntimeError: OpenVINO cannot read the graph.
        """
        import openvino

        precision = "bf16" if computes_bfloat16() else "f32"
        hints = {"PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_PRECISION_HINT": precision}
        self.numerics = numerics
        self._graph = graph
        self._tokenizer = tokenizer_of(folder)
        self._model = openvino.Core().compile_model(graph.file, "CPU", hints)
        self._queue = openvino.AsyncInferQueue(self._model)
        self._queue.set_callback(_hand_over)

    def sentences(self, texts: list[str]) -> "NDArray[np.float32]":
        """See `Encoder`."""
        import numpy as np

        rows: dict[int, NDArray[np.float32]] = {}

        def take(places: Sequence[int], request: Any, lengths: Sequence[int]) -> None:
            rows.update(zip(places, np.array(request.get_output_tensor(SENTENCE).data, dtype=np.float32), strict=True))

        self._run(texts, take)
        return unit(np.stack([rows[place] for place in range(len(texts))]))

    def tokens(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        """See `Encoder`."""
        import numpy as np

        found: dict[int, NDArray[np.float32]] = {}

        def take(places: Sequence[int], request: Any, lengths: Sequence[int]) -> None:
            held = request.get_output_tensor(TOKENS).data
            for row, (place, length) in enumerate(zip(places, lengths, strict=True)):
                found[place] = unit(np.array(held[row, :length], dtype=np.float32))

        self._run(texts, take)
        return [found[place] for place in range(len(texts))]

    def _run(self, texts: list[str], take: "_Take") -> None:
        ids = [each.ids for each in self._tokenizer.encode_batch(texts)]
        failed: list[BaseException] = []
        for places in _batches([len(each) for each in ids]):
            lengths = [len(ids[place]) for place in places]
            self._queue.start_async(self._inputs([ids[place] for place in places]), (take, places, lengths, failed))
        self._queue.wait_all()
        if failed:
            raise failed[0]

    def _inputs(self, ids: Sequence[Sequence[int]]) -> "dict[str, NDArray[np.int64]]":
        import numpy as np

        width = -(-max(map(len, ids)) // _STEP) * _STEP
        tokens = np.full((len(ids), width), self._graph.padding, dtype=np.int64)
        mask = np.zeros_like(tokens)
        for row, each in enumerate(ids):
            tokens[row, : len(each)] = each
            mask[row, : len(each)] = 1
        given = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        return {name: given[name] for name in self._graph.inputs}


_Take = Callable[[Sequence[int], Any, Sequence[int]], None]


def _hand_over(request: Any, given: tuple[_Take, Sequence[int], Sequence[int], list[BaseException]]) -> None:
    take, places, lengths, failed = given
    try:
        take(places, request, lengths)
    except BaseException as error:  # noqa: BLE001 - raised in the caller's thread: this one is OpenVINO's
        failed.append(error)


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Places of texts of like length, the longest first, a batch of `_BATCH_TOKENS` or one text each."""
    batches: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        # The first of a batch is its longest: all are padded to it.
        if batches and (len(batches[-1]) + 1) * lengths[batches[-1][0]] <= _BATCH_TOKENS:
            batches[-1].append(place)
        else:
            batches.append([place])
    return batches
