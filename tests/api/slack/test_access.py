"""Which keys a question is asked with."""

from pathlib import Path

import pytest

from api.slack.access import UNCLASSIFIED, Audience, Credentials, SlackKeys
from rag.errors import BadInput
from tests.api.slack.bots import Bots
from tests.api.slack.fake_service import FakeService
from tests.api.slack.workspace import Workspace, refusing, shown

CHANNEL, DIRECT = Audience(direct=False, shared=False), Audience(direct=True, shared=False)
SHARED = Audience(direct=False, shared=True)
KEYS = SlackKeys("default", {"T2": "of T2"}, {"C1": "of C1"}, {"U1": "of U1"})


@pytest.mark.parametrize(
    ("place", "audience", "credentials"),
    [
        (("T1", "C9", "U9"), CHANNEL, Credentials("default")),
        (("T2", "C9", "U9"), CHANNEL, Credentials("of T2")),
        (("T2", "C1", "U9"), CHANNEL, Credentials("of C1")),
        (("T1", "C9", "U1"), CHANNEL, Credentials("default", also="of U1")),
        (("T1", "C1", "U1"), CHANNEL, Credentials("of C1", also="of U1")),
        (("T1", "D1", "U1"), DIRECT, Credentials("of U1")),
        (("T1", "D1", "U9"), DIRECT, Credentials("default")),
        (("T1", "C9", "U9"), SHARED, Credentials("default", UNCLASSIFIED)),
        (("T1", "C9", "U1"), SHARED, Credentials("default", UNCLASSIFIED, "of U1")),
        (("T1", "D1", "U1"), Audience(direct=True, shared=True), Credentials("of U1", UNCLASSIFIED)),
        (("T1", "C1", "U9"), SHARED, Credentials("of C1")),
    ],
)
def test_the_rule_of_keys(place: tuple[str, str, str], audience: Audience, credentials: Credentials) -> None:
    assert KEYS.credentials(*place, audience) == credentials


def test_without_configuration_the_default_key_is_used() -> None:
    assert SlackKeys.read(None, None).credentials("T1", "C1", "U1", CHANNEL) == Credentials()
    assert SlackKeys.read(None, None).credentials("T1", "C1", "U1", SHARED) == Credentials(within=UNCLASSIFIED)


def test_a_value_may_name_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "slack.toml"
    file.write_text('[workspaces]\nT2 = "$SECRET_KEY"\n[users]\nU1 = "plain"\n', encoding="utf-8")
    monkeypatch.setenv("SECRET_KEY", "from outside")
    assert SlackKeys.read(file, "d") == SlackKeys("d", {"T2": "from outside"}, {}, {"U1": "plain"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[channel]\nC1 = 'x'", "unknown channel"),
        ("[channels]\nC1 = 3", "C012ABC"),
        ("[channels.C1]\nkey = 'x'", "C012ABC"),
        ("channels = 'x'", "C012ABC"),
        ("[users]\nU1 = '$NOWHERE'", "NOWHERE"),
        ("[users", "cannot be read"),
    ],
)
def test_a_wrong_file_is_explained(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "slack.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=words):
        SlackKeys.read(file, None)


@pytest.mark.anyio
async def test_keys_and_bounds_reach_the_service(
    workspace: Workspace, service: FakeService, bots: Bots, tmp_path: Path
) -> None:
    file = tmp_path / "slack.toml"
    file.write_text('[channels]\nC2 = "of C2"\n[users]\nU1 = "of U1"\n', encoding="utf-8")
    workspace.channels = {"C3": {"is_ext_shared": True}}
    async with bots.over_http(key="default", config=file) as url:
        requests = [
            ("C1", "U9", {}),
            ("C2", "U1", {}),
            ("D1", "U1", {}),
            ("C3", "U9", {}),
            ("C4", "U9", {"is_ext_shared_channel": True}),
        ]
        for channel, user, fields in requests:
            await workspace.deliver(url, {**workspace.mention("Lamp?", channel=channel, user=user), **fields})
            await workspace.until_answered(channel=channel)
    sent = [
        (headers.get("Authorization"), headers.get("X-Cables-Within"), headers.get("X-Cables-Also"))
        for _, headers in service.questions
    ]
    assert sent == [
        ("Bearer default", None, None),
        ("Bearer of C2", None, "of U1"),
        ("Bearer of U1", None, None),
        ("Bearer default", "UNCLASSIFIED", None),
        ("Bearer default", "UNCLASSIFIED", None),
    ]
    assert "UNCLASSIFIED paragraphs only" in shown(workspace.answers("C3")[0])


@pytest.mark.anyio
async def test_an_answer_that_was_not_narrowed_is_not_shown(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    service.narrows = False
    async with bots.over_http() as url:
        body = workspace.mention("Lamp?")
        await workspace.deliver(url, {**body, "is_ext_shared_channel": True})
        (answer,) = await workspace.until_answered()
    assert "lamp burns" not in shown(answer) and "does not let me in" in shown(answer)


@pytest.mark.anyio
async def test_a_channel_slack_does_not_describe_counts_as_shared(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    workspace.scripts["conversations.info"].append(refusing("missing_scope"))
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Lamp?"))
        await workspace.until_answered()
    assert service.questions[0][1]["X-Cables-Within"] == "UNCLASSIFIED"
