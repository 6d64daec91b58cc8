"""What is known of Chroma's graph; all views of an index share it."""

import logging
import time

from rag.index.graph_check import GraphFault

_log = logging.getLogger("cables.index")


class GraphState:
    """What is wrong with the graph, if anything; searches then leave it aside."""

    def __init__(self) -> None:
        self.fault: GraphFault | None = None
        self.checked: float | None = None
        """When it was last looked through, in seconds of `time.monotonic`; None before the first time."""

    def found(self, fault: GraphFault | None) -> None:
        """Note what was found; a new fault is logged."""
        if fault is not None and fault != self.fault:
            _log.warning("Chroma's graph is not whole: %s; the service or `cables rebuild` makes it anew", fault.reason)
        self.fault, self.checked = fault, time.monotonic()

    def is_due(self, seconds: float) -> bool:
        """Whether it was not looked through for so long."""
        return self.checked is None or time.monotonic() - self.checked >= seconds
