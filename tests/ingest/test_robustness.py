"""Mutated telegrams never raise anything but NotACable and never hang; time grows with length, not faster."""

import contextlib
import os
import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from ingest.errors import NotACable
from ingest.parser import parse
from ingest.sources.document import Document
from rag.domain.cable_json import cable_json
from rag.domain.paragraph_key import ParagraphKey
from tests.ingest.invented import HEAD
from tests.ingest.shared_data import SHARED

_EXAMPLES = 2_000 if os.environ.get("CI") == "true" else 300
_LONGEST = 12_000  # bytes of a seed; mutations need no more to reach every rule
_SLOW = 2.0  # seconds that no telegram of this size may take, on any machine
_PIECES = (
    b"\n", b"\n\n", b" ", b"1. ", b"\xc2\xb6", b"\xc2\xb62. ", b"(C) ", b"(", b")", b"[1](#)", b"13. (C) ", b"-----\n", b"-- ",
    b"SIPDIS\n", b"CONFIDENTIAL\n", b"QUILLHAVEN 00002340 002 OF 002\n", b"PAGE 02 X 12345 01 OF 02 010101Z ", b"\xff", b"\x00",
    b"SUBJECT: ", b"REF: A. STATE 1\n", b"TAGS: ", b"E.O. 12958: DECL: 99/99/9999\n", b"Classified By: ", b"O 999999Z ZZZ 99\n",
    b"<pre>", b"</pre>", b"<table class='cable'>", b"&#x000A;", b"&#xD800;", b"\"", b"\\", b",", b"9" * 30, b"x" * 60, b". " * 40,
    b"\xe2\x80\xa8", b"\x0c", b"[...]", b"C O N F I D E N T I A L SECTION 02 OF 02 OSTERMERE 000071\n", b"Identifier\nCreated\n",
)  # fmt: skip


def _seeds() -> list[bytes]:
    sample = sorted(Path(ingest.__file__).parent.glob("sample/*.txt"))
    tokyo = sorted(SHARED.glob("cables/tokyo/*"))
    pages = sorted(SHARED.glob("cables/wikileaks-html/*.html"))[::20]
    seeds = [file.read_bytes() for file in (*sample, *tokyo)]
    # The viewer's menus come first; only what follows is worth mutating.
    seeds += [data[max(0, data.find(b"<table class='cable'>")) :] for data in (file.read_bytes() for file in pages)]
    row = b'"1","8/26/2008 9:04","08QUILLHAVEN2340","Embassy","CONFIDENTIAL","08STATE1|07X2","header","1. (C) The lamp."\n'
    return [seed[:_LONGEST] for seed in (*seeds, row * 3)]


_SEEDS = _seeds()


def _mutate(seed: bytes, choices: random.Random) -> bytes:
    data = bytearray(seed)
    for _ in range(choices.randint(1, 12)):
        place = choices.randint(0, len(data))
        other = choices.randint(0, len(data))
        low, high = sorted((place, other))
        kind = choices.randint(0, 5)
        if kind == 0:
            data[place:place] = choices.choice(_PIECES) * choices.choice((1, 1, 1, 2, 30))
        elif kind == 1:
            del data[place : place + choices.randint(1, 40)]
        elif kind == 2:
            data[place:place] = data[low : min(high, low + 400)]
        elif kind == 3:
            data[place : place + 1] = bytes((choices.randint(0, 255),))
        elif kind == 4:
            del data[low : min(high, low + 2000)]
        else:
            data[place : place + choices.randint(0, 60)] = choices.choice(_PIECES)
    return bytes(data)


@settings(
    max_examples=_EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(seed=st.integers(0, len(_SEEDS) - 1), choices=st.randoms(use_true_random=True))
def test_mutated_telegrams(seed: int, choices: random.Random) -> None:
    data = _mutate(_SEEDS[seed], choices)
    start = time.process_time()
    try:
        cables = list(parse(Document("mutant.txt", data)))
    except NotACable as problem:
        assert "\n" not in str(problem)
        cables = []
    assert time.process_time() - start < _SLOW
    for cable in cables:
        assert cable.paragraphs
        keys = [paragraph.key for paragraph in cable.paragraphs]
        assert len(set(keys)) == len(keys)
        assert all(ParagraphKey.parse(str(key)) == key for key in keys)
        for paragraph in cable.paragraphs:
            assert paragraph.text == " ".join(paragraph.layout.split())
        cable_json(cable)


_UNITS = (
    ".", "1", "9", " ", "\n", "1. \n", "1. (C) x\n\n", "12. \n\n", "¶1. ", "- ", "-\n", "(", "[1](#)", "[", "A. \n", "\t", " \n",
    "C ", "C O N F I D E N T I A L\n", "SIPDIS\n", "PAGE 01 ", "TOKYO ", "<", "<p>", "X", "x", "a.\n\n", "Aa Bb\n\n", "REF: A\n",
    "SUBJECT: A\n", "x . 1. (C) ", "---- ", ", ", "1.4 (b) ", "(a) ", "and ", "INFO A-01 ", "//", "\u00a0", "A ", "end ", "0000",
)  # fmt: skip


@pytest.mark.parametrize("unit", _UNITS, ids=repr)
def test_time_grows_no_faster_than_length(unit: str) -> None:
    for front in ("", HEAD[: HEAD.index("Classified")], f"{HEAD}\n1. (C) "):
        short, long = (front + unit * (size // len(unit)) for size in (20_000, 200_000))
        # Quadratic behaviour would give 100 times; the sum and the second try forgive what a busy machine adds.
        most = 25 * _seconds(short) + 0.5
        assert _seconds(long) < most or _seconds(long) < most


def _seconds(text: str) -> float:
    data = text.encode()
    start = time.process_time()
    with contextlib.suppress(NotACable):
        list(parse(Document("08QUILLHAVEN2340.txt", data)))
    return time.process_time() - start
