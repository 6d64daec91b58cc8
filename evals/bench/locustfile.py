"""Requests of one client: ask, search, open a cited paragraph. `evals.bench.load` runs it with `locust`."""

import random
from pathlib import Path

from locust import FastHttpUser, task

import evals
from evals.golden import load

_GOLDEN = Path(evals.__file__).with_name("golden") / "sample.jsonl"
_QUESTIONS = [question.question for golden in load([_GOLDEN]) for question in golden.questions]


class LoadUser(FastHttpUser):
    """Sends each request as soon as the last is answered."""

    opened = "/readyz"

    @task(2)
    def ask(self) -> None:
        """A question to the chat."""
        body = {"messages": [{"role": "user", "content": random.choice(_QUESTIONS)}]}
        with self.client.post("/chat", json=body, name="POST /chat", catch_response=True) as response:
            answer = response.json() if response.text else {}
            if response.ok and not answer["abstained"] and not answer["citations"]:
                response.failure("an answer without citations")
            elif answer.get("citations"):
                self.opened = answer["citations"][0]["url"]

    @task(2)
    def search(self) -> None:
        """A search."""
        self.client.get("/search", params={"query": random.choice(_QUESTIONS)}, name="GET /search")

    @task(4)
    def read(self) -> None:
        """Open the last cited paragraph."""
        self.client.get(self.opened, name="GET paragraph")
