"""Settings of the HTTP service: limits, logs, access."""

from typing import Literal

from pydantic import Field

from rag.settings import EnvironmentSettings


class HttpSettings(EnvironmentSettings):
    """Settings of the HTTP service."""

    root_path: str = Field("", pattern=r"^(/[\w.~-]+)*$")
    """Path under which a proxy serves the service, such as /archive; else what it says in `X-Forwarded-Prefix`."""

    rate_limit: str = "600/minute"
    """Requests that a key may make (without keys, an address); several limits separated by `;`; `off` for none."""

    rate_limit_storage: str = "memory://"
    """Where requests are counted, as an address of the `limits` library: redis://host:6379 is shared by all workers."""

    header_bytes: int = Field(16_384, ge=1024)
    """Most bytes of headers in a request."""

    body_bytes: int = Field(4_000_000, ge=1024)
    """Most bytes of body in a request."""

    body_seconds: float = Field(10, gt=0)
    """Seconds a request's body may take to arrive."""

    request_seconds: float = Field(120, gt=0)
    """Seconds a request may go without anything being sent back."""

    concurrent_requests: int = Field(64, ge=1)
    """Requests one worker serves at once; further ones are answered 503."""

    shutdown_seconds: int = Field(30, ge=1)
    """Seconds that requests and streams have to finish when the service is stopped."""

    cors_origins: tuple[str, ...] = ()
    """Web origins whose pages may call the service from a browser, as a JSON list; none by default."""

    log_format: Literal["auto", "json", "text"] = "auto"
    """Format of the log on stderr; `auto` is text on a terminal, JSON elsewhere."""

    log_questions: bool = False
    """Whether the log holds the words of questions."""

    otlp_endpoint: str | None = None
    """Address of an OpenTelemetry collector (gRPC), such as http://localhost:4317; no traces when unset."""

    auth: Literal["on", "off"] = "on"
    """`off` lets every caller see everything, whatever keys there are."""

    auth_off_beyond_loopback: bool = False
    """With `auth` off, listen on other addresses than this machine's own as well."""
