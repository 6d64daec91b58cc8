"""Commands, options and settings named in the deployment files exist."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
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


def test_every_service_has_a_memory_limit_that_can_be_set(compose: dict[str, Any]) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name, service in compose["services"].items():
        assert re.fullmatch(r"(\$\{[A-Z]+_MEMORY:-)?\d+[mg]}?", service["mem_limit"]), name
    for variable, default in re.findall(r"\$\{(\w+_(?:MEMORY|CPUS)):-(\w+)}", str(compose)):
        assert f"# {variable}={default}\n" in example


def test_the_gpu_is_given_to_services_that_exist(compose: dict[str, Any]) -> None:
    over = yaml.safe_load((ROOT / "compose.gpu.yaml").read_text(encoding="utf-8"))
    for name, service in over["services"].items():
        assert name in compose["services"]
        (device,) = service["deploy"]["resources"]["reservations"]["devices"]
        assert device["capabilities"] == ["gpu"]


def test_every_package_of_the_image_is_pinned_by_its_hash() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==([\w.+!-]+) \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE))
    assert len(locked) == len(re.findall(r"^[\w.-]+", text, re.MULTILINE))
    pinned = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines())
    pinned = {canonicalize_name(name): version for name, version in pinned.items()}
    assert {name: pinned.get(name, version) for name, version in locked.items()} == locked
    extras = re.search(r"^EXTRAS := (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert extras is not None
    needed = [
        *project["dependencies"],
        *(each for extra in extras[1].split() for each in project["optional-dependencies"][extra]),
    ]
    assert {canonicalize_name(Requirement(each).name) for each in needed} <= locked.keys(), "run `make lock`"


def test_the_image_does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert lines.index("USER cables") < lines.index('ENTRYPOINT ["cables"]')
