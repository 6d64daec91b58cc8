import json
import logging
import sys
from collections.abc import Iterator

import pytest

from api.observability.logs import JsonLines, TerminalLines, log_to_stderr, request_id


def record(message: str = "100% done", error: Exception | None = None, **fields: object) -> logging.LogRecord:
    if error is None:
        made = logging.LogRecord("cables", logging.WARNING, __file__, 1, message, (), None)
    else:
        try:
            raise error
        except type(error):
            made = logging.LogRecord("cables", logging.ERROR, __file__, 1, message, (), sys.exc_info())
    made.fields = fields
    return made


@pytest.fixture
def in_request() -> Iterator[None]:
    token = request_id.set("r-1")
    yield
    request_id.reset(token)


@pytest.fixture
def restored_logging() -> Iterator[None]:
    """The loggers as they were before the test."""
    names = ("", "cables", "api", "rag", "uvicorn", "uvicorn.error", "uvicorn.access")
    before = {name: (list((log := logging.getLogger(name)).handlers), log.level, log.propagate) for name in names}
    yield
    for name, (handlers, level, propagate) in before.items():
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def test_a_json_line_has_the_fields_of_the_record() -> None:
    line = json.loads(JsonLines().format(record(route="/chat", status=200)))
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "warning", "logger": "cables", "message": "100% done", "route": "/chat", "status": 200}


@pytest.mark.usefixtures("in_request")
def test_lines_of_a_request_have_its_id() -> None:
    assert json.loads(JsonLines().format(record()))["request_id"] == "r-1"
    assert TerminalLines().format(record(status=200)) == "warning 100% done status=200 r-1"


def test_an_exception_stays_within_its_json_line_and_follows_on_a_terminal() -> None:
    failed = record("failed", ValueError("torn page"))
    line = JsonLines().format(failed)
    assert "\n" not in line and "ValueError: torn page" in json.loads(line)["exception"]
    assert TerminalLines().format(failed).startswith("error failed\nTraceback")


@pytest.mark.usefixtures("restored_logging")
def test_requests_are_logged_once_and_libraries_only_warn(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("json")
    logging.getLogger("api.http").info("one")
    logging.getLogger("library").info("two")
    logging.getLogger("uvicorn.access").info("three")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["message"] for line in lines] == ["one"]
    log_to_stderr("text")
    logging.getLogger("library").warning("four")
    assert capsys.readouterr().err == "warning four\n"
