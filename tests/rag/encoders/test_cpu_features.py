import platform

import pytest

from rag.encoders.cpu_features import field_of, flags, model

X86 = (
    "processor\t: 0\nmodel name\t: Abacus 9000 : fast\nflags\t\t: fpu avx512_vnni\n\nprocessor\t: 1\nflags\t\t: other\n"
)
ARM = "processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimddp bf16\n"


def test_the_first_processor_counts() -> None:
    assert field_of(X86, "flags", "Features") == "fpu avx512_vnni"
    assert field_of(X86, "model name") == "Abacus 9000 : fast"


def test_arm_names_its_flags_otherwise_and_has_no_model_name() -> None:
    assert field_of(ARM, "flags", "Features") == "fp asimddp bf16"
    assert field_of(ARM, "model name") == ""


@pytest.mark.skipif(platform.system() != "Linux", reason="only Linux has /proc/cpuinfo")
def test_this_machine_has_flags_and_a_name() -> None:
    assert flags() and model()
