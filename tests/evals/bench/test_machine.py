import os

from evals.bench.machine import described, machine


def test_the_machine_is_described_without_names() -> None:
    facts = machine()
    assert facts["cores"] == os.cpu_count()
    assert facts["memory_gb"] > 0
    assert f"{facts['cores']} cores" in described()
    assert os.uname().nodename not in described()
