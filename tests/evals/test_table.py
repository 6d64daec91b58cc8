from rich.console import Console

from evals.table import Table


def test_markdown_cells_cannot_break_out() -> None:
    table = Table("a|b", ["x", "y"], [["<img src=x>", "[a](http://b) | *c*\nd"]])
    assert table.markdown().splitlines() == [
        "### a\\|b",
        "",
        "| x | y |",
        "| --- | ---: |",
        "| &lt;img src=x&gt; | \\[a\\](http://b) \\| \\*c\\* d |",
    ]


def test_html_cells_are_escaped_and_the_note_follows() -> None:
    table = Table("a & b", ["x"], [["<img>"]], "see <below>")
    assert "<figcaption>a &amp; b</figcaption>" in table.html()
    assert "<td>&lt;img&gt;</td>" in table.html()
    assert table.html().rstrip().endswith("<p class=note>see &lt;below&gt;</p></figure>")


def test_terminal_cells_are_plain_text() -> None:
    console = Console(width=80)
    with console.capture() as capture:
        console.print(Table("figures", ["metric"], [["[bold]0.5[/bold]"]]).rich())
    assert "[bold]0.5[/bold]" in capture.get()
