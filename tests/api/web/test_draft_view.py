"""A checked draft in pieces."""

from api.web.draft_view import DraftPiece, DraftRemark, draft_view
from rag.checking.draft_check import CheckedCitation
from rag.checking.quotation_check import CheckedQuotation
from rag.checking.quoted_words import QuotedDifference

TEXT = "He wrote “a red lamp” (QUILL 1 ¶2), see ROOK 9."
DIFFERENT = CheckedQuotation(
    9, 21, "“a red lamp”", "differs", (QuotedDifference("red", "green", 12, 15), QuotedDifference("", "small", 16, 16))
)
CHECKED = [
    CheckedCitation(23, 33, "QUILL 1 ¶2", "ok", "08QUILL1#2", quotations=(DIFFERENT,)),
    CheckedCitation(40, 46, "ROOK 9", "unknown"),
]


def test_a_draft_is_cut_at_its_citations_quotations_and_differences() -> None:
    view = draft_view(TEXT, CHECKED)
    assert view.pieces == (
        DraftPiece("He wrote "),
        DraftPiece("“a ", quoted="differs"),
        DraftPiece("red", quoted="differs", changed=True, source="green"),
        DraftPiece(" ", quoted="differs"),
        DraftPiece("", quoted="differs", changed=True, source="small"),
        DraftPiece("lamp”", quoted="differs"),
        DraftPiece(" ("),
        DraftPiece("QUILL 1 ¶2", "ok", "/read/08QUILL1#p2"),
        DraftPiece("), see "),
        DraftPiece("ROOK 9", "unknown"),
        DraftPiece("."),
    )
    assert "".join(piece.text for piece in view.pieces) == TEXT
    assert view.counted == "2 citations, 2 to look at"
    assert view.remarks[0] == DraftRemark("QUILL 1 ¶2", ("the quotation differs",), ())
    assert view.remarks[1].reasons == ("unknown",)


def test_a_draft_without_citations_is_told_so() -> None:
    view = draft_view("Nothing.", [])
    assert (view.counted, view.remarks) == ("No citation was found in this draft.", ())
