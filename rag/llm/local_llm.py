"""A GGUF file as the language model, run in this process by xllamacpp's server on loopback."""

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import ModelUnavailable

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

NO_KEEPALIVE = {"Connection": "close"}
"""Headers of every call: a kept connection belongs to one event loop, and the next call may come from another."""

SHORT_CONTEXT, LONG_CONTEXT = 4096, 16384
"""Tokens of prompt and reply: a few excerpts, or twenty paragraphs whole."""
_REPLY_TOKENS = 400


def local_model(file: str, timeout: float, context: int = LONG_CONTEXT) -> "BaseChatModel":
    """The chat model of a GGUF file; nothing leaves the machine. `context` is in tokens.

    Raises:
        ModelUnavailable: the file is not there or cannot be loaded, or the extra is not installed.
    """
    path = Path(file).expanduser()
    if not path.is_file():
        raise ModelUnavailable(f"CABLES_LLM=local:{file}: there is no such file; name a GGUF file")
    try:
        from langchain_openai import ChatOpenAI

        address = _server(path.resolve(), context).listening_address
    except ImportError as error:
        raise ModelUnavailable(f"CABLES_LLM=local:{file}: pip install 'cables[local]'") from error
    except RuntimeError as error:
        raise ModelUnavailable(f"CABLES_LLM=local:{file} cannot be loaded: {error}") from error
    options: dict[str, Any] = {"temperature": 0, "timeout": timeout, "max_retries": 0, "max_tokens": _REPLY_TOKENS}
    return ChatOpenAI(
        model=path.stem,
        base_url=f"{address}/v1",
        api_key="none",
        default_headers=NO_KEEPALIVE,
        stream_chunk_timeout=timeout,  # LangChain's own, of 120 s, is shorter than a slow machine reads a prompt
        **options,
    )


@cache  # one server for each file, until the process ends
def _server(path: Path, context: int) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    # Weights are repacked for the processor; a mapped file would stay in memory beside them.
    params.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
    params.n_ctx = context
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = len(os.sched_getaffinity(0))
    params.n_parallel = 1
    # The head of the last prompt stays in the context; copies of earlier ones would grow to gigabytes.
    params.cache_ram_mib = 0
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.warmup = False
    params.verbosity = -1
    return xllamacpp.Server(params)
