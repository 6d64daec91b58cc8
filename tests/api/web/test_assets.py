from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.web.assets import asset_path, serve_assets


def test_each_file_is_cached_for_good_under_a_path_of_its_content() -> None:
    app = FastAPI()
    serve_assets(app)
    client = TestClient(app)
    for name, media_type in (("page.css", "text/css"), ("page.js", "text/javascript")):
        response = client.get(asset_path(name))
        assert response.headers["content-type"].startswith(media_type) and response.text
        assert "immutable" in response.headers["cache-control"]
    assert client.get("/assets/000000000000/page.css").status_code == 404
