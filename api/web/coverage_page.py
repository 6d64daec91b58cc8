"""`/browse/coverage`: what the archive holds of each post's cables by year, and what it lacks."""

from asyncio import to_thread
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.web.chosen_filters import address
from api.web.page_route import PageRoute
from api.web.page_service import PageService
from api.web.templates import page
from api.web.timeline import bars
from rag.catalog.coverage import PostYear
from rag.domain.cable_id import CableId

_PATH = "/browse/coverage"
_MOST_LACKING = 200

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class PostCoverage:
    """A post's row: by year the number of cables and the address of their list, and the sums."""

    post: str
    path: str
    by_year: dict[int, tuple[int, str]]
    cables: int
    missing: int
    lacking: int


@dataclass(frozen=True, slots=True)
class YearCoverage:
    """A year of a post: months with counts, gaps in words, and lacking cables; a gap of one has the address of a scan.

    A lacking cable has its id, the number of cables that refer to it, and the address of a scan for its label.
    """

    year: int
    held: str
    path: str | None
    months: tuple[tuple[str, int], ...]
    gaps: tuple[tuple[str, int, str | None], ...]
    lacking: tuple[tuple[str, int, str], ...]
    more: int


@router.get(_PATH)
async def coverage_page(
    request: Request, post: Annotated[str, Query(max_length=64, pattern=r"^[^\x00]*$")] = ""
) -> HTMLResponse:
    """All posts, or the years of one."""
    years = await to_thread(PageService(request).coverage, post or None)
    if post:
        return page(request, "coverage_post.html", post=years[0].post if years else post, years=list(map(_year, years)))
    posts = [_post(name, list(of_post)) for name, of_post in groupby(years, key=lambda each: each.post)]
    return page(request, "coverage.html", posts=posts, years=sorted({each.year for each in years}, reverse=True))


def _post(post: str, years: list[PostYear]) -> PostCoverage:
    return PostCoverage(
        post=post,
        path=address(_PATH, [("post", post)]),
        by_year={each.year: (len(each.serials), _listed(each)) for each in years},
        cables=sum(len(each.serials) for each in years),
        missing=sum(gap.count for each in years for gap in each.gaps),
        lacking=sum(len(each.lacking) for each in years),
    )


def _year(of: PostYear) -> YearCoverage:
    lacking = list(of.lacking.items())
    return YearCoverage(
        year=of.year,
        held=_held(of),
        path=_listed(of) if of.serials else None,
        months=tuple((bar.name, bar.count) for bar in bars(list(of.months.items())) if bar.count),
        gaps=tuple((str(gap), gap.count, _scan(of, gap.first) if gap.count == 1 else None) for gap in of.gaps),
        lacking=tuple(
            (cable, count, _scan(of, CableId.parse(cable).serial)) for cable, count in lacking[:_MOST_LACKING]
        ),
        more=max(0, len(lacking) - _MOST_LACKING),
    )


def _held(of: PostYear) -> str:
    if not of.serials:
        return "None is held."
    missing = sum(gap.count for gap in of.gaps)
    undated = f" {of.undated:,} without a date." if of.undated else ""
    span = f"{min(of.serials):,} to {max(of.serials):,}"
    return f"{len(of.serials):,} held of {span}, {missing:,} missing between.{undated}"


def _listed(of: PostYear) -> str:
    return address("/browse", [("post", of.post), ("year", str(of.year))])


def _scan(of: PostYear, serial: int) -> str:
    """Where the texts name a cable: by its id, or by the post and the serial."""
    query = f'{CableId(of.year % 100, of.post, serial)} OR "{of.post} {serial}"'
    return address("/browse", [("query", query), ("mode", "every")])
