import os
import threading

import numpy as np
import pytest

from evals.bench.soak.usage import Sampler, UsageSample, longest_life, sample, trend, trends

TIMES = [10.0 * number for number in range(60)]
NOISE = np.random.default_rng(0).normal(0, 5, len(TIMES))


def test_growth_is_detected_among_noise() -> None:
    found = trend(TIMES, [500 + 0.2 * at + noise for at, noise in zip(TIMES, NOISE, strict=True)])
    assert found.flat is False
    assert found.per_hour == pytest.approx(720, rel=0.05)


def test_noise_peaks_and_shrinking_are_flat() -> None:
    noisy = [500 + noise for noise in NOISE]
    peaks = [value + (300 if number % 10 == 9 else 0) for number, value in enumerate(noisy)]
    shrinking = [500 - 0.2 * at for at in TIMES]
    assert [trend(TIMES, values).flat for values in (noisy, peaks, shrinking, [40.0] * 60)] == [True] * 4


def test_little_growth_of_a_small_number_is_flat() -> None:
    handles = [40 + at / 60 for at in TIMES]
    assert (trend(TIMES, handles).flat, trend(TIMES, handles, least=12).flat) == (False, True)


def test_a_warm_up_is_not_growth() -> None:
    assert trend(TIMES, [300 + min(at, 190.0) for at in TIMES]).flat is True


@pytest.mark.parametrize("count", [0, 3, 10])
def test_few_samples_tell_nothing(count: int) -> None:
    assert trend(TIMES[:count], TIMES[:count]).flat is None


def test_the_process_that_ran_longest_is_judged() -> None:
    samples = [UsageSample(1, at, 900.0, 90) for at in TIMES[:5]] + [UsageSample(2, at, 400.0, 40) for at in TIMES[5:]]
    assert {each.pid for each in longest_life(samples)} == {2}
    assert {name: (each.median, each.flat) for name, each in trends(samples).items()} == {
        "memory_mb": (400.0, True), "handles": (40.0, True),
    }  # fmt: skip
    assert trends([])["handles"].flat is None


def test_a_process_is_sampled_while_there_is_one() -> None:
    stop, pids = threading.Event(), iter([0, 2**22 + 1, os.getpid()])

    def pid() -> int:
        process = next(pids)
        if process == os.getpid():
            stop.set()
        return process

    sampler = Sampler(pid, 0.001, stop)
    sampler.run()
    [taken] = sampler.samples
    assert taken.pid == os.getpid()
    assert sample(os.getpid()).memory_mb > 1
    assert taken.handles > 2
