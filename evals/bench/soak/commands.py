"""`cables` commands of a soak, each a process of its own."""

import subprocess
import time
from collections.abc import Mapping, Sequence

from evals.bench.service import CABLES
from evals.bench.soak.traffic import SoakExchange, Traffic

_MOST_SECONDS = 600


class SoakCommands:
    """Runs commands on the soak's store and notes them among its traffic."""

    def __init__(self, env: Mapping[str, str], traffic: Traffic, program: Sequence[str] = CABLES) -> None:
        self._env, self._traffic, self._program = env, traffic, program

    def run(self, *words: str) -> str | None:
        """What the command prints, or None where it failed."""
        started = time.monotonic()
        try:
            done = subprocess.run(  # noqa: S603
                [*self._program, *words],
                env=self._env,
                capture_output=True,
                text=True,
                check=False,
                timeout=_MOST_SECONDS,
            )
        except subprocess.TimeoutExpired:
            done = subprocess.CompletedProcess(words, 1, "", f"not done within {_MOST_SECONDS} s")
        kind = f"cables {' '.join(words[: 2 if words[0] in {'keys', 'feedback'} else 1])}"
        note = "" if done.returncode == 0 else f"{done.stdout[-300:]} {done.stderr[-300:]}".strip()
        self._traffic.add(SoakExchange(kind, done.returncode == 0, started, time.monotonic(), note=note))
        return done.stdout if done.returncode == 0 else None
