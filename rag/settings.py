"""All settings, read in one place from the environment (prefix `CABLES_`) and `.env`."""

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_store() -> Path:
    """The platform's user data folder for this product."""
    return Path(platformdirs.user_data_dir("cables"))


class Settings(BaseSettings):
    """What the product can be told from outside; every field is the environment variable `CABLES_<FIELD>`."""

    model_config = SettingsConfigDict(
        env_prefix="CABLES_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    store: Path = default_store()
    """Folder of the archive and its indexes."""

    catalog_url: str | None = None
    """SQLAlchemy address of the catalog; SQLite inside the store when unset."""

    chroma_url: str | None = None
    """Address of a Chroma server, such as http://localhost:8000; embedded in the store when unset.

    With one, several processes share the archive: one ingests and publishes, any number read.
    """

    snapshots: Path | None = None
    """Folder in which the ingesting process publishes what is beside Chroma; `published` in the store when unset."""

    embedding_model: str = "all-MiniLM-L6-v2"
    """A sentence-transformers model: the packaged default, or a folder with another one."""

    encoder: Literal["auto", "torch"] = "auto"
    """How the model is computed: the fastest way that is exact enough, or by sentence-transformers in any case."""

    vector_memory_mb: int = Field(256, ge=1)
    """Megabytes that the vectors of texts met lately may take in each process; 1,500 paragraphs or so in 256."""

    llm: str | None = None
    """`provider:model`, such as `anthropic:claude-sonnet-4-5` or `ollama:llama3`; extractive answers when unset."""

    llm_base_url: str | None = None
    """Address of an OpenAI-compatible server for `llm`."""

    llm_api_key: SecretStr | None = None
    """Key for `llm` where the provider's own variable (OPENAI_API_KEY ...) is not set."""

    llm_timeout: float = 60.0
    """Seconds one call to the language model may take."""

    # --- the service under load and abuse

    rate_limit: str = "600/minute"
    """Requests a key may make (without keys, an address); several with `;` between them; `off` for no limit."""

    rate_limit_storage: str = "memory://"
    """Where they are counted, as the `limits` library has it: redis://host:6379 counts for all workers together."""

    header_bytes: int = Field(16_384, ge=1024)
    """How many bytes of headers a request may have."""

    body_bytes: int = Field(1_000_000, ge=1024)
    """How many bytes of body a request may have."""

    body_seconds: float = Field(10, gt=0)
    """Seconds a request's body may take to arrive."""

    request_seconds: float = Field(120, gt=0)
    """Seconds a request may go without anything being sent back."""

    concurrent_requests: int = Field(64, ge=1)
    """Requests one worker serves at once; one more is answered 503."""

    shutdown_seconds: int = Field(30, ge=1)
    """Seconds that requests and streams have to finish when the service is stopped."""

    cors_origins: tuple[str, ...] = ()
    """Web origins whose pages may call the service from a browser, as a JSON list; none by default."""

    # --- what the service tells of itself

    log_format: Literal["auto", "json", "text"] = "auto"
    """Form of the log on stderr; auto is text on a terminal, JSON elsewhere."""

    log_questions: bool = False
    """Whether the log holds the words of questions."""

    otlp_endpoint: str | None = None
    """Address of an OpenTelemetry collector (gRPC), such as http://localhost:4317; no traces when unset."""

    llm_budget: float = 90.0
    """Seconds the language model may take for one question, with all retries; then the answer is extractive."""

    llm_max_classification: str | None = None
    """The highest marking a remote language model is shown, such as `UNCLASSIFIED`; everything when unset."""

    verify: Literal["words", "llm"] = "words"
    """How sentences are verified: by their words, or by the model's own judgement as well."""

    # --- clients of the service

    url: str | None = None
    """Where the service answers, for its clients such as the Slack bot."""

    key: SecretStr | None = None
    """The key such a client asks with."""

    public_url: str | None = None
    """Address at which readers reach the service, for links to the web reader."""

    slack_config: Path | None = None
    """TOML file with the Slack bot's keys by workspace, channel and user."""

    # --- who may ask

    auth: Literal["on", "off"] = "on"
    """`off` lets every caller see everything, whatever keys there are."""

    auth_off_beyond_loopback: bool = False
    """With `auth` off the service listens on this machine only, unless this says so too."""

    @property
    def published(self) -> Path:
        """Folder for what several processes that share a Chroma server read from files."""
        return self.snapshots or self.store / "published"

    @property
    def flat_folder(self) -> Path:
        """Folder of the flat indexes, one for each encoder."""
        return (self.store if self.chroma_url is None else self.published) / "flat"
