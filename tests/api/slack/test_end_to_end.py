"""The bot within the real service, on the sample archive; and the command that runs it alone."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path

import pytest
import uvicorn
import yaml

from api.app import create_app
from rag.archive import Archive
from rag.settings import Settings
from tests.api.slack.workspace import SIGNING_SECRET, Workspace, shown

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
async def served(workspace: Workspace, sample_store: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", SIGNING_SECRET)
    monkeypatch.setenv("SLACK_API_URL", f"{workspace.url}/api/")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"

    def announce(archive: Archive) -> None:
        assert archive.lock is not None
        archive.lock.announce(url)

    app = create_app(Settings(store=sample_store), announce)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    at_work = asyncio.create_task(server.serve())
    await workspace.until(lambda: server.started, 60)
    yield url
    server.should_exit = True
    await at_work


@pytest.mark.anyio
async def test_the_sample_archive_answers_in_slack(workspace: Workspace, served: str) -> None:
    body = workspace.mention("Whose idea was it to switch the Gannet Rock light back on?")
    assert (await workspace.deliver(served, body)).status_code == 200
    await workspace.until(lambda: workspace.answers() and "Good answer" in shown(workspace.answers()[0]), 60)
    (answer,) = workspace.answers()
    assert "Starkey" in shown(answer) and "[QUILLHAVEN 2340 ¶5]" in shown(answer)
    assert "QUILLHAVEN 2340 ¶5 · 20" in shown(answer)
    await workspace.deliver_click(served, workspace.click(answer, "cables_read"))
    await workspace.until(lambda: workspace.called("views.update"))
    assert "Starkey" in shown(next(iter(workspace.views.values())))


def test_the_command_names_what_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, {"SLACK_BOT_TOKEN": "xoxb-1"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("cables: SLACK_APP_TOKEN is not set; ") and done.stderr.count("\n") == 1
    done = run(tmp_path, {"SLACK_APP_TOKEN": "xapp-1"})
    assert done.stderr.startswith("cables: SLACK_BOT_TOKEN is not set; ")
    file = tmp_path / "slack.toml"
    file.write_text("[channel]", encoding="utf-8")
    tokens = {"SLACK_APP_TOKEN": "xapp-1", "SLACK_BOT_TOKEN": "xoxb-1"}
    done = run(tmp_path, {**tokens, "CABLES_SLACK_CONFIG": str(file)})
    assert done.returncode == 2 and "unknown channel" in done.stderr


def test_the_manifest_asks_for_what_the_bot_uses() -> None:
    manifest = yaml.safe_load(files("api.slack").joinpath("manifest.yaml").read_text(encoding="utf-8"))
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == {
        "app_mention", "message.im", "message.channels", "message.groups", "message.mpim",
    }  # fmt: skip
    assert manifest["features"]["slash_commands"][0]["command"] == "/cables"
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    kinds = ("im", "channels", "groups", "mpim")
    assert scopes == {"app_mentions:read", "chat:write", "commands"} | {
        f"{kind}:{right}" for kind in kinds for right in ("history", "read")
    }


def run(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from api.cli.main import main; main()", "slack", "--store", str(folder / "store")]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={"PATH": "/usr/bin", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
