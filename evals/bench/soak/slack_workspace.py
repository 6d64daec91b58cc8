"""A Slack workspace on loopback: the few methods of its Web API that the bot needs, and signed events."""

import hashlib
import hmac
import itertools
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

TEAM, BOT_USER, BOT, CHANNEL = "TSOAK", "UBOT", "BBOT", "CSOAK"
_SECRET = "the signing secret of a workspace that does not exist"  # noqa: S105
Json = dict[str, Any]


class SoakWorkspace:
    """Messages of the bot in the one channel, kept as the bot posts and changes them."""

    def __init__(self) -> None:
        self.messages: dict[str, Json] = {}
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)

    def variables(self, url: str) -> dict[str, str]:
        """The environment with which the service takes part, where this is served at `url`."""
        return {"SLACK_BOT_TOKEN": "xoxb-soak", "SLACK_SIGNING_SECRET": _SECRET, "SLACK_API_URL": f"{url}/api/"}

    def mention(self, question: str) -> Json:
        """The event of somebody who asks the bot in the channel."""
        number, stamp = next(self._numbers), self._stamp()
        event = {
            "type": "app_mention",
            "user": "USOAK",
            "text": f"<@{BOT_USER}> {question}",
            "ts": stamp,
            "channel": CHANNEL,
        }
        return {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number}", "event": event}

    def answered(self) -> Counter[str]:
        """How many finished answers each event has."""
        with self._lock:
            payloads = [message["metadata"]["event_payload"] for message in self.messages.values()]
        return Counter(each["event_id"] for each in payloads if each["part"] == 0 and each["state"] == "done")

    def call(self, method: str, arguments: Json) -> Json:
        """What Slack answers to a call of its Web API."""
        with self._lock:
            if method == "auth.test":
                return {"ok": True, "team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT}
            if method == "conversations.info":
                return {"ok": True, "channel": {"id": arguments["channel"], "is_im": False}}
            if method == "conversations.replies":
                thread = [each for each in self.messages.values() if each["thread_ts"] == arguments["ts"]]
                return {"ok": True, "messages": thread, "has_more": False}
            if method in {"chat.postMessage", "chat.update"}:
                return {"ok": True, "ts": self._write(arguments), "channel": arguments["channel"]}
        return {"ok": False, "error": "unknown_method"}

    def _write(self, arguments: Json) -> str:
        stamp = str(arguments.get("ts") or self._stamp())
        fields = {"type": "message", "ts": stamp, "user": BOT_USER, "bot_id": BOT, "thread_ts": ""}
        self.messages[stamp] = fields | self.messages.get(stamp, {}) | arguments
        return stamp

    def _stamp(self) -> str:
        return f"{int(time.time())}.{next(self._numbers):06}"


def signed(event: Json) -> Json:
    """The content and headers with which Slack sends an event, for httpx."""
    content, stamp = json.dumps(event), str(int(time.time()))
    signature = hmac.new(_SECRET.encode(), f"v0:{stamp}:{content}".encode(), hashlib.sha256).hexdigest()
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}
    return {"content": content, "headers": headers | {"Content-Type": "application/json"}}


@contextmanager
def serving(workspace: SoakWorkspace) -> Iterator[str]:
    """Serve the workspace on loopback; yields its address."""

    class Calls(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(dict(parse_qsl(urlsplit(self.path).query)))

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            is_json = "json" in self.headers.get("content-type", "")
            self._reply(json.loads(sent) if is_json else dict(parse_qsl(sent)))

        def _reply(self, arguments: Json) -> None:
            method = urlsplit(self.path).path.rpartition("/")[2]
            body = json.dumps(workspace.call(method, arguments)).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the base class
            """The service's own log tells enough."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Calls)
    threading.Thread(target=server.serve_forever, name="slack", daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
