"""A server that speaks the OpenAI chat protocol on loopback and replies by script; it remembers what it was asked."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class ModelReply:
    """One scripted reply: words, or trouble."""

    text: str = ""
    status: int = 200
    delay: float = 0.0
    cut_after: int | None = None
    """Characters after which the connection breaks."""
    broken_json: bool = False
    pause: float = 0.0
    """Seconds between pieces."""
    usage: tuple[int, int] | None = None
    """Tokens read and written, where the server reports them."""


Script = Callable[[str], ModelReply]


@dataclass
class Scripted:
    """The server's address, the prompts it got and how it replies: a list in order (the last for ever), or a function.

    With a list, every sentence it is asked to judge is borne out; these prompts are kept apart.
    """

    script: list[ModelReply] | Script
    url: str = ""
    prompts: list[str] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)
    broken_off: threading.Event = field(default_factory=threading.Event)

    def next(self, prompt: str) -> ModelReply:
        if "<sentence>" in prompt and not callable(self.script):
            self.judged.append(prompt)
            return ModelReply("YES")
        self.prompts.append(prompt)
        if callable(self.script):
            return self.script(prompt)
        return self.script[min(len(self.prompts), len(self.script)) - 1]


@contextmanager
def openai_server(script: list[ModelReply] | Script) -> Iterator[Scripted]:
    scripted = Scripted(script)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # clients keep the connection, as they do with real vendors

        def handle(self) -> None:
            with suppress(ConnectionResetError):  # a client that broke off
                super().handle()

        def log_message(self, *_: Any) -> None:
            pass

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            reply = scripted.next("\n".join(str(message["content"]) for message in asked["messages"]))
            time.sleep(reply.delay)
            try:
                self._answer(reply)
            except OSError:
                scripted.broken_off.set()

        def _answer(self, reply: ModelReply) -> None:
            if reply.status != 200:
                body = json.dumps({"error": {"message": "scripted trouble", "type": "trouble"}}).encode()
                self.send_response(reply.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                return
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            text = reply.text if reply.cut_after is None else reply.text[: reply.cut_after]
            for start in range(0, len(text), 7):
                self._chunk(_data({"role": "assistant", "content": text[start : start + 7]}))
                time.sleep(reply.pause)
            if reply.broken_json:
                self._chunk(b'data: {"choices": [{"delta"\n\n')
            if reply.cut_after is not None:
                self.connection.close()  # no last chunk: the stream is cut
                return
            self._chunk(_data({}, "stop"))
            if reply.usage is not None:
                self._chunk(_usage(*reply.usage))
            self._chunk(b"data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")

        def _chunk(self, data: bytes) -> None:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    scripted.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield scripted
    finally:
        server.shutdown()
        server.server_close()


def _usage(read: int, written: int) -> bytes:
    usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    chunk = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [],
        "usage": usage,
    }
    return f"data: {json.dumps(chunk)}\n\n".encode()


def _data(delta: dict[str, str], finish: str | None = None) -> bytes:
    chunk = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return f"data: {json.dumps(chunk)}\n\n".encode()
