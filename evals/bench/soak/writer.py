"""Changes to the archive beside the running service, by the commands: ingests, withdrawals, keys."""

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from evals.bench.soak.commands import SoakCommands
from evals.bench.soak.inspection import Inspection
from evals.bench.soak.invented_cable import InventedCable
from evals.bench.soak.readers import client
from evals.bench.soak.record import SoakRecord
from evals.bench.soak.traffic import Traffic

_AT_ONCE = 2
"""New cables of one ingest; beside them one that was there is changed."""
_TRIES = 20


class Writer:
    """Runs one command after the other until `stop` is set. One that broke off is run again, as the manual says.

    Each change is looked up through the service as soon as it was acknowledged; what is not as it should be is
    collected in `findings`.
    """

    def __init__(
        self,
        commands: SoakCommands,
        inbox: Path,
        inspection: Inspection,
        traffic: Traffic,
        record: SoakRecord,
        pause: float,
        stop: threading.Event,
        retry_pause: float = 1.0,
    ) -> None:
        """`inbox` is a folder for the cables' files."""
        self._commands, self._inbox, self._inspection = commands, inbox, inspection
        self._traffic, self._record = traffic, record
        self._pause, self._stopped, self._retry_pause = pause, stop, retry_pause
        self._serials, self._names = iter(range(1, 10**6)), iter(range(1, 10**6))
        self._random = random.Random(0)
        self.findings: list[str] = []
        inbox.mkdir(exist_ok=True)

    def run(self) -> None:
        """Ingest first, then by chance."""
        self.ingest()
        doings = {self.ingest: 5, self.withdraw: 2, self.add_key: 2, self.revoke_key: 2}
        while not self._stopped.wait(self._pause):
            [do] = self._random.choices(list(doings), list(doings.values()))
            do()

    def ingest(self) -> None:
        """New cables and a changed one; the folder holds all from before too, also those that were withdrawn."""
        cables = [InventedCable(next(self._serials)) for _ in range(_AT_ONCE)]
        if self._record.held:
            former = self._random.choice(list(self._record.held.values()))
            cables.append(InventedCable(former.serial, former.revision + 1))
        for cable in cables:
            (self._inbox / f"{cable.id}.txt").write_text(cable.text(), encoding="utf-8")
        self._change(cables, ["ingest", str(self._inbox)], self._record.ingested)

    def withdraw(self) -> None:
        """One of the invented cables."""
        if self._record.held:
            cable = self._random.choice(list(self._record.held.values()))
            self._change([cable], ["withdraw", cable.id, "--reason", "soak"], self._record.withdrew)

    def add_key(self) -> None:
        """A key for a further reader."""
        name = f"reader-{next(self._names)}"
        with self._record.turn:
            if (printed := self._commands.run("keys", "add", name, "--clearance", "SECRET")) is not None:
                self._record.keys[name] = printed.strip()
        self._use_key(self._record.keys.get(name), "request with a new key", 200)

    def revoke_key(self) -> None:
        """One of the further readers' keys, which is then refused."""
        if not self._record.keys:
            return
        name = self._random.choice(list(self._record.keys))
        with self._record.turn:
            if self._commands.run("keys", "revoke", name) is None:
                return
            token = self._record.keys.pop(name)
            self._record.revoked.append(token)
        self._use_key(token, "request with a revoked key", 401)

    def _change(self, cables: list[InventedCable], words: list[str], acknowledge: Callable[..., None]) -> None:
        with self._record.turn:
            self._record.begin(*cables)
        for _ in range(_TRIES):
            with self._record.turn:
                if self._commands.run(*words) is not None:
                    acknowledge(*cables)
                    self._look_up(cables)
                    return
            time.sleep(self._retry_pause)
        self.findings.append(f"cables {' '.join(words)} failed {_TRIES} times")

    def _look_up(self, cables: list[InventedCable]) -> None:
        started = time.monotonic()
        try:
            found = self._inspection.cables(cable.id for cable in cables)
        except (httpx.HTTPError, ValueError) as error:
            found = [f"the change could not be looked up: {error}"]
        if not self._traffic.was_down(started):
            self.findings += found

    def _use_key(self, token: str | None, kind: str, expected: int) -> None:
        if token:
            with client(self._inspection.url, token) as http:
                self._traffic.send(http, kind, "GET", "/cables", expected, params={"limit": 0})
