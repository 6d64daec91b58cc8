"""The machine a measurement runs on."""

import os
import platform
from typing import Any

from rag.encoders import cpu_features

_FEATURES = ("avx512f", "avx512_vnni", "avx_vnni", "avx512_bf16", "amx_bf16", "amx_int8", "asimddp", "i8mm", "bf16")


def machine() -> dict[str, Any]:
    """The processor, its cores and relevant instruction sets, memory in GB and the Python version; no names."""
    return {
        "cpu": cpu_features.model(),
        "cores": os.cpu_count(),
        "features": [feature for feature in _FEATURES if feature in cpu_features.flags()],
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "python": platform.python_version(),
    }


def described() -> str:
    """The same in words."""
    facts = machine()
    return (
        f"{facts['cpu']}, {facts['cores']} cores ({', '.join(facts['features'])}), {facts['memory_gb']} GB, "
        f"Python {facts['python']}"
    )
