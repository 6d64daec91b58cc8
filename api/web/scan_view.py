"""Every hit of a scan, as the pages and their CSV show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.web.browse_query import BrowseQuery
from api.web.cable_view import marked, permalink
from api.web.spans import Piece, cut
from rag.domain.answer_table import csv_lines
from rag.retrieval.scanner import SCAN_COLUMNS, ScanHit, ScanPage

_MOST_POSTS = 40


@dataclass(frozen=True, slots=True)
class HitView:
    """A paragraph with its words marked; `path` opens it with them marked, `day` is empty where it has no date."""

    citation: str
    path: str
    day: str
    subject: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ScanView:
    """The totals of a scan in words, its counts by post, and some of its hits.

    A post has its count, the address that narrows to it, or widens again where it is the one chosen, and whether it is.
    """

    found: str
    posts: tuple[tuple[str, int, str, bool], ...]
    more_posts: int
    hits: tuple[HitView, ...]
    file: str


def scan_view(asked: BrowseQuery, found: ScanPage) -> ScanView:
    """A page of hits."""
    totals, chosen = found.totals, asked.listing.post
    posts = list(totals.by_post.items())
    return ScanView(
        found=counted_hits(totals.total, totals.undated),
        posts=tuple(
            (post, count, asked.address(post=None if chosen else post), chosen is not None)
            for post, count in posts[:_MOST_POSTS]
        ),
        more_posts=max(0, len(posts) - _MOST_POSTS),
        hits=tuple(hit_view(hit, asked.list_query) for hit in found.hits),
        file=asked.address(path="/browse/hits.csv"),
    )


def hit_view(hit: ScanHit, within: str = "") -> HitView:
    """A hit; `within` is the query of the list of cables that it opens in."""
    start = hit.paragraph.text.find(hit.snippet)
    marks = [marked(hit.key, (start + span.start, start + span.end)) for span in hit.spans]
    fields = hit.json()
    return HitView(
        citation=fields["citation"],
        path=permalink(hit.key, marks, within),
        day=(fields["date"] or "")[:10],
        subject=fields["subject"] or "",
        pieces=tuple(cut(hit.snippet, [(span.start, span.end) for span in hit.spans])),
    )


def counted_hits(total: int, undated: int) -> str:
    """The totals of a scan in words."""
    if not total:
        return "No paragraph holds these words."
    without = f", {undated:,} of them in cables without a date" if undated else ""
    return f"{total:,} paragraph{'' if total == 1 else 's'}{without}"


def csv_of(hits: Sequence[ScanHit] | None) -> str:
    """Lines of CSV; None is the line of names."""
    if hits is None:
        return csv_lines([SCAN_COLUMNS])
    return csv_lines([fields[name] for name in SCAN_COLUMNS] for fields in (hit.json() for hit in hits))
