import pytest

from api.middleware.exempt_paths import is_limited


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/assets/12ab/page.css"])
def test_probes_and_the_files_of_the_page_are_not_limited(path: str) -> None:
    assert not is_limited({"type": "http", "path": path})
    assert not is_limited({"type": "http", "path": f"/archive{path}", "root_path": "/archive"})


@pytest.mark.parametrize("path", ["/", "/chat", "/healthz/more", "/v1/models", "/assets", "/read/08QUILL1"])
def test_all_other_requests_are_limited(path: str) -> None:
    assert is_limited({"type": "http", "path": path})


def test_only_http_requests_are_limited() -> None:
    assert not is_limited({"type": "websocket", "path": "/chat"})
    assert not is_limited({"type": "lifespan"})
