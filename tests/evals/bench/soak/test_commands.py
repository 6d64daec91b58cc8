import os
import sys

from evals.bench.soak.commands import SoakCommands
from evals.bench.soak.traffic import Traffic


def test_a_command_prints_or_its_failure_is_kept() -> None:
    traffic = Traffic()
    commands = SoakCommands(os.environ, traffic, [sys.executable, "-c", "import sys; exec(sys.argv[1])"])
    assert commands.run("print(7)") == "7\n"
    assert commands.run("sys.exit('the disk is full')") is None
    assert [each.note for each in traffic.failures] == ["the disk is full"]
    assert len(traffic.seconds) == 1
