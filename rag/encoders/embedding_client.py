"""The client of an embedding server: any LangChain `Embeddings` that `provider:model` names."""

from typing import TYPE_CHECKING, Any

from rag.errors import ModelUnavailable
from rag.settings import Settings

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

TEXTS_PER_CALL = 64
RETRIES = 4
"""How often a call is repeated after a passing failure."""

_PACKAGES = {
    "openai": "pip install 'cables[openai]'",
    "ollama": "pip install 'cables[ollama]'",
    "azure_ai": "install langchain-azure-ai",
    "azure_openai": "pip install 'cables[openai]'",
    "bedrock": "install langchain-aws",
    "cohere": "install langchain-cohere",
    "google_genai": "install langchain-google-genai",
    "google_vertexai": "install langchain-google-vertexai",
    "mistralai": "install langchain-mistralai",
}
"""The providers of `init_embeddings` that are servers, and how to get the package of each."""


def provider_of(model: str) -> str | None:
    """The provider in `provider:model`; None for the packaged model and for a folder."""
    provider, colon, _ = model.partition(":")
    return provider if colon and provider in _PACKAGES else None


def embedding_client(settings: Settings) -> "Embeddings":
    """The client for the `provider:model` that `CABLES_EMBEDDING_MODEL` names.

    Raises:
        ModelUnavailable: missing model name, package or key; the message names the remedy.
    """
    model, provider = settings.embedding_model, provider_of(settings.embedding_model) or ""
    from langchain.embeddings import init_embeddings

    try:
        client = init_embeddings(model, **_options(settings, provider))
    except ImportError as error:
        raise ModelUnavailable(
            f"CABLES_EMBEDDING_MODEL={model}: the provider's package is missing; {_PACKAGES[provider]}"
        ) from error
    except Exception as error:  # whatever a vendor's client raises
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ModelUnavailable(
            f"CABLES_EMBEDDING_MODEL={model} cannot be used: {reason}; set its key or CABLES_EMBEDDING_API_KEY"
        ) from error
    return client


def _options(settings: Settings, provider: str) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if settings.embedding_base_url:
        options["base_url"] = settings.embedding_base_url
    if provider == "ollama":  # its client takes no key
        return options | {"client_kwargs": {"timeout": settings.embedding_timeout}}
    if settings.embedding_api_key:
        options["api_key"] = settings.embedding_api_key.get_secret_value()
    if provider in ("openai", "azure_openai"):
        # Windows are short, and counting their tokens would fetch a vocabulary from the network.
        options |= {"check_embedding_ctx_length": False, "chunk_size": TEXTS_PER_CALL}
        options |= {"timeout": settings.embedding_timeout, "max_retries": RETRIES}
    return options
