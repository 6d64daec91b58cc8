"""What the deployment files name exists: commands, options, settings."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from api.cli.main import app
from rag.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
_OURS = {"CABLES_SOURCE"}  # for compose alone


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_every_setting_is_one(compose: dict[str, Any]) -> None:
    named = set(re.findall(r"CABLES_[A-Z_]+", (ROOT / ".env.example").read_text(encoding="utf-8")))
    for service in compose["services"].values():
        named |= {name for name in service.get("environment", {}) if name.startswith("CABLES_")}
    assert named - _OURS <= {f"CABLES_{name.upper()}" for name in Settings.model_fields}


def test_defaults_are_told_as_they_are() -> None:
    for name, value in re.findall(r"^# (CABLES_[A-Z_]+)=(\S+)$", (ROOT / ".env.example").read_text(), re.MULTILINE):
        field = Settings.model_fields.get(name.removeprefix("CABLES_").lower())
        if field is not None and field.default is not None:
            told = getattr(Settings.model_validate({field_name(name): _read(value)}), field_name(name))
            assert told == field.default, name


def field_name(variable: str) -> str:
    return variable.removeprefix("CABLES_").lower()


def _read(value: str) -> Any:
    return yaml.safe_load(value) if value.startswith("[") else value


def test_every_command_is_one(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        if service["image"] != "cables" or "entrypoint" in service or service["command"] == ["--help"]:
            continue
        name, *options = service["command"]
        shown = CliRunner().invoke(app, [name, "--help"])
        assert shown.exit_code == 0, name
        for option in (each for each in options if each.startswith("--")):
            assert option in re.sub(r"\x1b\[[0-9;]*m", "", shown.output)


def test_stores_are_not_reached_from_outside(compose: dict[str, Any]) -> None:
    for name in ("catalog", "chroma"):
        assert compose["services"][name]["networks"] == ["stores"]
        assert "ports" not in compose["services"][name]
    for service in compose["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_the_image_runs_as_nobody_special() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert lines.index("USER cables") < lines.index('ENTRYPOINT ["cables"]')


def test_every_setting_is_documented() -> None:
    told = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "DEPLOYMENT.md"))
    missing = {f"CABLES_{name.upper()}" for name in Settings.model_fields} - set(re.findall(r"CABLES_[A-Z_]+", told))
    assert not missing
