"""What a measurement runs on."""

import os
import platform
from typing import Any

from rag import processor

_FEATURES = ("avx512f", "avx512_vnni", "avx_vnni", "avx512_bf16", "amx_bf16", "amx_int8", "asimddp", "i8mm", "bf16")


def machine() -> dict[str, Any]:
    """The processor, its cores and what it can do that matters here, the memory in GB; no names."""
    return {
        "cpu": processor.model(),
        "cores": os.cpu_count(),
        "features": [each for each in _FEATURES if each in processor.flags()],
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "python": platform.python_version(),
    }


def described() -> str:
    """The same in words."""
    found = machine()
    return (
        f"{found['cpu']}, {found['cores']} cores ({', '.join(found['features'])}), {found['memory_gb']} GB, "
        f"Python {found['python']}"
    )
