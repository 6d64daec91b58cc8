"""The language model: any LangChain chat model, by one setting."""

from typing import TYPE_CHECKING, Any

from rag.errors import ModelUnavailable
from rag.llm.local_llm import LONG_CONTEXT, NO_KEEPALIVE, SHORT_CONTEXT, local_model
from rag.llm.prompting import prompting
from rag.models.known_models import KNOWN
from rag.models.model_library import ModelLibrary
from rag.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LOCAL = "local"
_EXTRAS = ("anthropic", "openai", "ollama")


def chat_model(settings: Settings) -> "BaseChatModel | None":
    """The chat model that `CABLES_LLM` names, or None when it is unset.

    Raises:
        ModelUnavailable: unknown name, missing package or missing key; the message names the remedy.
    """
    if not settings.llm:
        return None
    provider, _, name = settings.llm.partition(":")
    if settings.llm == LOCAL:
        name = str(ModelLibrary(settings.models).only_file(KNOWN[LOCAL]))
    if not name:
        raise ModelUnavailable(f"CABLES_LLM={settings.llm!r} is not provider:model; write it like openai:gpt-5-mini")
    context = SHORT_CONTEXT if prompting(settings).small else LONG_CONTEXT
    if provider == LOCAL:
        return local_model(name, settings.llm_timeout, context)
    from langchain.chat_models import init_chat_model

    options = _vendor_options(settings, provider, context)
    try:
        model: BaseChatModel = init_chat_model(name, model_provider=provider, **options)
        return model
    except ImportError as error:
        extra = f"pip install 'cables[{provider}]'" if provider in _EXTRAS else f"install langchain-{provider}"
        raise ModelUnavailable(f"CABLES_LLM={settings.llm}: the provider's package is missing; {extra}") from error
    except ValueError as error:
        raise ModelUnavailable(f"CABLES_LLM={settings.llm}: no such provider; one of {', '.join(_EXTRAS)}") from error
    except Exception as error:  # whatever a vendor's client raises
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ModelUnavailable(
            f"CABLES_LLM={settings.llm} cannot be used: {reason}; set its key or CABLES_LLM_API_KEY"
        ) from error


def _vendor_options(settings: Settings, provider: str, context: int) -> dict[str, Any]:
    """What LangChain's model of this provider is made with."""
    if provider == "ollama":  # its client takes neither a key nor a time limit
        # Ollama's own context is shorter than a prompt, whose beginning it then drops without a word.
        options: dict[str, Any] = {"temperature": 0, "client_kwargs": {"headers": NO_KEEPALIVE}, "num_ctx": context}
        return options | ({"base_url": settings.llm_base_url} if settings.llm_base_url else {})
    options = {"temperature": 0, "timeout": settings.llm_timeout, "max_retries": 0}
    if settings.llm_base_url:
        options["base_url"] = settings.llm_base_url
    if settings.llm_api_key:
        options["api_key"] = settings.llm_api_key.get_secret_value()
    if provider in ("openai", "anthropic"):
        options["default_headers"] = NO_KEEPALIVE
    return options
