"""`python -m evals.fit_phrasings`: fit the models that read how questions are phrased, and check them.

`evals/golden/phrasings.jsonl` holds phrasings with slots, such as "how many cables did {post} send?", by several
writers; `phrasing_fillers.json` what may stand in the slots. The check fits on all writers but one and reads that
one's phrasings; `--write` then fits on all and writes `rag/query/phrasing_weights.npz`.
"""

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from evals.archives import MORE, SAMPLE, TOKYO
from evals.extras import import_extra
from evals.golden import load
from evals.jsonl import read_json_lines
from rag.domain.cable_id import compact_post
from rag.encoders.embedding import SentenceEmbeddings
from rag.query.phrasing import (
    CONTENT,
    NEITHER,
    SIGNER,
    TOPIC,
    VECTOR_SCALE,
    WEIGHTS,
    WORD_SCALE,
    LinearModel,
    PhrasingModels,
    PhrasingReader,
    question_vector,
)
from rag.query.phrasing_features import (
    CABLE,
    QuestionToken,
    kind_features,
    question_tokens,
    token_features,
    token_vectors,
)

PHRASINGS = Path(__file__).with_name("golden") / "phrasings.jsonl"
FILLERS = Path(__file__).with_name("golden") / "phrasing_fillers.json"
_FILLED = 3  # times each phrasing, the last time in lower case
_SLOT = re.compile(r"\{(\w+)\}")
_AFTER_PREPOSITION = re.compile(r"\b(?:in|from|of|during|for|by|dated) $", re.IGNORECASE)
_LABELS = {"topic": TOPIC, "name": TOPIC, "signer": SIGNER}
_LEAST_SAMPLES = 4
"""How many phrasings must have a word, or samples a feature, for it to be used."""
_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Sample:
    """A phrasing with its slots filled; `labelled` are characters and their label."""

    writer: int
    kind: str
    text: str
    labelled: tuple[tuple[int, int, str], ...] = ()

    @property
    def of_cable(self) -> bool:
        """Whether it names a cable."""
        return CABLE in self.text


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sample with its tokens and vectors, and the right label of each token."""

    sample: Sample
    tokens: list[QuestionToken]
    vector: NDArray[np.float32]
    vectors: NDArray[np.float32]
    labels: list[str]


def samples(
    rows: Iterable[dict[str, object]], fillers: dict[str, list[str]], chance: random.Random
) -> Iterator[Sample]:
    """The phrasings with their slots filled, each several times; those without slots once."""
    for row in rows:
        text = str(row["text"])
        for turn in range(_FILLED if "{" in text else 1):
            filled, labelled = _filled(text, fillers, chance, lower=turn == _FILLED - 1)
            yield Sample(int(str(row["set"])), str(row["kind"]), filled, labelled)


def _filled(
    text: str, fillers: dict[str, list[str]], chance: random.Random, lower: bool
) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    pieces, labelled, end, length = [], [], 0, 0
    for slot in _SLOT.finditer(text):
        before = text[end : slot.start()]
        value = _value(slot[1], before, fillers, chance)
        value = value.lower() if lower else value
        length += len(before)
        if label := _LABELS.get(slot[1]):
            labelled.append((length, length + len(value), label))
        pieces += [before, value]
        length, end = length + len(value), slot.end()
    return "".join([*pieces, text[end:]]), tuple(labelled)


def _value(slot: str, before: str, fillers: dict[str, list[str]], chance: random.Random) -> str:
    if slot == "cable":
        return CABLE
    if slot == "time" and not _AFTER_PREPOSITION.search(before):
        return chance.choice(fillers["time"] + fillers["bounded"])
    return chance.choice(fillers[slot])


def known_words(rows: Iterable[dict[str, object]], least: int = _LEAST_SAMPLES) -> frozenset[str]:
    """The words that at least so many phrasings have, without those of content questions."""
    counts = Counter(
        word
        for row in rows
        if row["kind"] != CONTENT
        for word in {match[0].casefold() for match in _WORD.finditer(_SLOT.sub(" ", str(row["text"])))}
    )
    return frozenset(word for word, count in counts.items() if count >= least)


def encoded(
    chosen: Sequence[Sample], words: frozenset[str], posts: frozenset[str], encoder: SentenceEmbeddings
) -> list[Encoded]:
    """The samples with their vectors."""
    matrices = encoder.encode_tokens([sample.text for sample in chosen])
    return [
        Encoded(
            sample,
            tokens := question_tokens(sample.text, posts, words),
            question_vector(matrix),
            token_vectors(tokens, encoder.token_starts(sample.text), matrix),
            [_label(token, sample) for token in tokens],
        )
        for sample, matrix in zip(chosen, matrices, strict=True)
    ]


def _label(token: QuestionToken, sample: Sample) -> str:
    return next((label for start, end, label in sample.labelled if start <= token.start < end), NEITHER)


def fitted(chosen: Sequence[Encoded], words: frozenset[str], heard: frozenset[str]) -> PhrasingModels:
    """The models fitted on these samples; for the words see `PhrasingModels`."""
    of_cable = [each for each in chosen if each.sample.of_cable]
    of_archive = [each for each in chosen if not each.sample.of_cable]
    asked = [each for each in chosen if each.sample.kind != CONTENT]
    tokens = _linear(
        [features for each in asked for features in token_features(each.tokens)],
        np.vstack([each.vectors for each in asked]),
        [label for each in asked for label in each.labels],
        penalty=1.0,
    )
    archive, cable = (
        _linear(
            [kind_features(each.tokens) for each in part],
            np.vstack([each.vector for each in part]),
            [each.sample.kind for each in part],
            penalty=3.0,
        )
        for part in (of_archive, of_cable)
    )
    return PhrasingModels(
        words, heard, archive, cable, tokens, _follows([each.labels for each in asked], tokens.classes)
    )


def _linear(
    features: Sequence[Sequence[str]], vectors: NDArray[np.float32], labels: Sequence[str], penalty: float
) -> LinearModel:
    """A logistic regression; a higher `penalty` is a weaker one, as scikit-learn counts."""
    counts = Counter(feature for own in features for feature in own)
    rows = {name: row for row, name in enumerate(sorted(n for n, c in counts.items() if c >= _LEAST_SAMPLES))}
    pairs = [(row, rows[name]) for row, own in enumerate(features) for name in own if name in rows]
    at, column = zip(*pairs, strict=True)
    words = csr_matrix((np.full(len(pairs), WORD_SCALE), (at, column)), shape=(len(features), len(rows)))
    regression = import_extra("sklearn.linear_model").LogisticRegression(C=penalty, max_iter=300)
    regression.fit(hstack([words, csr_matrix(vectors * VECTOR_SCALE)]).tocsr(), labels)
    weights = regression.coef_.T.astype(np.float32)
    return LinearModel(
        tuple(regression.classes_), rows, weights[: len(rows)], weights[len(rows) :], regression.intercept_
    )


def _follows(sequences: Sequence[Sequence[str]], classes: Sequence[str]) -> NDArray[np.float32]:
    counts = np.ones((len(classes), len(classes)))
    for labels in sequences:
        for first, second in pairwise(labels):
            counts[classes.index(first), classes.index(second)] += 1
    follows: NDArray[np.float32] = np.log(counts / counts.sum(axis=1, keepdims=True))
    follows -= np.log(counts.sum(axis=1) / counts.sum())
    return follows.astype(np.float32)


def save(models: PhrasingModels, file: Path) -> None:
    """Write the models, numbers in half precision."""
    arrays: dict[str, NDArray[np.generic]] = {
        "known": np.array(sorted(models.words)),
        "heard": np.array(sorted(models.heard)),
        "follows": models.follows,
    }
    for name in ("of_archive", "of_cable", "tokens"):
        model: LinearModel = getattr(models, name)
        arrays |= {
            f"{name}_classes": np.array(model.classes),
            f"{name}_features": np.array(list(model.rows)),
            f"{name}_words": model.words.astype(np.float16),
            f"{name}_vectors": model.vectors.astype(np.float16),
            f"{name}_bias": np.asarray(model.bias, dtype=np.float16),
        }
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def check(
    rows: Sequence[dict[str, object]], filled: Sequence[Sample], posts: frozenset[str], encoder: SentenceEmbeddings
) -> None:
    """Print how each writer's phrasings are read by models fitted on the others'."""
    for held in sorted({sample.writer for sample in filled}):
        words = known_words(row for row in rows if row["set"] != held)
        models = fitted(encoded([each for each in filled if each.writer != held], words, posts, encoder), words, words)
        reader, counts = PhrasingReader(encoder, models), Counter[tuple[str, str]]()
        for sample in (each for each in filled if each.writer == held):
            read = reader.read(sample.text, posts)
            group = CONTENT if sample.kind == CONTENT else "one cable" if sample.of_cable else "set of cables"
            wanted = {label: sample.text[start:end] for start, end, label in sample.labelled}
            found = {
                TOPIC: read.topic and read.topic.of(sample.text),
                SIGNER: read.signer and read.signer.of(sample.text),
            }
            sure = read.confidence >= 0.5
            counts[group, "of"] += 1
            counts[group, "kind right"] += read.kind == sample.kind
            counts[group, "sure and wrong"] += sure and read.kind not in (sample.kind, CONTENT)
            counts[group, "words right"] += all(
                (found[label] or "").strip('"“”') == wanted.get(label, "").strip('"“”') for label in (TOPIC, SIGNER)
            )
        for group in sorted({group for group, _ in counts}):
            shares = (
                f"{name} {counts[group, name] / counts[group, 'of']:.3f}"
                for name in ("kind right", "sure and wrong", "words right")
            )
            print(f"writer {held}, {group}: {counts[group, 'of']}, {', '.join(shares)}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit_phrasings", description="Models of phrasings.")
    parser.add_argument("--write", action="store_true", help="fit on all phrasings and write the models")
    write = parser.parse_args(arguments).write
    fillers = json.loads(FILLERS.read_text(encoding="utf-8"))
    rows = [row for _, row in read_json_lines(PHRASINGS)] + list(_content())
    filled = list(samples(rows, fillers, random.Random(1)))  # noqa: S311 - the same fill each time
    encoder, posts = SentenceEmbeddings(), frozenset(map(compact_post, fillers["post"]))
    if not write:
        check(rows, filled, posts, encoder)
        return 0
    words = known_words(rows)
    save(fitted(encoded(filled, words, posts, encoder), words, known_words(rows, least=1)), WEIGHTS)
    return 0


def _content() -> Iterator[dict[str, object]]:
    """The questions for content of the golden sets' `tune` halves."""
    files = sorted({*SAMPLE.goldens, *TOKYO.goldens, *MORE.goldens})
    questions = [
        each for golden in load(files) for each in golden.questions if each.half == "tune" and not each.history
    ]
    for number, question in enumerate(questions):
        yield {"set": 1 + number % 3, "kind": CONTENT, "text": question.question}


if __name__ == "__main__":
    sys.exit(main())
