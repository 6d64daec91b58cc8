"""Features of the machine that decide which encoder is fastest."""

import functools
import platform
from pathlib import Path

_GPU_DEVICES = ("/dev/nvidiactl", "/dev/kfd", "/dev/dxg")
"""NVIDIA, AMD, and either under WSL. Asking torch instead would cost seconds and hundreds of megabytes."""

_BFLOAT16 = {"avx512_bf16", "amx_bf16", "bf16"}
_INT8 = {"avx512_vnni", "avx_vnni", "amx_int8", "asimddp", "i8mm"}


def may_have_gpu() -> bool:
    """Whether a GPU's device file exists."""
    return any(Path(device).exists() for device in _GPU_DEVICES)


def has_bfloat16() -> bool:
    """Whether the CPU has instructions for bfloat16."""
    return bool(flags() & _BFLOAT16)


def has_int8() -> bool:
    """Whether the CPU has dot products of bytes; without them int8 is hardly faster."""
    return bool(flags() & _INT8)


@functools.cache
def flags() -> frozenset[str]:
    """The CPU's feature flags on Linux; empty elsewhere."""
    return frozenset(field_of(_cpu_info(), "flags", "Features").split())


def model() -> str:
    """The CPU's name."""
    return field_of(_cpu_info(), "model name") or platform.processor() or platform.machine()


def field_of(cpu_info: str, *names: str) -> str:
    """The value of the first field with one of these names in the text of `/proc/cpuinfo`; empty if there is none."""
    fields = (line.partition(":") for line in cpu_info.splitlines())
    return next((value.strip() for name, _, value in fields if name.strip() in names), "")


def _cpu_info() -> str:
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return ""
