"""What the archive acknowledged during a soak, and so must hold at any later time."""

import threading
from dataclasses import dataclass, field

from evals.bench.soak.invented_cable import InventedCable


@dataclass
class SoakRecord:
    """The expected contents of the archive.

    `bundled` holds a digest of the paragraphs of each cable that was there from the start; `held` the invented cables
    by id, `withdrawn` those that were withdrawn. `uncertain` are ids whose change was begun and not acknowledged.
    `kept`, `feedback` are ids of kept answers and verdicts; `keys` the tokens of valid keys by name, `revoked` those
    that must be refused; `slack` the ids of Slack events that were taken.
    """

    bundled: dict[str, str] = field(default_factory=dict)
    held: dict[str, InventedCable] = field(default_factory=dict)
    withdrawn: dict[str, InventedCable] = field(default_factory=dict)
    uncertain: set[str] = field(default_factory=set)
    kept: list[str] = field(default_factory=list)
    feedback: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    revoked: list[str] = field(default_factory=list)
    slack: list[str] = field(default_factory=list)
    turn: threading.Lock = field(default_factory=threading.Lock)
    """Held by whoever changes the cables or the keys, or compares them with the archive."""

    def begin(self, *cables: InventedCable) -> None:
        """Note that a change of these was begun: until it is acknowledged the archive may hold either state."""
        self.uncertain |= {cable.id for cable in cables}

    def ingested(self, *cables: InventedCable) -> None:
        """Note that the archive acknowledged these."""
        self.held |= {cable.id: cable for cable in cables}
        self.uncertain -= {cable.id for cable in cables}

    def withdrew(self, cable: InventedCable) -> None:
        """Note that the archive acknowledged that this is gone."""
        self.withdrawn[cable.id] = self.held.pop(cable.id)
        self.uncertain.discard(cable.id)
