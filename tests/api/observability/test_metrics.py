"""Metrics of requests and of several workers; test_watch measures answers and calls of the model."""

from pathlib import Path

import pytest

from api.observability.metrics import WORKERS_FOLDER, Metrics


def test_requests_are_counted_and_timed_by_route() -> None:
    metrics = Metrics()
    metrics.requested("POST", "/chat", 200, 0.3)
    metrics.requested("POST", "/chat", 429, 0.001)
    text = metrics.text().decode()
    for line in (
        'cables_requests_total{method="POST",route="/chat",status="200"} 1.0',
        'cables_requests_total{method="POST",route="/chat",status="429"} 1.0',
        'cables_request_seconds_bucket{le="0.25",route="/chat"} 1.0',
        'cables_request_seconds_count{route="/chat"} 2.0',
    ):
        assert line in text


def test_each_instance_has_counts_of_its_own() -> None:
    Metrics().requested("GET", "/search", 200, 0.1)
    assert "/search" not in Metrics().text().decode()


def test_with_several_workers_the_text_is_that_of_their_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    metrics = Metrics()
    metrics.requested("GET", "/search", 200, 0.1)
    monkeypatch.setenv(WORKERS_FOLDER, str(tmp_path))  # empty: this process keeps its counts in memory
    assert metrics.text() == b""
