"""A Slack workspace on loopback: its Web API, its Socket Mode server, and the people who write in it."""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

import httpx
from aiohttp import WSMsgType, web

BOT_USER, BOT_ID, TEAM = "UBOT", "BBOT", "T1"
SIGNING_SECRET = "a signing secret"  # noqa: S105
Json = dict[str, Any]
Script = Callable[[Json], Awaitable[web.Response | None]]


@dataclass
class Workspace:
    """Messages are in `messages`; `scripts[method]` holds special responses to the next calls of a method."""

    http: httpx.AsyncClient
    url: str = ""
    streaming: bool = False
    messages: list[Json] = field(default_factory=list)
    calls: list[tuple[str, Json, float]] = field(default_factory=list)
    scripts: dict[str, list[Script]] = field(default_factory=lambda: defaultdict(list))
    channels: dict[str, Json] = field(default_factory=dict)
    views: dict[str, Json] = field(default_factory=dict)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    acked: set[str] = field(default_factory=set)
    _clock: Any = field(default_factory=lambda: itertools.count(1))

    @classmethod
    @asynccontextmanager
    async def open(cls) -> AsyncIterator[Self]:
        http = httpx.AsyncClient(trust_env=False, timeout=10)  # one, as its TLS set-up takes its time
        workspace = cls(http)
        app = web.Application()
        app.router.add_route("*", "/api/{method}", workspace._api)
        app.router.add_post("/response/{name}", workspace._response_url)
        app.router.add_get("/socket", workspace._socket)
        async with http, serving(app) as url:
            workspace.url = url
            yield workspace

    # --- what people do

    def write(self, text: str, channel: str = "C1", thread: str | None = None, user: str = "U1") -> Json:
        """A person writes; the event Slack makes of it."""
        message = {"type": "message", "user": user, "text": text, "ts": self.ts(), "channel": channel}
        if thread:
            message["thread_ts"] = thread
        self.messages.append(message)
        kind = "im" if channel.startswith("D") else "channel"
        return self.event({**message, "channel_type": kind})

    def mention(self, text: str, **where: Any) -> Json:
        """A person mentions the bot; Slack's app_mention event."""
        body = self.write(f"<@{BOT_USER}> {text}", **where)
        event = {**body["event"], "type": "app_mention"}
        del event["channel_type"]
        return {**body, "event": event}

    def event(self, event: Json, **fields: Any) -> Json:
        return {
            "type": "event_callback", "team_id": TEAM, "api_app_id": "A1", "event_id": f"Ev{next(self._clock)}",
            "event_time": int(time.time()), "event": event, "is_ext_shared_channel": False,
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}], **fields,
        }  # fmt: skip

    def command(self, text: str, channel: str = "C1", user: str = "U1") -> Json:
        name = "directmessage" if channel.startswith("D") else "general"
        return {
            "command": "/cables", "text": text, "team_id": TEAM, "channel_id": channel, "channel_name": name,
            "user_id": user, "trigger_id": f"tr.{next(self._clock)}", "response_url": f"{self.url}/response/1",
        }  # fmt: skip

    def click(self, message: Json, action: str, user: str = "U1", at: int = 0) -> Json:
        buttons = [item for block in message["blocks"] for item in _buttons(block) if item["action_id"] == action]
        return {
            "type": "block_actions", "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, "api_app_id": "A1",
            "channel": {"id": message["channel"]}, "message": message, "trigger_id": f"tr.{next(self._clock)}",
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": message["channel"]},
            "actions": [{"type": "button", **buttons[at], "block_id": "b", "action_ts": "1.0"}],
        }  # fmt: skip

    def ts(self) -> str:
        return f"{1_700_000_000 + next(self._clock)}.000100"

    def answers(self, channel: str = "C1") -> list[Json]:
        """The bot's messages in a channel."""
        return [item for item in self.messages if item["channel"] == channel and item.get("bot_id") == BOT_ID]

    def called(self, method: str) -> list[Json]:
        return [arguments for name, arguments, _ in self.calls if name == method]

    async def until(self, true: Callable[[], Any], seconds: float = 20.0) -> None:
        """Wait for something to become true."""
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, self.messages[-3:]
            await asyncio.sleep(0.01)

    async def until_answered(self, count: int = 1, channel: str = "C1") -> list[Json]:
        """The bot's messages, once so many are finished."""
        await self.until(lambda: sum(map(_done, self.answers(channel))) >= count)
        return self.answers(channel)

    # --- delivering over HTTP

    async def deliver(self, bot_url: str, body: Json, **changes: Any) -> httpx.Response:
        """Send an event as Slack does, signed."""
        return await post_signed(self.http, bot_url, json.dumps(body), "application/json", **changes)

    async def deliver_form(self, bot_url: str, fields: Json) -> httpx.Response:
        return await post_signed(self.http, bot_url, urlencode(fields), "application/x-www-form-urlencoded")

    async def deliver_click(self, bot_url: str, payload: Json) -> httpx.Response:
        return await self.deliver_form(bot_url, {"payload": json.dumps(payload)})

    # --- delivering over a socket

    async def push(self, payload: Json, kind: str = "events_api") -> str:
        """Send an envelope down the newest socket; its id."""
        await self.until(lambda: any(not socket.closed for socket in self.sockets))
        envelope = f"envelope-{next(self._clock)}"
        live = next(socket for socket in reversed(self.sockets) if not socket.closed)
        await live.send_json({"type": kind, "envelope_id": envelope, "payload": payload})
        return envelope

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.sockets.append(socket)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self.acked.add(json.loads(message.data)["envelope_id"])
        return socket

    # --- the Web API

    async def _response_url(self, request: web.Request) -> web.Response:
        self.calls.append(("response_url", await request.json(), time.monotonic()))
        return web.Response(text="ok")

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self.calls.append((method, arguments, time.monotonic()))
        if self.scripts[method]:
            response = await self.scripts[method].pop(0)(arguments)
            if response is not None:
                return response
        handler = getattr(self, "_" + method.replace(".", "_").lower(), None)
        return web.json_response(handler(arguments) if handler else refusal("unknown_method"))

    def _auth_test(self, _arguments: Json) -> Json:
        return {"ok": True, "team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT_ID}

    def _apps_connections_open(self, _arguments: Json) -> Json:
        return {"ok": True, "url": f"{self.url.replace('http', 'ws')}/socket"}

    def _conversations_info(self, arguments: Json) -> Json:
        channel = arguments["channel"]
        return {"ok": True, "channel": {"id": channel, "is_im": channel[0] == "D", **self.channels.get(channel, {})}}

    def _conversations_replies(self, arguments: Json) -> Json:
        thread, latest = arguments["ts"], arguments.get("latest") or "9"
        messages = [
            item for item in self.messages
            if item["channel"] == arguments["channel"] and thread in {item["ts"], item.get("thread_ts")}
            and item["ts"] < latest
        ]  # fmt: skip
        return {"ok": True, "messages": messages, "has_more": False}

    def _conversations_history(self, arguments: Json) -> Json:
        channel = arguments["channel"]
        messages = [item for item in self.messages if item["channel"] == channel and "thread_ts" not in item]
        return {"ok": True, "messages": messages[::-1]}

    def _chat_postmessage(self, arguments: Json) -> Json:
        if fault := _fault(arguments):
            return refusal(fault)
        return {"ok": True, "ts": self._posted(arguments)["ts"], "channel": arguments["channel"]}

    def _chat_postephemeral(self, _arguments: Json) -> Json:
        return {"ok": True, "message_ts": self.ts()}

    def _chat_update(self, arguments: Json) -> Json:
        message = next((item for item in self.messages if item["ts"] == arguments["ts"]), None)
        if message is None:
            return refusal("message_not_found")
        if message.get("streaming"):
            return refusal("streaming_state_conflict")
        if fault := _fault(arguments):
            return refusal(fault)
        message.update({name: arguments[name] for name in ("text", "blocks", "metadata")})
        return {"ok": True, "ts": message["ts"]}

    def _chat_startstream(self, arguments: Json) -> Json:
        if not self.streaming:
            return refusal("unknown_method")
        message = self._posted({"text": "", "blocks": [], **arguments, "streaming": True})
        return {"ok": True, "ts": message["ts"]}

    def _chat_appendstream(self, arguments: Json) -> Json:
        message = next(item for item in self.messages if item["ts"] == arguments["ts"])
        if not message.get("streaming"):
            return refusal("message_not_in_streaming_state")
        message.setdefault("chunks", []).extend(arguments["chunks"])
        return {"ok": True}

    def _chat_stopstream(self, arguments: Json) -> Json:
        message = next(item for item in self.messages if item["ts"] == arguments["ts"])
        if not message.pop("streaming", False):
            return refusal("message_not_in_streaming_state")
        message["metadata"] = arguments.get("metadata")
        return {"ok": True}

    def _views_open(self, arguments: Json) -> Json:
        identity = f"V{next(self._clock)}"
        self.views[identity] = arguments["view"]
        return {"ok": True, "view": {"id": identity}}

    def _views_update(self, arguments: Json) -> Json:
        self.views[arguments["view_id"]] = arguments["view"]
        return {"ok": True}

    def _posted(self, arguments: Json) -> Json:
        kept = ("channel", "thread_ts", "text", "blocks", "metadata", "streaming")
        message = {name: arguments[name] for name in kept if arguments.get(name) is not None}
        message |= {"type": "message", "ts": self.ts(), "user": BOT_USER, "bot_id": BOT_ID}
        self.messages.append(message)
        return message


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    """Serve an aiohttp application on loopback."""
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def post_signed(
    http: httpx.AsyncClient,
    bot_url: str,
    body: str,
    content_type: str,
    secret: str = SIGNING_SECRET,
    at: float | None = None,
) -> httpx.Response:
    """POST as Slack does (https://docs.slack.dev/authentication/verifying-requests-from-slack)."""
    stamp = str(int(time.time() if at is None else at))
    signature = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature}",
    }
    return await http.post(f"{bot_url}/slack/events", content=body, headers=headers)


def refusal(code: str) -> Json:
    return {"ok": False, "error": code}


def refusing(code: str) -> Script:
    """The next call is refused with this code."""

    async def answer(_arguments: Json) -> web.Response:
        return web.json_response(refusal(code))

    return answer


def failing(status: int, **headers: str) -> Script:
    """The next call fails with this status."""

    async def answer(_arguments: Json) -> web.Response:
        return web.json_response(
            refusal("ratelimited" if status == 429 else "internal_error"), status=status, headers=headers
        )

    return answer


def shown(message: Json) -> str:
    """All text of a message or a window."""
    return "\n".join(_texts(message.get("blocks", message)))


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [value["text"]] if isinstance(value.get("text"), str) else [t for v in value.values() for t in _texts(v)]
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else []


def _buttons(block: Json) -> list[Json]:
    elements = [*block.get("elements", []), block.get("accessory") or {}]
    return [element for element in elements if element.get("type") == "button"]


def _done(message: Json) -> bool:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return payload.get("state") == "done" and not message.get("streaming") and bool(message.get("blocks"))


def _fault(arguments: Json) -> str | None:
    blocks = arguments.get("blocks") or []
    if len(blocks) > 50:
        return "invalid_blocks"
    if any(block["type"] == "section" and len(block["text"]["text"]) > 3000 for block in blocks):
        return "invalid_blocks"
    if sum(map(len, _texts(blocks))) + len(arguments["text"]) > 12_000:
        return "msg_too_long"
    return None


async def _arguments(request: web.Request) -> Json:
    # The SDK sends JSON, a form or a query, and structures within either as they are or as JSON text; Slack takes all of it.
    sent = await request.text()
    form = {**request.query, **dict(parse_qsl(sent))}
    arguments: Json = json.loads(sent) if request.content_type == "application/json" else form
    for name in ("blocks", "metadata", "view", "chunks"):
        if isinstance(arguments.get(name), str):
            arguments[name] = json.loads(arguments[name])
    return arguments
