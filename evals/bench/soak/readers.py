"""Clients that ask, search, scan, give verdicts and write in Slack."""

import random
import threading
from collections.abc import Sequence

import httpx

from evals.bench.soak.record import SoakRecord
from evals.bench.soak.slack_workspace import SoakWorkspace, signed
from evals.bench.soak.traffic import Traffic

KEEP = 0.2
"""Share of the answers that are kept."""
_WORDS = ("minister", '"the ministry"', "harbor*", "fish* OR boats", "wheat duty", "council -lens", '"said that"')
_TIMEOUT_SECONDS = 180


class Reader:
    """One client: sends a request, waits `pause` seconds, and so on until `stop` is set."""

    def __init__(
        self,
        http: httpx.Client,
        questions: Sequence[str],
        traffic: Traffic,
        record: SoakRecord,
        workspace: SoakWorkspace,
        pause: float,
        stop: threading.Event,
        seed: int,
    ) -> None:
        """`http` holds the service's address and the reader's key."""
        self._http, self._traffic, self._record, self._workspace = http, traffic, record, workspace
        self._questions, self._pause, self._stopped = questions, pause, stop
        self._random = random.Random(seed)

    def run(self) -> None:
        """Send requests."""
        doings = {self.ask: 4, self.search: 4, self.scan: 3, self.judge: 1, self.write_in_slack: 1}
        while not self._stopped.is_set():
            [do] = self._random.choices(list(doings), list(doings.values()))
            do()
            self._stopped.wait(self._pause)

    def ask(self) -> None:
        """Ask; some answers are kept."""
        keep = self._random.random() < KEEP
        body = {"messages": [{"role": "user", "content": self._question()}], "keep": keep}
        response = self._traffic.send(self._http, "ask", "POST", "/chat", json=body)
        if response is not None and keep:
            self._record.kept.append(response.json()["id"])

    def search(self) -> None:
        """Search by meaning."""
        self._traffic.send(self._http, "search", "GET", "/search", params={"query": self._question()})

    def scan(self) -> None:
        """Look for the very words."""
        self._traffic.send(self._http, "scan", "GET", "/scan", params={"query": self._random.choice(_WORDS)})

    def judge(self) -> None:
        """Give a verdict on an answer."""
        body = {"question": self._question(), "verdict": self._random.choice(["up", "down"])}
        response = self._traffic.send(self._http, "feedback", "POST", "/feedback", expected=201, json=body)
        if response is not None:
            self._record.feedback.append(response.json()["id"])

    def write_in_slack(self) -> None:
        """Mention the bot."""
        event = self._workspace.mention(self._question())
        if self._traffic.send(self._http, "Slack event", "POST", "/slack/events", **signed(event)) is not None:
            self._record.slack.append(event["event_id"])

    def _question(self) -> str:
        return self._random.choice(self._questions)


def client(url: str, key: str | None) -> httpx.Client:
    """An HTTP client of the service at `url` with this key."""
    headers = {"authorization": f"Bearer {key}"} if key else {}
    return httpx.Client(base_url=url, headers=headers, timeout=_TIMEOUT_SECONDS, trust_env=False)
