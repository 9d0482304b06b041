"""Machine code for one network: many cells side by side in the vector lanes of one core."""

from smaclab.kernel.native.kind import Real
from smaclab.kernel.native.program import Program, compile_program, program_key

__all__ = ["Program", "Real", "compile_program", "program_key"]
