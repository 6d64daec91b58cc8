from rag.domain.reader_url import reader_url


def test_a_paragraph_has_an_address_in_the_web_reader() -> None:
    assert reader_url("https://cables.example/", "07TOKYO2287#5~2") == "https://cables.example/read/07TOKYO2287#p5~2"


def test_so_has_a_cable() -> None:
    assert reader_url("https://cables.example", "07TOKYO2287") == "https://cables.example/read/07TOKYO2287"
