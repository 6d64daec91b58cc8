"""A checked draft as the page shows it: its text in pieces, and what is to be looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.web.cable_view import permalink
from rag.checking.draft_check import CheckedCitation
from rag.checking.quotation_check import BY_GRAVITY, CheckedQuotation, QuotationStatus

_QUOTED: dict[QuotationStatus, str] = {
    "exact": "the quotation stands there",
    "differs": "the quotation differs",
    "elsewhere": "the quotation stands elsewhere",
    "absent": "the quotation does not stand there",
}


@dataclass(frozen=True, slots=True)
class DraftPiece:
    """A stretch of a draft.

    `status` is that of the citation it is, with `path` where that opens; `quoted` that of the quotation it is part of;
    `changed` is set where the source has other words, which are `source`.
    """

    text: str
    status: str = ""
    path: str = ""
    quoted: str = ""
    changed: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class DraftRemark:
    """A citation that is to be looked at, why, and what may have been meant, each with its address."""

    text: str
    reasons: tuple[str, ...]
    suggestions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DraftView:
    """The draft in pieces, what is to be looked at, and the counts in words."""

    pieces: tuple[DraftPiece, ...]
    remarks: tuple[DraftRemark, ...]
    counted: str


def draft_view(text: str, checked: Sequence[CheckedCitation]) -> DraftView:
    """The draft with its citations and quotations marked."""
    remarks = tuple(filter(None, map(_remark, checked)))
    found = f"{len(checked):,} citation{'' if len(checked) == 1 else 's'}"
    counted = f"{found}, {len(remarks):,} to look at" if checked else "No citation was found in this draft."
    return DraftView(tuple(_pieces(text, checked)), remarks, counted)


def _pieces(text: str, checked: Sequence[CheckedCitation]) -> Iterator[DraftPiece]:
    done = 0
    spans: list[CheckedCitation | CheckedQuotation] = [
        *checked,
        *(each for cited in checked for each in cited.quotations),
    ]
    for each in sorted(spans, key=lambda span: (span.start, -span.end)):
        if each.start < done:
            continue  # within a quotation
        if done < each.start:
            yield DraftPiece(text[done : each.start])
        if isinstance(each, CheckedQuotation):
            yield from _quoted(text, each)
        else:
            yield DraftPiece(each.text, each.status, permalink(each.key) if each.key else "")
        done = each.end
    if done < len(text):
        yield DraftPiece(text[done:])


def _quoted(text: str, quotation: CheckedQuotation) -> Iterator[DraftPiece]:
    done, status = quotation.start, quotation.status
    for each in sorted(quotation.differences, key=lambda difference: difference.start):
        if done < each.start:
            yield DraftPiece(text[done : each.start], quoted=status)
        yield DraftPiece(text[each.start : each.end], quoted=status, changed=True, source=each.source)
        done = max(done, each.end)
    if done < quotation.end:
        yield DraftPiece(text[done : quotation.end], quoted=status)


def _remark(cited: CheckedCitation) -> DraftRemark | None:
    reasons: list[str] = [] if cited.status == "ok" else [cited.status]
    worst = sorted({each.status for each in cited.quotations}, key=BY_GRAVITY.index)
    reasons += [_QUOTED[status] for status in worst if status != "exact"]
    if not reasons:
        return None
    suggestions = tuple((each.citation, permalink(each.key)) for each in cited.suggestions)
    return DraftRemark(cited.text, tuple(reasons), suggestions)
