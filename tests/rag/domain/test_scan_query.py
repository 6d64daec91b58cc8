"""What a scan looks for."""

from rag.domain.scan_query import ScanQuery, ScanTerm


def test_sought_are_the_terms_of_all_groups_without_the_excluded() -> None:
    bell, gong, rope = ScanTerm(("bell",)), ScanTerm(("gong",)), ScanTerm(("rope",))
    assert ScanQuery(((bell, gong), (rope,)), (ScanTerm(("whistle",)),)).sought == (bell, gong, rope)
