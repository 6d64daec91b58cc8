"""What is written about the product: README, the pages of docs/, and the commands in them."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md")))
GENERATED = {"commands.md", "settings.md"}
"""Pages that scripts write; what stands only there is listed, but explained nowhere."""

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


def written(generated: bool = True) -> str:
    """All pages together, with or without those that scripts write."""
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES if generated or page.name not in GENERATED)


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    found = _BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [block["code"] for block in found if block["language"] == language]


def commands(page: Path) -> Iterator[list[str]]:
    """The words of each `cables` command in the shell blocks of a page."""
    for block in blocks(page, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.split("&&")[0].removesuffix("&"), comments=True)
            if words and words[0].rpartition("/")[2] == "cables":
                yield words[1:]
