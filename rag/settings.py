"""Settings of the core: the store, its indexes, the models."""

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class EnvironmentSettings(BaseSettings):
    """Read from the environment and `.env`; every field is the variable `CABLES_<FIELD>`. An empty value is unset."""

    model_config = SettingsConfigDict(
        env_prefix="CABLES_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )


class Settings(EnvironmentSettings):
    """Settings of the core."""

    store: Path = Path(platformdirs.user_data_dir("cables"))
    """Folder of the archive and its indexes."""

    catalog_url: str | None = None
    """SQLAlchemy address of the catalog; SQLite inside the store when unset."""

    chroma_url: str | None = None
    """Address of a Chroma server, such as http://localhost:8000; embedded in the store when unset.

    With one, several processes share the archive: one ingests and publishes, any number read.
    """

    snapshots: Path | None = None
    """Folder in which the ingesting process publishes what is beside Chroma; `published` in the store when unset."""

    archive_name: str | None = None
    """Name of the archive as citations print it, such as `Public Library of US Diplomacy`; left out when unset."""

    audit_log: Path | None = None
    """File to which a line is added for everything a reader is shown; nothing is logged when unset."""

    embedding_model: str = "all-MiniLM-L6-v2"
    """The model that searches: the packaged one, a folder with another, or `provider:model` of an embedding server.

    Such as `openai:text-embedding-3-small` or `ollama:nomic-embed-text`. The packaged one judges answers.
    """

    embedding_base_url: str | None = None
    """Address of the embedding server, such as an OpenAI-compatible one for `openai:`."""

    embedding_api_key: SecretStr | None = None
    """Key for the embedding server where the provider's own variable (OPENAI_API_KEY ...) is not set."""

    embedding_timeout: float = 60.0
    """Seconds one call to the embedding server may take."""

    embedding_max_classification: str | None = None
    """The highest marking whose text a remote embedding server is sent, such as `UNCLASSIFIED`; everything when unset.

    Paragraphs marked higher are found by their words only.
    """

    models: Path = Path(platformdirs.user_data_dir("cables-models"))
    """Folder of the models that `cables models get` fetches."""

    embedding_dimensions: int | None = Field(None, ge=8)
    """How many numbers of each vector of `embedding_model` are kept, for models trained for that; all when unset."""

    encoder: Literal["auto", "torch"] = "auto"
    """How the model is computed: the fastest way that is exact enough, or by sentence-transformers in any case."""

    reranker: str | None = None
    """Folder of a sentence-transformers CrossEncoder that orders the first 50 paragraphs found; none when unset."""

    vector_memory_mb: int = Field(256, ge=1)
    """Megabytes that the vectors of texts met lately may take in each process; 1,500 paragraphs or so in 256."""

    llm: str | None = None
    """`provider:model`, such as `openai:gpt-5-mini`, or `local` for the fetched one; extractive answers when unset."""

    llm_base_url: str | None = None
    """Address of an OpenAI-compatible server for `llm`."""

    llm_api_key: SecretStr | None = None
    """Key for `llm` where the provider's own variable (OPENAI_API_KEY ...) is not set."""

    llm_timeout: float = 60.0
    """Seconds one call to the language model may take."""

    llm_budget: float = 90.0
    """Seconds the language model may take for one question, with all retries; then the answer is extractive."""

    llm_size: Literal["small", "large"] | None = None
    """Whether `llm` gets a short prompt with a few excerpts, or twenty paragraphs whole.

    Unset, `local` and `local:FILE` are small.
    """

    llm_max_classification: str | None = None
    """The highest marking a remote language model is shown, such as `UNCLASSIFIED`; everything when unset."""

    verify: Literal["words", "llm"] | None = None
    """How sentences are verified: by their words, or by the model, with a further short call for each.

    Unset, a large model verifies its own sentences, and a small one's are verified by their words.
    """

    @property
    def published(self) -> Path:
        """Folder for what several processes that share a Chroma server read from files."""
        return self.snapshots or self.store / "published"

    @property
    def chroma_location(self) -> Path | str:
        """The URL of the Chroma server, or the folder of the embedded Chroma."""
        return self.chroma_url or self.store / "chroma"

    @property
    def flat_folder(self) -> Path:
        """Folder of the flat indexes, one for each encoder."""
        return (self.store if self.chroma_url is None else self.published) / "flat"
