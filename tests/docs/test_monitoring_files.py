"""The alert rules and the dashboard of docs/deploy ask for what the service measures."""

import json
from collections.abc import Iterator
from typing import Any

import promql_parser
import pytest
import yaml
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.observability.metrics import Metrics
from rag.domain.answer import Answer, Sentence
from rag.settings import Settings
from tests.docs.pages import ROOT

_DEPLOY = ROOT / "docs" / "deploy"
_OF_PROMETHEUS = {"up": {"job"}}


def measured() -> dict[str, set[str]]:
    """The series of `/metrics` and the names of their labels, after one request, answer and call of the model."""
    metrics = Metrics()
    metrics.requested("POST", "/chat", 200, 0.1)
    metrics.answered(Answer("who", "llm", (Sentence("He.", ("08QUILL1#1",)),), timings_ms={"reranking": 1.0}))
    metrics.completed(1.0, failed=True, read=1, written=1)
    families = text_string_to_metric_families(metrics.text().decode())
    return _OF_PROMETHEUS | {sample.name: set(sample.labels) for family in families for sample in family.samples}


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((_DEPLOY / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads((_DEPLOY / "dashboard.json").read_text(encoding="utf-8"))["panels"]
    return loaded


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in rules())
    for panel in panels():
        yield from (target["expr"].replace("$__rate_interval", "5m") for target in panel["targets"])


@pytest.mark.parametrize("expression", list(expressions()))
def test_series_and_labels_exist(expression: str) -> None:
    nodes: list[promql_parser.Expr] = []
    assert promql_parser.walk(promql_parser.parse(expression), nodes.append)
    selected = [node for node in nodes if isinstance(node, promql_parser.VectorSelector)]
    labels = {label for each in selected for label in measured()[str(each.name)]}
    assert selected
    for each in selected:
        assert {matcher.name for matcher in each.matchers.matchers} <= measured()[str(each.name)], each
    for node in nodes:
        if isinstance(node, promql_parser.AggregateExpr) and node.modifier is not None:
            assert set(node.modifier.labels) <= labels, node


def test_rules_say_how_grave_they_are_and_what_is_wrong() -> None:
    names = [rule["alert"] for rule in rules()]
    assert len(set(names)) == len(names) >= 7
    for rule in rules():
        assert rule["labels"]["severity"] in ("page", "ticket") and rule["annotations"]["summary"] and rule["for"]


def test_panels_do_not_overlap_and_ask_the_source_that_is_chosen() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert not cells & taken and max(x for x, _ in cells) < 24
        taken |= cells
        assert {each["datasource"]["uid"] for each in (panel, *panel["targets"])} == {"${datasource}"}
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_routes_that_are_named_exist() -> None:
    named = {part.split('"')[1] for each in expressions() for part in each.split("route=")[1:]}
    assert named == {"/chat"}
    assert TestClient(create_app(Settings())).get("/openapi.json").json()["paths"].keys() >= named
