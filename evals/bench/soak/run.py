"""A soak: the service under a mixed load, restarted and killed, and compared with what it acknowledged."""

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path

from evals.bench.server_process import ServerProcess
from evals.bench.service import bench_environment, sample_folder, service_process
from evals.bench.soak.commands import SoakCommands
from evals.bench.soak.inspection import Inspection
from evals.bench.soak.readers import Reader, client
from evals.bench.soak.record import SoakRecord
from evals.bench.soak.slack_workspace import SoakWorkspace, serving
from evals.bench.soak.traffic import Traffic
from evals.bench.soak.usage import Sampler
from evals.bench.soak.verdict import SoakResult
from evals.bench.soak.writer import Writer
from evals.golden import load

_QUESTIONS = Path(__file__).parents[2] / "golden" / "sample.jsonl"
_MOST_BETWEEN_RESTARTS = 150  # seconds
_SERVER_DOWN_SECONDS = 5
_SLACK_SECONDS = 120  # a question whose process was killed is taken over after a lease
_CLEARANCE = ("--clearance", "TOP SECRET", "--noforn", "--nodis", "--exdis")


@dataclass(frozen=True, slots=True)
class SoakPlan:
    """What a soak is to do: `folder` is for its store and logs, `cables` what is ingested first.

    `servers` are those behind the service that are killed as well.
    """

    folder: Path
    seconds: float
    variables: Mapping[str, str]
    cables: str = sample_folder()
    readers: int = 2
    workers: int = 1
    servers: Sequence[ServerProcess] = ()
    reader_pause: float = 0.5
    writer_pause: float = 3.0
    sample_seconds: float = 10.0


class Soak:
    """One soak. The service is restarted during the first half; in the second one process shows whether it grows."""

    def __init__(self, plan: SoakPlan, slack_url: str, workspace: SoakWorkspace) -> None:
        self._plan, self._workspace = plan, workspace
        variables = {"CABLES_RATE_LIMIT": "off", **plan.variables, **workspace.variables(slack_url)}
        self._env = bench_environment(plan.folder, **variables)
        self._service = service_process(self._env, plan.folder / "log", plan.workers)
        self._traffic, self._record, self._stop = Traffic(), SoakRecord(), threading.Event()
        self._commands = SoakCommands(self._env, self._traffic)
        self._result = SoakResult(plan.seconds / 60, self._traffic)

    def run(self) -> SoakResult:
        """Do it; the service is ended whatever happens."""
        try:
            key = self._prepare()
            with ExitStack() as stack:
                self._inspection = Inspection(
                    stack.enter_context(client(self._service.url, key)), self._commands, self._record
                )
                self._inspection.note_bundled()
                self._load(key, stack)
            if not self._service.stop():
                self._result.findings.append("the service did not stop when told to")
        finally:
            self._stop.set()
            self._service.kill()
        self._verify()
        return self._result

    def _prepare(self) -> str:
        """Ingest, make the readers' key, start; returns the key."""
        ingested = self._commands.run("ingest", self._plan.cables)
        key = self._commands.run("keys", "add", "soak", *_CLEARANCE)
        if ingested is None or key is None:
            raise SystemExit("; ".join(each.note for each in self._traffic.failures))
        self._start()
        return key.strip()

    def _load(self, key: str, stack: ExitStack) -> None:
        plan, record = self._plan, self._record
        writer = Writer(
            self._commands,
            plan.folder / "inbox",
            self._inspection,
            self._traffic,
            record,
            plan.writer_pause,
            self._stop,
        )
        questions = [question.question for golden in load([_QUESTIONS]) for question in golden.questions]
        readers = [
            Reader(
                stack.enter_context(client(self._service.url, key)),
                questions,
                self._traffic,
                record,
                self._workspace,
                plan.reader_pause,
                self._stop,
                number,
            )
            for number in range(plan.readers)
        ]
        sampler = Sampler(lambda: self._service.pid, plan.sample_seconds, self._stop)
        doers: list[Sampler | Writer | Reader] = [sampler, writer, *readers]
        with ThreadPoolExecutor(len(doers)) as pool:
            running = [pool.submit(each.run) for each in doers]
            try:
                self._disturb()
            finally:
                self._stop.set()
        broken = [error for each in running if (error := each.exception())]
        self._result.findings += [f"a client broke off: {error!r}" for error in broken]
        self._await_slack()
        self._inspect()
        self._result.findings += writer.findings
        self._result.samples = sampler.samples

    def _disturb(self) -> None:
        """Restart and kill by turns in the first half, leave it alone in the second, kill once at the end."""
        started = time.monotonic()
        half = self._plan.seconds / 2
        pause = min(_MOST_BETWEEN_RESTARTS, half / 8)
        disturbances = [partial(self._restart, kill=False), partial(self._restart, kill=True)]
        disturbances += [partial(self._kill_server, server) for server in self._plan.servers]
        for disturb in cycle(disturbances):
            time.sleep(pause)
            if time.monotonic() - started >= half:
                break
            disturb()
        time.sleep(max(0.0, started + self._plan.seconds - time.monotonic()))
        self._restart(kill=True)

    def _restart(self, kill: bool) -> None:
        with self._traffic.outage():
            if kill:
                self._service.kill()
            elif not self._service.stop():
                self._result.findings.append("the service did not stop when told to")
            # A command that meets no service opens an embedded store itself: the service waits for it to end.
            with self._record.turn:
                self._start()
        self._result.restarts["killed" if kill else "restarted"] += 1
        self._inspect()

    def _kill_server(self, server: ServerProcess) -> None:
        """What the service does without it for some seconds is announced; then it must come back by itself."""
        with self._traffic.outage():
            server.kill()
            time.sleep(_SERVER_DOWN_SECONDS)
            server.start()
            self._service.await_ready()
        self._result.restarts[f"{server.name} killed"] += 1
        self._inspect()

    def _start(self) -> None:
        started = time.monotonic()
        self._service.start()
        self._result.ready_seconds.append(time.monotonic() - started)

    def _inspect(self) -> None:
        with self._record.turn:
            found = self._inspection.findings()
        self._result.checks += 1
        self._result.findings += [f"check {self._result.checks}: {each}" for each in found]

    def _await_slack(self) -> None:
        """Every event that was taken gets one answer."""
        taken, deadline = set(self._record.slack), time.monotonic() + _SLACK_SECONDS
        while not taken <= self._workspace.answered().keys() and time.monotonic() < deadline:
            time.sleep(0.5)
        answered = self._workspace.answered()
        lines = [f"Slack event {each} was taken and not answered" for each in sorted(taken - answered.keys())]
        lines += [f"Slack event {each} has {count} answers" for each, count in answered.items() if count > 1]
        self._result.findings += lines

    def _verify(self) -> None:
        self._commands.run("verify")  # that it fails is among the failures, which nothing announced
        record = self._record
        self._result.counts = {
            "cables held": len(record.bundled) + len(record.held),
            "cables withdrawn": len(record.withdrawn),
            "answers kept": len(record.kept),
            "verdicts": len(record.feedback),
            "keys revoked": len(record.revoked),
            "Slack questions": len(record.slack),
        }


def soak(plan: SoakPlan) -> SoakResult:
    """Run a soak with a Slack workspace of its own."""
    workspace = SoakWorkspace()
    with serving(workspace) as url:
        return Soak(plan, url, workspace).run()
