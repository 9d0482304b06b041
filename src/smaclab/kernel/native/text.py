"""Straight-line vector code as LLVM text, cut into functions of bearable length.

Every array is [entry][lane]; every value is one vector. A function of a thousand statements takes LLVM's
register allocator much longer than three of three hundred, so the code is cut where its author allows.
"""

import struct
from collections.abc import Sequence

from smaclab.kernel.native.kind import Kind

LONGEST = 300  # statements of one function

ATTRIBUTES = (
    'attributes #0 = { nounwind "prefer-vector-width"="512" "min-legal-vector-width"="512" '
    '"no-trapping-math"="true" }'
)


def number(value: float, real: str = "double") -> str:
    """A number as LLVM reads it back exactly; `float` is rounded to what a float can hold."""
    if real == "float":
        value = struct.unpack("f", struct.pack("f", value))[0]
    return f"0x{struct.unpack('>Q', struct.pack('>d', value))[0]:016X}"


class Code:
    """The text of one function over vectors, and of the pieces it is cut into.

    `arrays` are its arguments: pointers to vectors. Values are names like `%7` and live until the next cut.
    `longest`: statements after which it is cut where that is allowed.
    """

    def __init__(self, kind: Kind, name: str, arrays: Sequence[str], longest: int = LONGEST) -> None:
        self.kind, self.name, self.arrays, self.longest = kind, name, tuple(arrays), longest
        self.pieces: list[list[str]] = []
        self.lines: list[str] = []
        self.loaded: dict[tuple[str, int], str] = {}
        self.sums: dict[tuple[str, int], str] = {}
        self.count = 0

    # --- memory ---------------------------------------------------------------------------------------

    def load(self, array: str, place: int) -> str:
        """A vector from memory; once for each piece."""
        if (array, place) not in self.loaded:
            self.loaded[array, place] = self.fresh(
                f"load {self.kind.vector}, ptr {self._address(array, place)}, align {self.kind.stride}"
            )
        return self.loaded[array, place]

    def store(self, array: str, place: int, value: str) -> None:
        """A vector to memory; later loads of this piece see it."""
        self.lines.append(
            f"store {self.kind.vector} {value}, ptr {self._address(array, place)}, align {self.kind.stride}"
        )
        self.loaded[array, place] = value

    def add_into(self, array: str, place: int, value: str, weight: float) -> None:
        """Array[place] += weight * value, kept in a register until the next cut."""
        before = self.sums.get((array, place)) or self.load(array, place)
        self.sums[array, place] = self.plus(before, value, weight)

    def plus(self, before: str, value: str, weight: float) -> str:
        """Before + weight * value."""
        if weight == 1.0:
            return self.add(before, value)
        if weight == -1.0:
            return self.subtract(before, value)
        return self.multiply_add(value, self.constant(weight), before)

    def _address(self, array: str, place: int) -> str:
        if array not in self.arrays:
            raise KeyError(f"{self.name} has no array {array!r}")
        if place == 0:
            return f"%{array}"
        name = self._name()
        self.lines.append(f"{name} = getelementptr {self.kind.vector}, ptr %{array}, i64 {place}")
        return name

    # --- arithmetic -----------------------------------------------------------------------------------

    def add(self, left: str, right: str) -> str:
        """Left + right."""
        return self.fresh(f"fadd {self.kind.vector} {left}, {right}")

    def subtract(self, left: str, right: str) -> str:
        """Left - right."""
        return self.fresh(f"fsub {self.kind.vector} {left}, {right}")

    def multiply(self, left: str, right: str) -> str:
        """Left * right."""
        return self.fresh(f"fmul {self.kind.vector} {left}, {right}")

    def divide(self, left: str, right: str) -> str:
        """Left / right."""
        return self.fresh(f"fdiv {self.kind.vector} {left}, {right}")

    def negate(self, value: str) -> str:
        """-value."""
        return self.fresh(f"fneg {self.kind.vector} {value}")

    def multiply_add(self, left: str, right: str, addend: str) -> str:
        """Left * right + addend, rounded once where the host can."""
        if not self.kind.fused:
            return self.add(self.multiply(left, right), addend)
        v = self.kind.vector
        return self.fresh(f"call {v} @llvm.fma.{self.kind.suffix}({v} {left}, {v} {right}, {v} {addend})")

    def multiply_subtract(self, left: str, right: str, minuend: str) -> str:
        """Minuend - left * right."""
        return self.multiply_add(self.negate(left), right, minuend)

    def constant(self, value: float) -> str:
        """The same number in every lane; not an instruction."""
        one = f"{self.kind.real} {number(value, self.kind.real)}"
        return f"<{', '.join([one] * self.kind.lanes)}>"

    def select(self, comparison: str, left: str, right: str, then: str, otherwise: str) -> str:
        """Lane by lane: `then` where `left comparison right` (LLVM's words for fcmp), else `otherwise`."""
        v = self.kind.vector
        mask = self.fresh(f"fcmp {comparison} {v} {left}, {right}")
        return self.fresh(f"select <{self.kind.lanes} x i1> {mask}, {v} {then}, {v} {otherwise}")

    def call(self, function: str, value: str) -> str:
        """A vector function of one argument."""
        return self.fresh(f"call {self.kind.vector} @{function}({self.kind.vector} {value})")

    def fresh(self, instruction: str) -> str:
        """A new name for the result of an instruction."""
        name = self._name()
        self.lines.append(f"{name} = {instruction}")
        return name

    def _name(self) -> str:
        self.count += 1
        return f"%v{self.count}"

    # --- cutting --------------------------------------------------------------------------------------

    def cut_if_long(self) -> None:
        """No value is needed after this point: a new function may begin."""
        if len(self.lines) >= self.longest:
            self.cut()

    def cut(self) -> None:
        """End the piece: sums go to memory, names are forgotten."""
        for (array, place), value in self.sums.items():
            self.store(array, place, value)
        self.sums.clear()
        self.loaded.clear()
        if self.lines:
            self.pieces.append(self.lines)
            self.lines = []

    def text(self) -> str:
        """The function, which goes on in one piece after another: jumps cost less than calls."""
        self.cut()
        signature = ", ".join(f"ptr noalias %{array}" for array in self.arrays)
        given = ", ".join(f"ptr %{array}" for array in self.arrays)
        parts = []
        for rank, lines in enumerate(self.pieces or [[]]):
            name = f"internal void @{self.name}_{rank}" if rank else f"void @{self.name}"
            parts.append(f"define {name}({signature}) noinline #0 {{")
            parts += lines
            if rank + 1 < len(self.pieces):
                parts.append(f"musttail call void @{self.name}_{rank + 1}({given})")
            parts += ["ret void", "}"]
        return "\n".join(parts)
