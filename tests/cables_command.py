"""The `cables` command in processes of its own, forked from one that has imported the heavy libraries already.

To import torch and sentence-transformers takes ten seconds of a core, and hundreds of commands are run.
"""

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests import known_vectors

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["sentence_transformers", "chromadb", "api.app", "ingest.pipeline", __name__])


class CablesProcess:
    """A `cables` command that runs, in a process group of its own; the interface is that of `subprocess.Popen`."""

    def __init__(
        self, words: Sequence[str], output: Path, errors: Path, env: Mapping[str, str], stdin: Path | None = None
    ) -> None:
        """`output` and `errors` are files to append to, which may be one."""
        files = (str(stdin or os.devnull), str(output), str(errors))
        self._process = _context.Process(target=_run, args=(list(words), files, dict(env), str(Path.cwd())))
        self._process.start()
        self.args = ["cables", *words]

    @property
    def pid(self) -> int:
        """The id of the process, and of its group."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """As `poll` returns it."""
        return self.poll()

    def poll(self) -> int | None:
        """The exit code; minus the number of a signal that ended the process; None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code at the end; raises subprocess.TimeoutExpired after `timeout` seconds."""
        self._process.join(timeout)
        if (code := self.poll()) is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to the process alone."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Send SIGTERM to the process alone."""
        self.send_signal(signal.SIGTERM)


def run_cables(
    *words: str, env: Mapping[str, str] | None = None, stdin: bytes = b"", timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """A `cables` command that has ended, with its output as text."""
    with tempfile.TemporaryDirectory(prefix="cables-command-") as name:
        given, output, errors = (Path(name, each) for each in ("stdin", "stdout", "stderr"))
        given.write_bytes(stdin)
        process = CablesProcess(words, output, errors, env or os.environ, given)
        try:
            code = process.wait(timeout)
        finally:
            process.send_signal(signal.SIGKILL)
        return subprocess.CompletedProcess(process.args, code, output.read_text("utf-8"), errors.read_text("utf-8"))


def _run(words: list[str], files: tuple[str, str, str], env: dict[str, str], folder: str) -> None:
    from api.cli.main import main

    os.setsid()
    for descriptor, path in enumerate(files):
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND if descriptor else os.O_RDONLY
        os.dup2(os.open(path, flags, 0o600), descriptor)
    sys.stdin = os.fdopen(0, "r", encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    os.environ.clear()
    os.environ.update(env)
    known_vectors.use_known_vectors()
    os.chdir(folder)
    sys.argv = ["cables", *words]
    main()
