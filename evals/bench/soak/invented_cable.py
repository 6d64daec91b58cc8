"""Cables made up for a soak: every revision of each has a word of its own in all its paragraphs."""

from dataclasses import dataclass

PARAGRAPHS = 4
_SUBJECTS = ("harbour dues", "the ferry timetable", "grain storage", "a lighthouse keeper's pension", "road tolls")
_SENTENCES = (
    "The deputy minister told the economic officer that no decision on {subject} would be taken before the autumn.",
    "Two members of the committee asked for a further study of {subject} and were promised one within six weeks.",
    "A local newspaper printed figures on {subject} that the ministry called incomplete.",
    "Comment: interest in {subject} will pass with the season. End comment.",
)


@dataclass(frozen=True, slots=True)
class InventedCable:
    """A cable by its serial; a higher revision has other words and takes the place of the lower one."""

    serial: int
    revision: int = 0

    @property
    def id(self) -> str:
        """The id that the parser gives it."""
        return f"06SOAKPOINT{self.serial}"

    @property
    def mark(self) -> str:
        """A word that no other cable and no other revision has."""
        return f"soakmark{_letters(self.serial)}q{_letters(self.revision)}"

    def text(self) -> str:
        """The telegram."""
        subject = _SUBJECTS[self.serial % len(_SUBJECTS)]
        body = "\n\n".join(
            f"{number}. (U) {sentence.format(subject=subject)} Reference {self.mark} {number}."
            for number, sentence in enumerate(_SENTENCES, 1)
        )
        return (
            "VZCZCXRO4251\nRR RUEHC\n"
            f"DE RUEHSK #{self.serial:04} 1391015\nZNR UUUUU ZZH\nR 191015Z MAY 06\nFM AMCONSUL SOAKPOINT\n"
            "TO RUEHC/SECSTATE WASHDC 5037\n"
            f"UNCLAS SOAKPOINT {self.serial:06}\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: ECON\n"
            f"SUBJECT: {subject.upper()}, REPORT {self.serial}\n\n{body}\nQUENBY\n"
        )


def _letters(number: int) -> str:
    """The number in letters, as a mark of digits would be cut into several words.."""
    quotient, rest = divmod(number, 16)
    return (_letters(quotient) if quotient else "") + "abcdefghijklmnop"[rest]
