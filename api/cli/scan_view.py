"""How a scan and the coverage of an archive look in a terminal of 80 columns."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.cli.rendering import marked, plain
from rag.domain.serials import SerialRange
from rag.domain.span import Span
from rag.text.snippet import snippet_of

_WORDS = 130
"""Characters of a snippet: about three lines beside date and citation."""
_MOST_LACKING = 40


def print_scan(console: Console, page: dict[str, Any]) -> None:
    """A `scan` object: its hits with the matches marked, then the totals."""
    if not page["total"]:
        console.print("Nothing in the archive holds that.")
        return
    print_hits(console, page)
    years = Counter[str]()
    for month in page["by_month"]:
        years[month["value"][:4]] += month["count"]
    undated = f", {page['undated']:,} of them undated" if page["undated"] else ""
    console.print(f"\n{_number(page['total'], 'hit')}{undated}, from {_number(len(page['by_post']), 'post')}.")
    if years:
        console.print(f"By year: {_listed(years.items())}.")
    if page["next"] is not None:
        console.print(f"These are the first {len(page['hits']):,}. -n shows more, --csv FILE writes all.")


def print_hits(console: Console, page: dict[str, Any]) -> None:
    """The hits of a page with the matches marked."""
    drawn = table("date", "paragraph", "words")
    for hit in page["hits"]:
        drawn.add_row((hit["date"] or "undated")[:10], plain(hit["citation"]), _marked(hit))
    console.print(drawn)


def print_coverage(console: Console, coverage: dict[str, Any]) -> None:
    """A `coverage` object of all posts: a line a post."""
    drawn = table("post", "years")
    for name in ("cables", "undated", "missing", "lacking"):
        drawn.add_column(name, justify="right")
    by_post = defaultdict[str, list[dict[str, Any]]](list)
    for year in coverage["years"]:
        by_post[year["post"]].append(year)
    for post, years in by_post.items():
        sums = (sum(year[name] for year in years) for name in ("cables", "undated", "missing", "lacking"))
        first, last = years[0]["year"], years[-1]["year"]
        drawn.add_row(plain(post), f"{first}" if first == last else f"{first}-{last}", *(f"{each:,}" for each in sums))
    console.print(drawn)
    console.print(
        f"\n{coverage['cables']:,} cables. missing: serials between the lowest and the highest of a year; lacking: "
        "cables that others refer to. `cables coverage POST` names them."
    )


def print_coverage_of_post(console: Console, coverage: dict[str, Any]) -> None:
    """A `coverage` object of one post: its months, gaps and lacking cables, year by year."""
    if not coverage["years"]:
        console.print("Nothing is held of that year.")
    for year in coverage["years"]:
        console.print(Text(f"{year['post']} {year['year']}", style="bold"))
        console.print(_held(year))
        months = ((month["value"], month["count"]) for month in year["by_month"])
        undated = [("undated", year["undated"])] if year["undated"] else []
        if year["cables"]:
            console.print(f"By month: {_listed([*months, *undated])}.")
        if year["gaps"]:
            gaps = (SerialRange(gap["first"], gap["last"]) for gap in year["gaps"])
            console.print("Missing: " + "; ".join(f"{gap} ({gap.count:,})" for gap in gaps) + ".")
        if lacking := year["lacking_cables"]:
            more = f" and {len(lacking) - _MOST_LACKING:,} more; --json has all" if len(lacking) > _MOST_LACKING else ""
            named = ((cable["value"], cable["count"]) for cable in lacking[:_MOST_LACKING])
            console.print(plain(f"Referred to, but not held: {_listed(named)}{more}."))
        console.print()


def _held(year: dict[str, Any]) -> str:
    if not year["cables"]:
        return "None is held."
    span = f"{year['lowest']:,} to {year['highest']:,}"
    return f"Held {year['cables']:,} of {span}, {year['missing']:,} missing between."


def _number(count: int, of: str) -> str:
    return f"{count:,} {of}{'s' if count != 1 else ''}"


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return " · ".join(f"{value} {count:,}" for value, count in counts)


def _marked(hit: dict[str, Any]) -> Text:
    return marked(*snippet_of(hit["snippet"], [[Span(*span) for span in hit["spans"]]], _WORDS))


def table(*columns: str) -> Table:
    """A table without lines; dates, ids and numbers are not broken."""
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in columns:
        drawn.add_column(name, no_wrap=name in ("date", "id", "new"), max_width=24 if name == "paragraph" else None)
    return drawn
