"""The compiled functions of one network: derivative, Jacobian, observables."""

from smaclab.kernel.compile import compile_kernel
from smaclab.kernel.kernel import Kernel

__all__ = ["Kernel", "compile_kernel"]
