import httpx

from tests.api.mcp.talking import call, called, text


def test_counts_are_those_of_the_route(service: str) -> None:
    counted = called(service, "count_cables", post="Port Zephyr", date_from="2007-01-01")
    listed = httpx.get(f"{service}/cables", params={"post": "Port Zephyr", "date_from": "2007-01-01"}).json()
    assert counted == {"total": len(listed["cables"]), "facets": listed["facets"]}
    assert 0 < counted["total"] < called(service, "count_cables")["total"] == 16


def test_pages_of_cables_follow_each_other(service: str) -> None:
    first = called(service, "list_cables", year=2007, limit=2)
    second = call(service, "list_cables", year=2007, limit=2, cursor=first["next"])
    assert first["total"] > 2 and len(first["cables"]) == 2
    ids = [each["id"] for each in (*first["cables"], *second.structured_content["cables"])]
    assert len(set(ids)) == 4 and ids[2] in text(second)


def test_a_condition_that_no_cable_meets_leads_to_the_spellings(service: str) -> None:
    result = call(service, "list_cables", post="NOWHERE")
    assert result.structured_content["total"] == 0 and "posts_and_tags" in text(result)


def test_posts_and_tags_are_found_by_letters_and_meaning(service: str) -> None:
    everything = called(service, "posts_and_tags")
    assert everything["posts_total"] == len(everything["posts"]) > 1
    assert [each["value"] for each in called(service, "posts_and_tags", contains="port z")["posts"]] == ["PORTZEPHYR"]
    fish = call(service, "posts_and_tags", contains="Fish")
    assert {"value": "EFIS", "meaning": "fisheries"}.items() <= fish.structured_content["tags"][0].items()
    assert "EFIS (fisheries)" in text(fish)
    short = call(service, "posts_and_tags", limit=1)
    assert len(short.structured_content["tags"]) == 1 < short.structured_content["tags_total"]
    assert "more" in text(short)


def test_what_is_wrong_is_explained(service: str) -> None:
    for arguments, words in (({"cursor": "abc"}, "not a cursor"), ({"year": 1066}, "greater than or equal to 1966")):
        result = call(service, "list_cables", **arguments)
        assert result.is_error and words in text(result)
