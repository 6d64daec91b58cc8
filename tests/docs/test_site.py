"""The documentation site: it builds without a warning and loads nothing from other servers."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import ROOT

_LOADED = re.compile(r'<(?:script|img|iframe)[^>]+src="(?P<source>[^"]+)"|<link[^>]+rel="(?:stylesheet|icon)"[^>]*>')


def test_the_site_builds_strictly_and_loads_nothing_from_other_servers(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path)]
    built = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert (tmp_path / "reference" / "http.html") in pages
    outside = [found[0] for page in pages for found in _LOADED.finditer(page.read_text("utf-8")) if "://" in found[0]]
    assert outside == []
    drawn = list((tmp_path / "assets" / "diagrams").glob("*.svg"))
    assert len(drawn) == 2 and all("flowchart" in each.read_text("utf-8") for each in drawn)
    assert "assets/diagrams/" in (tmp_path / "index.html").read_text("utf-8")
