"""What a remote model may be shown."""

from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import urlsplit

from rag.domain.marking import at_or_above, effective_marking, read_marking
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.errors import BadInput


class Disclosure:
    """Holds back paragraphs marked above `most`, and headings marked above their paragraph."""

    def __init__(self, most: str, setting: str = "CABLES_LLM_MAX_CLASSIFICATION") -> None:
        """`most` is a marking such as `SBU`, `CONFIDENTIAL` or `S/NF`; a caveat it does not name is above it.

        `setting` is where it comes from, for the error.

        Raises:
            BadInput: `most` is no marking.
        """
        if read_marking(most) is None:
            raise BadInput(f"{setting}={most!r} is no marking; write UNCLASSIFIED, SBU, CONFIDENTIAL or SECRET")
        self._most = most

    def allows(self, marking: str | None) -> bool:
        """Whether text with this effective marking may be shown; an unknown marking is above every other."""
        return at_or_above(self._most, marking)

    def shown(self, paragraphs: Sequence[RetrievedParagraph]) -> list[RetrievedParagraph]:
        """Those the model may be shown, in order."""
        return [
            _without_higher_heading(paragraph) for paragraph in paragraphs if self.allows(paragraph.effective_marking)
        ]


def _without_higher_heading(retrieved: RetrievedParagraph) -> RetrievedParagraph:
    cable, paragraph = retrieved.cable, retrieved.paragraph
    of_cable = effective_marking(None, cable.classification, cable.caveats)
    own = paragraph.effective_marking
    if not at_or_above(own, paragraph.heading_marking or of_cable):
        paragraph = replace(paragraph, heading=None)
    if not at_or_above(own, cable.subject_marking or of_cable):
        cable = replace(cable, subject=None)
    return replace(retrieved, cable=cable, paragraph=paragraph)


def is_local(llm: str) -> bool:
    """Whether the setting names a model that runs in this process: `local` or `local:FILE`."""
    return llm.partition(":")[0] == "local"


def is_remote(provider: str, base_url: str | None) -> bool:
    """Whether a model is anywhere but on this machine; in doubt it is."""
    if is_local(provider):
        return False
    host = urlsplit(base_url or "").hostname or ""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"
