"""The templates: always escaped, under any prefix."""

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

import api.web
from api.web.templates import environment, page, rendered, root_of, shouted
from tests.api.web.elements import request_to

FOLDER = Path(str(api.web.__path__[0])) / "templates"
HOSTILE = "<img src=x onerror=alert(1)>\"'&"


def test_everything_is_escaped_in_every_template_and_nothing_is_marked_safe() -> None:
    assert environment().autoescape is True
    for path in FOLDER.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe|autoescape|Markup|xmlattr|tojson", text), path.name
        assert " style=" not in text and not re.search(r"\son\w+=", text) and "<script>" not in text, path.name
        assert "http://" not in text.replace("http://www.w3.org", "") and "https://" not in text, path.name


def test_text_is_text_and_attributes_are_values() -> None:
    text = rendered(request_to("/"), "notice.html", title=HOSTILE, reason=HOSTILE)
    assert "<img" not in text and "&lt;img" in text and "&#34;" in text


def test_links_and_files_are_under_the_prefix() -> None:
    request = request_to("/browse", "/archive")
    assert root_of(request) == "/archive"
    text = rendered(request, "notice.html", title="", reason="")
    assert not re.search(r'(?:href|src|action)="/(?!archive/)', text)
    assert 'href="/archive/browse" aria-current="page"' in text


def test_a_page_has_the_policy() -> None:
    response = page(request_to("/"), "notice.html", title="", reason="")
    assert "unsafe" not in response.headers["content-security-policy"]


def test_a_name_that_is_not_defined_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        rendered(request_to("/"), "notice.html", title="")


@pytest.mark.parametrize(("subject", "name"), [("GREAT COUNT", "shouted"), ("Great count", ""), (None, ""), ("", "")])
def test_only_subjects_in_capitals_are_set_in_small_capitals(subject: str | None, name: str) -> None:
    assert shouted(subject) == name
