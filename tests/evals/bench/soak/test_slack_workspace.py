import httpx

from evals.bench.soak.slack_workspace import BOT, CHANNEL, SoakWorkspace, serving, signed


def _post(api: str, event_id: str, part: int = 0, **fields: str) -> str:
    payload = {"event_id": event_id, "part": part, "state": fields.pop("state", "done")}
    body = {"channel": CHANNEL, "thread_ts": "1.0", "metadata": {"event_payload": payload}, **fields}
    method = "chat.update" if "ts" in fields else "chat.postMessage"
    return str(httpx.post(f"{api}{method}", json=body, trust_env=False).json()["ts"])


def test_answers_are_counted_when_they_are_finished() -> None:
    workspace = SoakWorkspace()
    with serving(workspace) as url:
        api = workspace.variables(url)["SLACK_API_URL"]
        first = _post(api, "Ev1", state="working")
        assert workspace.answered() == {}
        _post(api, "Ev1", ts=first)
        _post(api, "Ev1", part=1)
        for _ in range(2):
            _post(api, "Ev2")
        assert workspace.answered() == {"Ev1": 1, "Ev2": 2}
        replies = httpx.get(f"{api}conversations.replies", params={"ts": "1.0"}, trust_env=False).json()["messages"]
        assert [each["bot_id"] for each in replies] == [BOT] * 4
        assert httpx.post(f"{api}chat.startStream", trust_env=False).json() == {"ok": False, "error": "unknown_method"}


def test_events_are_signed_as_slack_does() -> None:
    from slack_sdk.signature import SignatureVerifier

    workspace = SoakWorkspace()
    secret = workspace.variables("")["SLACK_SIGNING_SECRET"]
    sent = signed(workspace.mention("Does the lamp burn?"))
    assert SignatureVerifier(secret).is_valid_request(sent["content"], sent["headers"])
