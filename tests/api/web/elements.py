"""Templates rendered without a server, and what is in them."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from starlette.requests import Request

from api.web.templates import rendered


def drawn(name: str, root: str = "", **context: Any) -> BeautifulSoup:
    """A template, for a request to a service under the prefix `root`."""
    return BeautifulSoup(rendered(request_to("/", root), name, **context), "html.parser")


def request_to(path: str, root: str = "", query: str = "", method: str = "GET", **headers: str) -> Request:
    """A request of this machine; `_` in names of headers stands for `-`."""
    sent = {"host": "127.0.0.1"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(
        {
            "type": "http",
            "method": method,
            "path": f"{root}{path}",
            "root_path": root,
            "query_string": query.encode(),
            "scheme": "http",
            "server": ("127.0.0.1", 80),
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        }
    )


def texts(root: Tag) -> list[str]:
    """The texts below an element, in the order of the page, without white space around them."""
    return [text for each in root.find_all(string=True) if (text := " ".join(str(each).split()))]


def of_class(root: Tag, name: str) -> list[Tag]:
    """The elements below with this class, in the order of the page."""
    return root.find_all(class_=name)
