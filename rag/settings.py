"""All settings, read in one place from the environment (prefix `CABLES_`) and `.env`."""

from pathlib import Path

import platformdirs
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_store() -> Path:
    """The platform's user data folder for this product."""
    return Path(platformdirs.user_data_dir("cables"))


class Settings(BaseSettings):
    """What the product can be told from outside; every field is the environment variable `CABLES_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="CABLES_", env_file=".env", extra="ignore", frozen=True)

    store: Path = default_store()
    """Folder of the archive and its indexes."""

    catalog_url: str | None = None
    """SQLAlchemy address of the catalog; SQLite inside the store when unset."""

    chroma_url: str | None = None
    """Address of a Chroma server, such as http://localhost:8000; embedded in the store when unset.

    With one, several processes share the archive: one ingests and publishes, any number read.
    """

    snapshots: Path | None = None
    """Folder in which the ingesting process publishes the lexical index; `published` in the store when unset."""

    embedding_model: str = "all-MiniLM-L6-v2"
    """A sentence-transformers model: the packaged default, or a folder with another one."""

    llm: str | None = None
    """`provider:model`, such as `anthropic:claude-sonnet-4-5` or `ollama:llama3`; extractive answers when unset."""

    llm_base_url: str | None = None
    """Address of an OpenAI-compatible server for `llm`."""

    llm_api_key: SecretStr | None = None
    """Key for `llm` where the provider's own variable (OPENAI_API_KEY ...) is not set."""

    llm_timeout: float = 60.0
    """Seconds one call to the language model may take."""
