"""What mkdocs runs while it builds the site: the HTTP reference, and Mermaid from an installed package.

Material for MkDocs fetches Mermaid from a CDN unless a global `mermaid` is there already. NiceGUI ships it, and NiceGUI
is a dependency of the web page. So the site serves that copy and its pages ask nobody else for anything.
"""

from importlib.resources import files
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from api.app import create_app
from docs.hooks.http_page import http_page

_LOADER = """\
window.mermaid = (() => {
  const loaded = import(new URL("./index.js", document.currentScript.src));
  loaded.catch(() => {}); // opened as a file, without a server: diagrams stay text
  return {
    initialize: async (config) => (await loaded).mermaid.initialize(config),
    render: async (...diagram) => (await loaded).mermaid.render(...diagram),
  };
})();
"""


def on_files(pages: Files, /, *, config: MkDocsConfig) -> Files:
    """Add what is not kept in `docs/`."""
    reference = http_page(create_app().openapi())
    pages.append(File.generated(config, "reference/http.md", content=reference))
    bundle = Path(str(files("nicegui") / "elements" / "mermaid" / "dist"))
    scripts = sorted(bundle.glob("*.js"))
    if not scripts:
        raise PluginError(f"NiceGUI's copy of Mermaid is not in {bundle}; diagrams would need the internet")
    for script in scripts:
        pages.append(File.generated(config, f"assets/mermaid/{script.name}", abs_src_path=str(script)))
    pages.append(File.generated(config, "assets/mermaid/loader.js", content=_LOADER))
    return pages
