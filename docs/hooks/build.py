"""What mkdocs runs while it builds the site: the HTTP reference, and pictures of the Mermaid diagrams.

Material for MkDocs would have the reader's browser draw the diagrams, with a Mermaid from a CDN. Here they are drawn
once, with the Mermaid in the package mermaidx, so the site's pages ask nobody for anything and work from a folder.
"""

import re
from hashlib import sha256

import mermaidx
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from api.app import create_app
from docs.hooks.http_page import http_page

_DIAGRAM = re.compile(r"^```mermaid\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def on_files(pages: Files, /, *, config: MkDocsConfig) -> Files:
    """Add what is not kept in `docs/`."""
    reference = http_page(create_app().openapi())
    pages.append(File.generated(config, "reference/http.md", content=reference))
    diagrams = {source for page in pages.documentation_pages() for source in _DIAGRAM.findall(page.content_string)}
    for source in sorted(diagrams):
        pages.append(File.generated(config, _path(source), content=_drawn(source)))
    return pages


def on_page_markdown(markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Show the picture of each diagram in its place."""
    depth = page.file.src_uri.count("/")
    return _DIAGRAM.sub(lambda diagram: f"![Diagram]({'../' * depth}{_path(diagram[1])})", markdown)


def _path(source: str) -> str:
    return f"assets/diagrams/{sha256(source.encode()).hexdigest()[:12]}.svg"


def _drawn(source: str) -> str:
    """The diagram on a light ground, which its dark lines need in a dark theme too."""
    return str(mermaidx.render(source).svg).replace("background-color: transparent", "background-color: #fafafa", 1)
