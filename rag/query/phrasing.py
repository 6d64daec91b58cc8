"""How a question is phrased, read by two small models: what it asks for, and where its topic and signer stand.

Linear models over the packaged encoder's vectors and over words, fitted on phrasings that people wrote down
(`python -m evals.fit_phrasings`).
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rag.domain.span import Span
from rag.query.phrasing_features import (
    CABLE,
    QuestionToken,
    kind_features,
    question_tokens,
    token_features,
    token_vectors,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("phrasing_weights.npz")
LONGEST = 300  # characters of a question that is read
_LEAST_CONFIDENCE = 0.45
"""Chosen on the phrasings of one writer read by models fitted on the others'."""
CONTENT = "content"
"""The kind of a question that asks for what a text says."""
TOPIC, SIGNER, NEITHER = "topic", "signer", "neither"
WORD_SCALE, VECTOR_SCALE = 0.5, 4.0
"""How features of words and of vectors are scaled against each other."""
TRANSITIONS = 0.3
"""How much it counts which label follows which."""

_PREPOSITIONS = frozenset("about at by concerning for from in of on over regarding to with".split())
_JOINED = 3  # tokens from the end of a run to the beginning of one that belongs to it
_NO_SIGNERS = frozenset(("TAG", "TIME", "POST"))
_QUOTATION_MARKS = '"“”„«»'


class TokenEncoder(Protocol):
    """Encodes the tokens of texts; see `SentenceEmbeddings`."""

    def encode_tokens(self, texts: list[str]) -> "list[NDArray[np.float32]]":
        """Unit vectors of each text's tokens, shape (tokens, dimensions)."""

    def token_starts(self, text: str) -> list[int]:
        """Where each of them begins."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """What a question asks for, from 0 to 1 how surely, and where the words stand that it asks about."""

    kind: str
    confidence: float
    tokens: tuple[QuestionToken, ...]
    topic: Span | None = None
    signer: Span | None = None

    @property
    def is_sure(self) -> bool:
        """Whether the kind can be relied on."""
        return self.confidence >= _LEAST_CONFIDENCE


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Scores of classes: `words` has a row for each feature by its name, `vectors` one for each dimension."""

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    words: "NDArray[np.float32]"
    vectors: "NDArray[np.float32]"
    bias: "NDArray[np.float32]"

    def scores(self, features: Sequence[str], vector: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """Logits of the classes for one sample."""
        known = [self.rows[feature] for feature in features if feature in self.rows]
        summed: NDArray[np.float32] = (
            self.bias + WORD_SCALE * self.words[known].sum(axis=0) + VECTOR_SCALE * (vector @ self.vectors)
        )
        return summed


@dataclass(frozen=True, slots=True)
class PhrasingModels:
    """The fitted models: kinds of questions without and with the label of a cable, and labels of tokens.

    `words` are those that many phrasings have, `heard` all of them.
    """

    words: frozenset[str]
    heard: frozenset[str]
    of_archive: LinearModel
    of_cable: LinearModel
    tokens: LinearModel
    follows: "NDArray[np.float32]"
    """How likely a label follows another, against how frequent it is; logarithms."""


@cache
def fitted_models(file: Path = WEIGHTS) -> PhrasingModels:
    """The models in a file."""
    import numpy as np

    with np.load(file) as stored:

        def model(name: str) -> LinearModel:
            rows = {feature: row for row, feature in enumerate(stored[f"{name}_features"].tolist())}
            arrays = (stored[f"{name}_{part}"].astype(np.float32) for part in ("words", "vectors", "bias"))
            return LinearModel(tuple(stored[f"{name}_classes"].tolist()), rows, *arrays)

        words, heard = (frozenset(stored[name].tolist()) for name in ("known", "heard"))
        return PhrasingModels(words, heard, model("of_archive"), model("of_cable"), model("tokens"), stored["follows"])


class PhrasingReader:
    """Reads how questions are phrased."""

    def __init__(self, encoder: TokenEncoder, models: PhrasingModels | None = None) -> None:
        self._encoder = encoder
        self._models = models or fitted_models()

    def read(self, question: str, posts: Container[str]) -> Phrasing:
        """The phrasing of a question, in which `CABLE` stands for the label of a cable.

        `posts` are those of the archive, as ids spell them.
        """
        import numpy as np

        starts = self._encoder.token_starts(question)
        tokens = question_tokens(question, posts, self._models.words, starts[1:-1])
        [matrix] = self._encoder.encode_tokens([question])
        model = self._models.of_cable if CABLE in question else self._models.of_archive
        logits = model.scores(kind_features(tokens), question_vector(matrix))
        odds = np.exp(logits - logits.max())
        best = int(odds.argmax())
        labels = self._labels(tokens, token_vectors(tokens, starts, matrix))
        labels = [
            NEITHER if label == SIGNER and token.hint in _NO_SIGNERS else label
            for token, label in zip(tokens, labels, strict=True)
        ]
        if CABLE in question:
            labels = [TOPIC if label == SIGNER else label for label in labels]
        topic, signer = (_last(tokens, labels, label) for label in (TOPIC, SIGNER))
        return Phrasing(model.classes[best], float(odds[best] / odds.sum()), tuple(tokens), topic, signer)

    def _labels(self, tokens: Sequence[QuestionToken], vectors: "NDArray[np.float32]") -> list[str]:
        """The likeliest labels of the tokens, taken together (Viterbi)."""
        import numpy as np

        model = self._models.tokens
        scores = [
            _log_shares(model.scores(features, vector))
            for features, vector in zip(token_features(tokens), vectors, strict=True)
        ]
        if not scores:
            return []
        total, back = scores[0], []
        for own in scores[1:]:
            reached = total[:, None] + TRANSITIONS * self._models.follows
            back.append(reached.argmax(axis=0))
            total = reached.max(axis=0) + own
        path = [int(np.argmax(total))]
        for step in reversed(back):
            path.append(int(step[path[-1]]))
        return [model.classes[each] for each in reversed(path)]


def question_vector(matrix: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """The unit vector of a question, from those of its tokens."""
    import numpy as np

    mean = matrix.mean(axis=0)
    vector: NDArray[np.float32] = mean / max(float(np.linalg.norm(mean)), 1e-12)
    return vector


def _log_shares(scores: "NDArray[np.float32]") -> "NDArray[np.float32]":
    import numpy as np

    shares: NDArray[np.float32] = scores - np.logaddexp.reduce(scores)
    return shares


def _last(tokens: Sequence[QuestionToken], labels: Sequence[str], label: str) -> Span | None:
    """Where the last run of tokens with this label stands: before it a reader tells what the question is for.

    Up to two words or marks between two runs, such as "and in", join them.
    """
    labelled = [place for place, each in enumerate(labels) if each == label]
    runs: list[list[int]] = []
    for place in labelled:
        if runs and place - runs[-1][-1] <= _JOINED and not _ends_sentence(tokens[runs[-1][-1] : place]):
            runs[-1] += range(runs[-1][-1] + 1, place + 1)
        else:
            runs.append([place])
    trimmed = [_trimmed([tokens[place] for place in run]) for run in runs]
    spans = [Span(run[0].start, run[-1].end) for run in trimmed if run]
    return spans[-1] if spans else None


def _ends_sentence(tokens: Sequence[QuestionToken]) -> bool:
    return any(token.text in ".?!:;" for token in tokens)


def _trimmed(run: list[QuestionToken]) -> list[QuestionToken]:
    """The tokens without prepositions and marks around them; quotation marks stay."""
    while run and (run[0].hint in _PREPOSITIONS or _is_mark(run[0])):
        run = run[1:]
    while run and (run[-1].hint in _PREPOSITIONS or _is_mark(run[-1])):
        run = run[:-1]
    return run


def _is_mark(token: QuestionToken) -> bool:
    return not token.text[0].isalnum() and token.text not in _QUOTATION_MARKS
