"""What a vector is on this machine: how many cells stand side by side, and in what precision.

Source: the lane counts are those of the vector registers; see docs/decisions/0007.
"""

from dataclasses import dataclass
from typing import Literal, final

import llvmlite.binding as llvm

Real = Literal["double", "float"]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Vectors of one number per cell.

    lanes: cells side by side. real: the precision of counts and rates; time is always double.
    fused: whether the host multiplies and adds in one instruction. flushed: whether numbers too small for
    all their digits (in singles those below 1e-38) count as 0; x86 needs many times as long for them.
    """

    lanes: int
    real: Real
    fused: bool
    flushed: bool = False

    @property
    def vector(self) -> str:
        """The vector of counts, in LLVM's words."""
        return f"<{self.lanes} x {self.real}>"

    @property
    def bytes_per_real(self) -> int:
        """Of one number of one cell."""
        return 8 if self.real == "double" else 4

    @property
    def stride(self) -> int:
        """Bytes of one vector."""
        return self.lanes * self.bytes_per_real

    @property
    def suffix(self) -> str:
        """How LLVM's intrinsics name the vector."""
        return f"v{self.lanes}f{8 * self.bytes_per_real}"


def host_kind(precision: Real = "double") -> Kind:
    """Vectors that fill this machine's widest registers."""
    features = llvm.get_host_cpu_features()
    wide = bool(features.get("avx512f"))
    x86 = "sse2" in features
    fused = bool(features.get("fma")) if x86 else True
    return Kind(
        lanes=(8 if wide else 4) * (1 if precision == "double" else 2), real=precision, fused=fused,
        flushed=x86 and precision == "float",
    )  # fmt: skip


def instruction_set() -> str:
    """The widest vectors this machine has, as people call them."""
    features = llvm.get_host_cpu_features()
    for feature, name in (("avx512f", "AVX-512"), ("avx2", "AVX2"), ("avx", "AVX"), ("sse2", "SSE2")):
        if features.get(feature):
            return name
    return "NEON" if features.get("neon") else llvm.get_host_cpu_name()
