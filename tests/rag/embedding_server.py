"""A server that speaks the OpenAI embeddings API on loopback, with vectors of words; it remembers what it was sent."""

import json
import re
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DIMENSIONS = 300
MODEL = "openai:words"


@dataclass
class EmbeddingServer:
    """The server's address, the texts of each call, and how many of the next calls fail."""

    url: str = ""
    calls: list[list[str]] = field(default_factory=list)
    failures: int = 0
    status: int = 503

    @property
    def sent(self) -> list[str]:
        """All texts of all calls, those that failed too."""
        return [text for call in self.calls for text in call]


@contextmanager
def embedding_server() -> Iterator[EmbeddingServer]:
    """A server, stopped at the end of the block."""
    state = EmbeddingServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))["input"]
            texts = [asked] if isinstance(asked, str) else asked
            state.calls.append(texts)
            if state.failures:
                state.failures -= 1
                self._answer(state.status, {"error": {"message": "scripted trouble\nin two lines"}})
                return
            data = [{"object": "embedding", "index": n, "embedding": vector(text)} for n, text in enumerate(texts)]
            self._answer(200, {"object": "list", "model": "words", "data": data, "usage": {}})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            encoded = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(encoded)))
            self.send_header("retry-after-ms", "1")  # so that tests need not wait
            self.end_headers()
            self.wfile.write(encoded)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()


def vector(text: str) -> list[float]:
    """How often each word occurs, in the dimension of its checksum; longer than a unit vector."""
    numbers = [0.0] * DIMENSIONS
    for word in re.findall(r"\w+", text.casefold()):
        numbers[zlib.crc32(word.encode()) % DIMENSIONS] += 1.0
    return numbers
