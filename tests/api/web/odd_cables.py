"""Cables that try the page: markup in every field, hundreds of paragraphs, names written from right to left."""

from pathlib import Path

_HEAD = """VZCZCXRO4052
RR RUEHPZ
DE RUEHVD #{serial:04d}/01 0221320
ZNR UUUUU ZZH
R 221320Z JAN 08
FM AMEMBASSY {post}
TO RUEHC/SECSTATE WASHDC 3770

UNCLAS {post} {serial:06d}

SIPDIS

E.O. 12958: N/A
TAGS: ETRD, XV
SUBJECT: {subject}

"""

PLANTED = (
    '<script>window.planted = 1</script> and <img src=x onerror="window.planted = 2"> stood in the marzipan '
    "ledger of <b>Dame Ottoline</b>, with [a link](javascript:window.planted=3), **stars**, {{ 7 * 7 }}, "
    "`${window.planted = 4}`, a </script> and a &lt;mark&gt;."
)
SHOWN = PLANTED.replace("[a link](javascript:window.planted=3)", "a link")  # copies of web pages hold such links
NAMES = "The marzipan envoy אביגיל בן־דוד met عبد الرحمن الفاضل at the marzipan wharf of Oddharbor."


def write_odd_cables(folder: Path) -> None:
    """Write `08ODDHARBOR7`, full of markup, and `08ODDHARBOR300`, with 300 paragraphs."""
    folder.mkdir()
    head = _HEAD.format(post="ODDHARBOR", serial=7, subject="<B>MARZIPAN</B> <SCRIPT>WINDOW.PLANTED=5</SCRIPT> LEDGER")
    table = "5. (U) Prices in marks:\n\nalmonds     12     14\nsugar        3      4\nrosewater   20     22\n"
    text = f"{head}1. (U) {PLANTED}\n\n2. (U) {NAMES}\n\n3. (U) A word: {'x' * 400}\n\n4. (U) Two points:\n\n"
    text += f"- the first goes on\nin the next line;\n- the second does not.\n\n{table}\nVERMEIL\n"
    (folder / "odd.txt").write_text(text)
    paragraphs = "\n\n".join(
        f"{number}. (U) Warehouse {number} holds {number * 3} barrels of herring, counted by the harbor office in the\n"
        f"presence of two clerks, and nobody disputes the figure of {number * 3}."
        for number in range(1, 301)
    )
    long_head = _HEAD.format(post="ODDHARBOR", serial=300, subject="THE GREAT HERRING COUNT")
    (folder / "long.txt").write_text(f"{long_head}{paragraphs}\n\nVERMEIL\n")
