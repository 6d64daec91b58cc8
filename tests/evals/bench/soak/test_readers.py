import json
import threading

import httpx

from evals.bench.soak.readers import Reader, client
from evals.bench.soak.record import SoakRecord
from evals.bench.soak.slack_workspace import SoakWorkspace
from evals.bench.soak.traffic import Traffic


def test_what_is_acknowledged_is_recorded() -> None:
    stop, traffic, record, seen = threading.Event(), Traffic(), SoakRecord(), list[httpx.Request]()

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if len(seen) >= 200:
            stop.set()
        status = {"/feedback": 201, "/search": 500}.get(request.url.path, 200)
        return httpx.Response(status, json={"id": f"id{len(seen)}"})

    with httpx.Client(base_url="http://archive", transport=httpx.MockTransport(answer)) as http:
        Reader(http, ["Why?"], traffic, record, SoakWorkspace(), 0.0, stop, 1).run()
    kept = [each for each in seen if each.url.path == "/chat" and json.loads(each.content)["keep"]]
    assert traffic.seconds.keys() == {"ask", "scan", "feedback", "Slack event"}
    assert {each.kind for each in traffic.failures} == {"search"}
    assert 0 < len(record.kept) == len(kept) < len(traffic.seconds["ask"])
    assert len(record.feedback) == len(traffic.seconds["feedback"])
    assert len(set(record.slack)) == len(traffic.seconds["Slack event"])


def test_a_client_sends_its_key() -> None:
    with client("http://archive", "secret") as known, client("http://archive", None) as unknown:
        assert known.headers["authorization"] == "Bearer secret"
        assert "authorization" not in unknown.headers
