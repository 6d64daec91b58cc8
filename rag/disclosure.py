"""What a remote language model may be shown."""

from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import urlsplit

from rag.cable import Cable, Paragraph
from rag.catalog_reader import CatalogReader
from rag.errors import BadInput
from rag.marking import at_or_above, effective_marking, read_marking
from rag.passage import Passage


class Disclosure:
    """Holds back paragraphs marked above `most`, and headings marked above their paragraph."""

    def __init__(self, catalog: CatalogReader, most: str) -> None:
        """`most` is a marking such as `SBU`, `CONFIDENTIAL` or `S/NF`; a caveat it does not name is above it.

        Raises:
            BadInput: `most` is no marking.
        """
        if read_marking(most) is None:
            raise BadInput(
                f"CABLES_LLM_MAX_CLASSIFICATION={most!r} is no marking; write UNCLASSIFIED, SBU, CONFIDENTIAL or SECRET"
            )
        self._catalog = catalog
        self._most = most

    def shown(self, passages: Sequence[Passage]) -> list[Passage]:
        """The passages the model may be shown, in order; an unknown marking is above every other."""
        allowed = [passage for passage in passages if at_or_above(self._most, passage.effective_marking)]
        found = self._catalog.paragraphs([passage.key for passage in allowed])
        return [_without_higher_heading(each, *found[each.key]) for each in allowed if each.key in found]


def _without_higher_heading(passage: Passage, cable: Cable, paragraph: Paragraph) -> Passage:
    of_cable = effective_marking(None, cable.classification, cable.caveats)
    own = passage.effective_marking
    return replace(
        passage,
        heading=passage.heading if at_or_above(own, paragraph.heading_marking or of_cable) else None,
        subject=passage.subject if at_or_above(own, cable.subject_marking or of_cable) else None,
    )


def is_remote(provider: str, base_url: str | None) -> bool:
    """Whether a model is anywhere but on this machine; in doubt it is."""
    if provider == "local":
        return False
    host = urlsplit(base_url or "").hostname or ""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"
