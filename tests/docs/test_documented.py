"""Every setting, command, route and metric is documented, and the pages written from the code are up to date."""

import ast
import re
from collections.abc import Iterator

from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.observability.metrics import Metrics
from api.slack.http_mode import PATH as SLACK_PATH
from api.web.session import router as session_router
from docs.hooks import commands_page, settings_page
from rag.settings import Settings
from tests.api.clients import routes_of
from tests.docs.pages import ROOT, written

_OPENAPI_PATHS = {"/openapi.json", "/docs", "/mcp", SLACK_PATH}


def test_the_settings_page_is_up_to_date() -> None:
    assert settings_page.PAGE.read_text(encoding="utf-8") == settings_page.settings_page(), "run `make docs`"


def test_the_commands_page_is_up_to_date() -> None:
    assert commands_page.PAGE.read_text(encoding="utf-8") == commands_page.commands_page(), "run `make docs`"


def test_every_settings_class_is_on_the_settings_page() -> None:
    assert set(_settings_classes()) == {settings.__name__ for _, settings in settings_page.CLASSES}


def test_every_setting_is_explained_outside_the_settings_page() -> None:
    names = {variable for _, settings in settings_page.CLASSES for variable, _ in settings_page.variables(settings)}
    assert names - set(re.findall(r"[A-Z]+(?:_[A-Z]+)+", written(generated=False))) == set()


def test_every_command_is_explained_outside_the_commands_page() -> None:
    explained = written(generated=False)
    assert [name for name, _ in commands_page.commands() if not re.search(rf"\b{name}\b", explained)] == []


def test_every_option_is_documented() -> None:
    page = commands_page.PAGE.read_text(encoding="utf-8")
    for name, command in commands_page.commands():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert all(f"`{option.opts[0]}" in section for option in command.params if option.opts[0].startswith("-")), name


def test_every_route_is_explained() -> None:
    app = create_app(Settings())
    paths = {route.path for router in (app, session_router) for route in routes_of(router)}
    assert "/owner/withdrawals" in paths
    explained = written()
    assert {
        path for path in paths | _OPENAPI_PATHS if f"{path}`" not in explained and f"{path}?" not in explained
    } == set()


def test_every_metric_is_explained() -> None:
    families = text_string_to_metric_families(Metrics().text().decode())
    names = {
        f"{family.name}_total" if family.type == "counter" else family.name
        for family in families
        if not family.name.endswith("_created")
    }
    assert names
    assert {name for name in names if f"`{name}`" not in written()} == set()


def _settings_classes() -> Iterator[str]:
    for package in ("rag", "ingest", "evals", "api"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and any(
                    isinstance(base, ast.Name) and base.id == "EnvironmentSettings" for base in node.bases
                ):
                    yield node.name
