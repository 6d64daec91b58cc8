from api.mcp.listing_texts import cables_text, count_text, names_text

CABLE = {
    "label": "QUILL 12",
    "id": "08QUILL12",
    "date": "2008-08-28T13:37:00Z",
    "classification": "SECRET",
    "subject": "LIGHTS",
}


def test_counts_are_told_by_kind_with_the_meanings_of_tags() -> None:
    facets = {
        "year": [{"value": "2008", "count": 1200}],
        "post": [{"value": "QUILL", "count": 1200}],
        "tag": [{"value": "EFIS", "count": 2}, {"value": "XX", "count": 1}],
        "classification": [],
    }
    assert count_text({"total": 1200, "facets": facets}) == (
        "1,200 cables.\nBy year: 2008: 1,200.\nBy post: QUILL: 1,200.\nBy TAGS: EFIS (fisheries): 2, XX: 1.\n"
        "By classification: none."
    )


def test_cables_are_listed_a_line_each_with_what_the_reader_may_see() -> None:
    hidden = CABLE | {"date": None, "classification": None, "subject": None}
    assert cables_text({"total": 3, "cables": [CABLE, hidden], "next": "abc"}) == (
        "3 cables, oldest first.\n- QUILL 12 (08QUILL12), 2008-08-28, SECRET, LIGHTS\n"
        "- QUILL 12 (08QUILL12), no date\nMore with cursor abc"
    )
    assert cables_text({"total": 1, "cables": [CABLE], "next": None}).startswith("1 cable, ")


def test_names_say_how_many_are_left_out() -> None:
    names = {"posts_total": 3, "posts": [{"value": "QUILL", "count": 2}], "tags_total": 0, "tags": []}
    assert names_text(names) == "Posts: QUILL: 2, and 2 more.\nTAGS: none."
