"""An invented page in the format of WikiLeaks."""

from pathlib import Path

_HEADER = "VZCZCXRO0001\nRR RUEHOS\nDE RUEHQV #2340/01 2390904\nR 260904Z AUG 08\nFM AMEMBASSY QUILLHAVEN\nTO SECSTATE WASHDC\n"
_BODY = """\
C O N F I D E N T I A L QUILLHAVEN 002340

SUBJECT: A LAMP ON THE ROCK

¶1. (C) The keeper of the rock said that the new lamp would be
lit before the winter storms, whatever the guild might say.

¶2. (U) The guild said that no boat would leave while the lamp
was dark, and that its members had paid for the oil.

OLDCASTLE
"""
_PAGE = """\
<html><body>
<table class='cable'>
<tr><td><a href='/c'>08QUILLHAVEN2340</a></td><td>2008-08-26 09:04</td><td>2010-12-07 12:12</td>
<td>CONFIDENTIAL</td><td>Embassy Quillhaven</td></tr>
</table>
<code><pre>{header}</pre></code>
<code><pre>{body}</pre></code>
</body></html>
"""


def write_page(folder: Path, name: str = "08QUILLHAVEN2340.html") -> Path:
    """The page as a file of this folder."""
    path = folder / name
    path.write_text(_PAGE.format(header=_HEADER, body=_BODY), encoding="utf-8")
    return path
