from pathlib import Path

import pytest

from evals.archives import BENCHMARKS, SAMPLE, Benchmark, temporary_archive
from evals.golden import load
from rag.errors import CablesError


def test_every_benchmark_has_a_golden_set_of_its_name() -> None:
    assert [golden.name for golden in load(benchmark.golden for benchmark in BENCHMARKS)] == [
        benchmark.name for benchmark in BENCHMARKS
    ]


def test_the_sample_is_bundled_and_other_cables_may_be_absent(tmp_path: Path) -> None:
    assert SAMPLE.missing is None
    assert Benchmark("nowhere", (tmp_path, tmp_path / "nowhere")).missing == tmp_path / "nowhere"


def test_a_folder_without_cables_makes_no_archive(tmp_path: Path) -> None:
    with pytest.raises(CablesError, match="no cable could be read from"), temporary_archive([tmp_path], "torch"):
        pass


def test_an_archive_is_gone_afterwards() -> None:
    with temporary_archive(SAMPLE.cables, "torch") as archive:
        store = archive.settings.store
        assert archive.catalog.size().cables == len(list(SAMPLE.cables[0].glob("*.txt")))
    assert not store.exists()
