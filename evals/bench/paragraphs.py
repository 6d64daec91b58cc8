"""F1 of paragraph boundaries, on WikiLeaks pages and on degraded copies of them.

`python -m evals.bench.paragraphs FOLDER [--show N]` prints F1 for the pages as they are, as text with pilcrows, as text
with bare numbers, and as web copies (links in place of pilcrows, pilcrows lost or turned into a 1, lines joined,
page lines in the middle of paragraphs).

The truth comes from the pages' own paragraph anchors and from numbers that carry a portion marking, in the order of the
text. An anchor that neither continues the count nor has a marking is a wrapped number, and is left out. So the truth is
wrong where a telegram repeats, restarts or skips numbers without markings: look at each disagreement (`--show`).
"""

import argparse
import html
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import NotACable
from ingest.parser import parse
from ingest.sources.document import Document

_PRE = re.compile(r"<code><pre>(.*?)</pre></code>", re.DOTALL)
_CELL = re.compile(r"<td>(.*?)</td>", re.DOTALL)
_TAG = re.compile(r"<[^>]{1,300}>")
_MARKED = r"\((?:U|C|S|SBU|TS)(?:[/ -]{1,2}[A-Za-z, ]{1,20})?\)"
_NUMBER = re.compile(
    rf"(?mi)^[ \t]*(?P<sign>¶)?(?P<number>\d{{1,3}})[.,]?[ ]{{0,3}}(?P<marking>{_MARKED})?"
    r"(?=(?P<text>.*(?:\n.*){0,3}))"
)
_PAGE_LINE = re.compile(r"[A-Za-z ]{3,30} 0\d{7}\s+\d{3}(?:\.\d)?\s+(?i:of)\s+\d{3}")
_SIGNATURE = 12  # leading letters and digits that identify a paragraph
_WRAPPED = 52  # columns; a shorter line was not wrapped
_OWN_LINE = re.compile(r"\s*(?:[-=*¶]|\[1\]|\d{1,3}[.,]|[A-Z .]+\d{6,8} )")

Start = tuple[int, str]


@dataclass(frozen=True, slots=True)
class BenchPage:
    """A page's metadata cells, its text with pilcrows, and the starts of its paragraphs."""

    name: str
    data: bytes
    cells: tuple[str, ...]
    text: str
    truth: tuple[Start, ...]


@dataclass(slots=True)
class Score:
    """Starts found and missed over all pages of one kind of copy."""

    hits: int = 0
    extra: int = 0
    missed: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits / max(2 * self.hits + self.extra + self.missed, 1)


Copy = Callable[[BenchPage, random.Random], bytes]


def read_pages(folder: Path) -> list[BenchPage]:
    """The pages of `folder` with the truth about their paragraphs."""
    pages = []
    for file in sorted(folder.glob("*.html")):
        data = file.read_bytes()
        page = data.decode("utf-8")
        table = page.find("<table class='cable'>")
        cells = tuple(_TAG.sub("", cell).strip() for cell in _CELL.findall(page, table))
        blocks = [html.unescape(_TAG.sub("", block)) for block in _PRE.findall(page, table)]
        pages.append(BenchPage(file.name, data, cells, "\n\n".join(blocks), tuple(_truth(blocks[-1]))))
    return pages


def _truth(body: str) -> Iterator[Start]:
    last = 0
    for match in _NUMBER.finditer(body):
        number = int(match["number"])
        continues = match["sign"] and (number == last + 1 or (last == 0 and number < 20))
        if continues or match["marking"]:
            last = number
            signature = _signature(_PAGE_LINE.sub("", match["text"]))
            if signature:
                yield number, signature


def _signature(text: str) -> str:
    return re.sub(r"\W+", "", text)[:_SIGNATURE]


def as_is(page: BenchPage, choices: random.Random) -> bytes:
    """The page itself."""
    return page.data


def with_pilcrows(page: BenchPage, choices: random.Random) -> bytes:
    """The page's text."""
    return page.text.encode()


def bare(page: BenchPage, choices: random.Random) -> bytes:
    """The text without a pilcrow."""
    return page.text.replace("¶", "").encode()


def web_copy(page: BenchPage, choices: random.Random) -> bytes:
    """The text as copied from a web page."""
    lines = _debris(
        page.text.split("\n"), choices.choice(("link", "stuck", "late", "mixed", "kept")), choices.randint(1, 4)
    )
    if choices.random() < 0.6:
        lines = _joined(lines)
    end = "  " if choices.random() < 0.4 else ""
    place = choices.randint(len(lines) // 2, len(lines) - 1)
    post, serial = re.fullmatch(r"\d\d([A-Z]+)(\d+)", page.cells[0] or "").groups()  # type: ignore[union-attr]
    lines[place:place] = ["", f"{post} {int(serial):08d} 002 OF 003", ""]
    return "\n".join(line + end for line in lines).encode()


def _debris(lines: list[str], manner: str, until: int) -> list[str]:
    """Pilcrows turned into links or a 1, or lost, with a change after `until` paragraphs."""
    seen = 0
    out = []
    for line in lines:
        match = re.match(r"\s*¶(?P<number>\w{1,4})\.", line)
        if match:
            seen += match["number"].isdigit()
            rest = line.replace("¶", "", 1).lstrip()
            early = {"stuck": "", "kept": "¶"}.get(manner, "[1](#)")
            late = {"link": "[1](#)", "kept": "¶", "mixed": ""}.get(manner, "1")
            out.append((early if seen <= until or not match["number"].isdigit() else late) + rest)
        else:
            out.append(line)
    return out


def _joined(lines: list[str]) -> list[str]:
    out: list[str] = []
    width = 0
    for line in lines:
        fits = bool(out) and width > _WRAPPED and bool(line.strip()) and not line.isupper()
        if fits and not _OWN_LINE.match(line) and not _PAGE_LINE.search(out[-1]) and not set(out[-1]) <= set("-= "):
            out[-1] = f"{out[-1].rstrip()} {line.strip()}"
        else:
            out.append(line)
        width = len(line.rstrip())
    return out


def score(pages: list[BenchPage], copy: Copy) -> Score:
    """Parse a copy of each page and compare; the random choices of a copy depend only on its page's name."""
    total = Score()
    for page in pages:
        suffix = ".html" if copy is as_is else ".txt"
        name = f"{Path(page.name).stem}{suffix}"
        try:
            cables = list(parse(Document(name, copy(page, random.Random(page.name)))))
        except NotACable:
            cables = []
        parsed = Counter(
            (paragraph.number, _signature(paragraph.text))
            for cable in cables
            for paragraph in cable.paragraphs
            if paragraph.number
        )
        truth = Counter(page.truth)
        total.hits += (parsed & truth).total()
        total.extra += (parsed - truth).total()
        total.missed += (truth - parsed).total()
        if parsed != truth:
            total.wrong.append(f"{page.name}: extra {[*parsed - truth][:4]}, missed {[*truth - parsed][:4]}")
    return total


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="F1 of paragraph boundaries.")
    parser.add_argument("folder", type=Path, help="folder of WikiLeaks pages")
    parser.add_argument("--show", type=int, default=0, help="disagreements to print for each kind of copy")
    options = parser.parse_args()
    pages = read_pages(options.folder)
    for copy in (as_is, with_pilcrows, bare, web_copy):
        result = score(pages, copy)
        counts = f"{result.hits} found, {result.extra} extra, {result.missed} missed"
        print(f"{copy.__name__:14} F1 {result.f1:.4f}  {counts}, {len(result.wrong)} of {len(pages)} pages differ")
        for line in result.wrong[: options.show]:
            print("   ", line)


if __name__ == "__main__":
    main()
