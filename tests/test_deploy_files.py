"""Commands, options and settings named in the deployment files exist."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from api.cli.main import app
from tests.setting_names import SETTINGS_CLASSES, all_variables, variables

ROOT = Path(__file__).resolve().parents[1]
_COMPOSE_ONLY = {"CABLES_SOURCE"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_deployment_files_name_known_settings_only(compose: dict[str, Any]) -> None:
    named = set(re.findall(r"CABLES_[A-Z_]+", (ROOT / ".env.example").read_text(encoding="utf-8")))
    for service in compose["services"].values():
        named |= {name for name in service.get("environment", {}) if name.startswith("CABLES_")}
    assert named - _COMPOSE_ONLY <= all_variables().keys()


def test_defaults_in_the_example_file_are_the_defaults_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^# (CABLES_[A-Z_]+)=(\S+)$", example, re.MULTILINE))
    for settings in SETTINGS_CLASSES:
        defaults = {name: field.default for name, field in variables(settings).items() if field.default is not None}
        for name in defaults.keys() & shown.keys():
            monkeypatch.setenv(name, shown[name])
        read = dict(zip(variables(settings), settings().model_dump().values(), strict=True))
        for name in defaults.keys() & shown.keys():
            assert read[name] == defaults[name], name


def test_compose_names_known_commands_and_options_only(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        if service["image"] != "cables" or "entrypoint" in service or service["command"] == ["--help"]:
            continue
        name, *options = service["command"]
        result = CliRunner().invoke(app, [name, "--help"])
        assert result.exit_code == 0, name
        for option in (argument for argument in options if argument.startswith("--")):
            assert option in re.sub(r"\x1b\[[0-9;]*m", "", result.output)


def test_stores_have_no_published_port_and_a_network_of_their_own(compose: dict[str, Any]) -> None:
    for name in ("catalog", "chroma"):
        assert compose["services"][name]["networks"] == ["stores"]
        assert "ports" not in compose["services"][name]
    for service in compose["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_the_image_does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert lines.index("USER cables") < lines.index('ENTRYPOINT ["cables"]')
