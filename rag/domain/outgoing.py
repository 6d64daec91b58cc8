"""What is to be sent to an embedding server on another machine."""

from dataclasses import dataclass

_CHARACTERS_A_TOKEN = 4  # of English text, roughly


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Texts of so many paragraphs, with so many characters, that are to be sent `to` a server."""

    to: str
    paragraphs: int
    characters: int

    def __str__(self) -> str:
        tokens = self.characters // _CHARACTERS_A_TOKEN
        return (
            f"{self.paragraphs:,} paragraphs ({self.characters:,} characters, about {tokens:,} tokens) "
            f"to be encoded by {self.to}"
        )
