"""What the machine has that makes an encoder fast."""

import functools
import platform
from pathlib import Path

_GPU_DEVICES = ("/dev/nvidiactl", "/dev/kfd", "/dev/dxg")
"""Of NVIDIA, of AMD, of either under WSL. Asking torch would take seconds and hundreds of megabytes to hear no."""

_BFLOAT16 = {"avx512_bf16", "amx_bf16", "bf16"}
_INT8 = {"avx512_vnni", "avx_vnni", "amx_int8", "asimddp", "i8mm"}


def may_have_gpu() -> bool:
    """Whether it is worth asking torch for a GPU."""
    return any(Path(device).exists() for device in _GPU_DEVICES)


def computes_bfloat16() -> bool:
    """Whether the CPU has instructions for bfloat16."""
    return bool(flags() & _BFLOAT16)


def computes_int8() -> bool:
    """Whether the CPU sums products of bytes in one instruction; without, int8 gains little."""
    return bool(flags() & _INT8)


@functools.cache
def flags() -> frozenset[str]:
    """What the CPU can do, as Linux has it; empty elsewhere."""
    return frozenset(_told("flags", "Features").split())


def model() -> str:
    """The CPU's name."""
    return _told("model name").strip() or platform.processor() or platform.machine()


def _told(*names: str) -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    found = (line.partition(":") for line in lines)
    return next((value for name, _, value in found if name.strip() in names), "")
