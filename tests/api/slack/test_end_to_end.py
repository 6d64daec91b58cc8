"""The bot within the real service, on the sample archive; and the command that runs it alone."""

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from shutil import copytree

import pytest
import uvicorn
import yaml

from api.app import create_app
from rag.archive import Archive
from rag.catalog.catalog import open_catalog
from rag.catalog.keys import Keys
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.settings import Settings
from tests.api.slack.workspace import SIGNING_SECRET, Json, Workspace, shown
from tests.processes import free_port

QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"
ROOT = Path(__file__).resolve().parents[3]


@asynccontextmanager
async def serving(workspace: Workspace, store: Path) -> AsyncIterator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    def announce(archive: Archive) -> None:
        assert archive.lock is not None
        archive.lock.announce(url)

    server = uvicorn.Server(
        uvicorn.Config(create_app(Settings(store=store), opened=announce), port=port, log_level="warning")
    )
    at_work = asyncio.create_task(server.serve())
    try:
        await workspace.until(lambda: server.started, 60)
        yield url
    finally:
        server.should_exit = True
        await at_work


@pytest.fixture
def tokens(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", SIGNING_SECRET)
    monkeypatch.setenv("SLACK_API_URL", f"{workspace.url}/api/")


async def answered(workspace: Workspace, url: str, body: Json) -> Json:
    before = len(workspace.answers())
    assert (await workspace.deliver(url, body)).status_code == 200
    await workspace.until(lambda: len(workspace.answers()) > before, 20)
    await workspace.until(lambda: "Good answer" in shown(workspace.answers()[-1]), 60)
    return workspace.answers()[-1]


@pytest.mark.anyio
@pytest.mark.usefixtures("tokens")
async def test_the_sample_archive_answers_in_slack(workspace: Workspace, sample_store: Path, tmp_path: Path) -> None:
    async with serving(workspace, copytree(sample_store, tmp_path / "store")) as url:
        answer = await answered(workspace, url, workspace.mention(QUESTION))
        assert "Starkey" in shown(answer) and "[QUILLHAVEN 2340 ¶5]" in shown(answer)
        assert "QUILLHAVEN 2340 ¶5 · 20" in shown(answer)
        cited = [block["accessory"]["value"] for block in answer["blocks"] if "accessory" in block]
        await workspace.deliver_click(url, workspace.click(answer, "cables_read", at=cited.index("07QUILLHAVEN2340#5")))
        await workspace.until(lambda: workspace.called("views.update"))
        assert "Starkey" in shown(next(iter(workspace.views.values())))
        await workspace.deliver_click(url, workspace.click(answer, "cables_good"))
        await workspace.until(lambda: workspace.called("chat.postEphemeral"))
        assert "Your verdict is kept" in workspace.called("chat.postEphemeral")[0]["text"]
        shared = {**workspace.mention(QUESTION), "is_ext_shared_channel": True}
        assert_unclassified(await answered(workspace, url, shared))


@pytest.mark.anyio
@pytest.mark.usefixtures("tokens")
async def test_on_a_store_with_keys_a_bot_without_one_shows_what_is_unclassified(
    workspace: Workspace, sample_store: Path, tmp_path: Path
) -> None:
    store = copytree(sample_store, tmp_path / "store")
    with open_catalog(Settings(store=store)) as catalog:
        Keys(catalog).add("somebody", Clearance(Level.S))
    async with serving(workspace, store) as url:
        assert_unclassified(await answered(workspace, url, workspace.mention(QUESTION)))


def assert_unclassified(answer: Json) -> None:
    texts = shown(answer)
    assert "Starkey" not in texts
    assert not re.search(r"\((C|S|SBU)[)/]", texts)


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
