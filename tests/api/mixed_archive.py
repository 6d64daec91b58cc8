"""An invented archive of all markings, with words planted in everything that is not for everybody."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from ingest.parser import parse
from ingest.sources.document import Document
from rag.domain.access import Clearance, redacted
from rag.domain.cable import Cable, Paragraph, Recipient
from rag.domain.cable_id import CableId
from rag.domain.marking import Level, effective_marking
from rag.domain.paragraph_key import Locator, ParagraphKey

UNCLASSIFIED = Clearance(Level.U)
_TOPICS = ("lighthouse keepers", "grain barges", "the ferry inquiry", "dredging the outer channel", "herring quotas")
_OPEN = (
    "Officials in the harbor office spoke of {topic} on Monday and promised a report before winter.",
    "The newspaper of the port printed a long article about {topic} and named four engineers.",
    "Econoff attended the public hearing on {topic}; forty fishermen came and most of them stayed.",
)
_CLOSED = (
    "The minister told the ambassador in confidence that {topic} depends on {planted} and nothing else.",
    "A source close to the palace said {planted} paid for {topic} out of a hidden account.",
)
_PLACES = (
    "Amber Birch Cobalt Dune Elder Fern Garnet Heron Iris Juniper Kelp Larch Maple Nettle Osprey Plover Quartz".split()
)


class Planted:
    """Words that stand nowhere else, each one planted once."""

    def __init__(self) -> None:
        self._numbers = count()
        self.words: list[str] = []

    def word(self) -> str:
        """A new one."""
        number = next(self._numbers)
        letters = "".join(chr(ord("a") + number // 26**power % 26) for power in (2, 1, 0))
        self.words.append(f"qzax{letters}vok")
        return self.words[-1]

    def phrase(self) -> str:
        """Two new ones."""
        return f"{self.word()} {self.word()}"


def mixed_archive(planted: Planted) -> list[Cable]:
    """Cables of every classification, most with paragraphs of several markings."""
    found: list[Cable] = []
    classified = (
        "UNCLASSIFIED",
        "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        "CONFIDENTIAL",
        "SECRET",
        "TOP SECRET",
        None,
        "COSMIC",
    )
    for number, classification in enumerate(classified * 3):
        caveats = ((), ("NOFORN",), ("NODIS",))[number // len(classified)]
        markings = ("U", None, "SBU", "C", "S/NF", "U") if number % 2 == 0 else ("U", "C", None)
        found.append(_cable(planted, f"0{6 + number % 3}QUILLHAVEN{100 + number}", classification, caveats, markings))
    # Nothing of these is for everybody: neither they nor their post, year or label may be heard of.
    hidden_post = f"{planted.word()}BAY".upper()
    found += [
        _cable(planted, "09QUILLHAVEN100", "SECRET", (), ("S", "C")),
        _cable(planted, f"07{hidden_post}5", "SECRET", ("NODIS",), ("S", None)),
        _cable(planted, "05OSTERMERE12", "SECRET", (), ("SBU", "C/REL USA AUS")),
    ]
    found += _in_one_text(planted)
    marked = _cable(planted, "08FALLOWGATE7", "SECRET", (), ("U", "S"))
    return [*found, replace(marked, subject="OPEN SUBJECT OF A SECRET CABLE", subject_marking="U")]


def _in_one_text(planted: Planted) -> list[Cable]:
    """Telegrams that were copied into one text: only the first is for everybody; the last does not say which it is."""
    telegram = """\
R 0{day}1200Z MAY 02
FM AMEMBASSY LANTERN BAY
TO SECSTATE WASHDC
{classification} LANTERN BAY 00{serial}

E.O. 12958: N/A
TAGS: PREL
SUBJECT: {subject}

1. {text}

AVERSTRAND
"""
    texts = [
        telegram.format(day=1, classification="UNCLAS", serial=1051, subject="WEATHER", text="Rain fell on Monday."),
        telegram.format(
            day=2,
            classification="S E C R E T",
            serial=1077,
            subject=planted.phrase(),
            text=f"It is {planted.phrase()}.",
        ),
        f"E.O. 12958: N/A\nSUBJECT: {planted.phrase()}\n\n1. They met {planted.phrase()} at noon.\n\nAVERSTRAND\n",
    ]
    return list(parse(Document("copy.txt", "\n".join(texts).encode())))


def for_everybody(cables: list[Cable]) -> list[Cable]:
    """The archive as it would be if it had never held anything else."""
    return [seen for cable in cables if (seen := redacted(cable, UNCLASSIFIED)) is not None]


def _cable(
    planted: Planted,
    cable_id: str,
    classification: str | None,
    caveats: tuple[str, ...],
    markings: tuple[str | None, ...],
) -> Cable:
    key = CableId.parse(cable_id)
    topic = _TOPICS[key.serial % len(_TOPICS)]
    for_all = UNCLASSIFIED.may_see(effective_marking(None, classification, caveats))
    secret = planted.phrase if not for_all else lambda: "fishing news"
    paragraphs = []
    for number, marking in enumerate(markings, 1):
        effective = effective_marking(marking, classification, caveats)
        is_open = UNCLASSIFIED.may_see(effective)
        sentences = _OPEN if is_open else _CLOSED
        words = "" if is_open else planted.phrase()
        text = sentences[(number + key.serial) % len(sentences)].format(topic=topic, planted=words)
        text += f" At {_PLACES[(3 * key.serial + number) % len(_PLACES)]} pier they counted {7 * key.serial + number} barrels."
        paragraphs.append(
            Paragraph(ParagraphKey(key, Locator(number)), text, text, marking, effective, heading=secret().upper())
        )
    return Cable(
        id=key,
        post=key.post.title().upper(),
        paragraphs=tuple(paragraphs),
        date=datetime(key.full_year, 1 + key.serial % 12, 1 + key.serial % 28, 12, tzinfo=UTC),
        dtg=secret(),
        classification=classification,
        caveats=caveats,
        origin=secret(),
        subject=f"{topic} and {secret()}".upper(),
        tags=(secret().split()[0].upper(), "PREL"),
        references=("06QUILLHAVEN100", f"04{secret().split()[0].upper()}{key.serial}"),
        classified_by=(secret(),),
        signers=(secret(),),
        recipients=(Recipient("to", secret()),),
        summary=Locator(len(markings)),
        source=f"{secret()}.txt",
        variants=(f"{secret()}.txt",),
        problems=(secret(),),
    )
