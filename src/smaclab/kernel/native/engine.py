"""LLVM text to machine code to callable functions."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, final

import llvmlite.binding as llvm

from smaclab.kernel.native.kind import Kind

CODEGEN_LEVEL = 1  # 2 takes three times as long and is no faster on straight-line code


def prepare() -> None:
    """LLVM's parts for this machine; newer llvmlite does the first by itself and says so by an error."""
    for step in ("initialize", "initialize_native_target", "initialize_native_asmprinter"):
        try:
            getattr(llvm, step)()
        except (AttributeError, RuntimeError):
            continue


def target_machine() -> Any:
    """This machine, with all its vector instructions."""
    prepare()
    target = llvm.Target.from_default_triple()
    return target.create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=CODEGEN_LEVEL,
        codemodel="jitdefault",
        jit=True,
    )


def declarations(kind: Kind) -> str:
    """What straight-line code may call."""
    v = kind.vector
    return f"declare {v} @llvm.fma.{kind.suffix}({v}, {v}, {v})"


def object_code(text: str, *, level: int = 0) -> bytes:
    """Machine code of a module, as an object file for this machine.

    Args:
        text: the module.
        level: how much LLVM rearranges it first; straight-line code needs nothing, loops need 2.
    """
    machine = target_machine()
    module = llvm.parse_assembly(text)
    module.triple = machine.triple
    module.data_layout = str(machine.target_data)
    if level:
        options = llvm.create_pipeline_tuning_options(speed_level=level)
        builder = llvm.create_pass_builder(machine, options)
        builder.getModulePassManager().run(module, builder)
    return bytes(machine.emit_object(module))


@final
@dataclass(frozen=True, slots=True)
class Loaded:
    """Machine code in memory; it lives as long as this object."""

    engine: Any

    def function(self, name: str, n_arguments: int) -> Any:
        """A function of pointers, callable from any thread; it lets go of the interpreter while it runs."""
        address = self.engine.get_function_address(name)
        if not address:
            raise KeyError(f"no function {name!r} in the compiled code")
        return ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_void_p] * n_arguments)(address)


def load(codes: Sequence[bytes]) -> Loaded:
    """Object code, ready to be called; the objects may call each other."""
    machine = target_machine()
    empty = llvm.parse_assembly("")
    empty.triple = machine.triple
    engine = llvm.create_mcjit_compiler(empty, machine)
    for code in codes:
        engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return Loaded(engine)
