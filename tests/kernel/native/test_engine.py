"""From text to functions that can be called."""

import numpy as np
import pytest

from smaclab.kernel.native.engine import declarations, load, object_code, prepare, target_machine
from smaclab.kernel.native.kind import host_kind

TWICE = """
define i64 @twice(ptr %x) {
  %a = load i64, ptr %x
  %b = mul i64 %a, 2
  ret i64 %b
}
"""
CALLER = """
declare i64 @twice(ptr)
define i64 @more(ptr %x, ptr %y) {
  %a = call i64 @twice(ptr %x)
  %b = load i64, ptr %y
  %c = add i64 %a, %b
  ret i64 %c
}
"""


def test_preparing_twice_is_harmless():
    prepare()
    prepare()
    assert target_machine().triple


@pytest.mark.parametrize("level", [0, 2])
def test_objects_call_each_other(level):
    codes = [object_code(text, level=level) for text in (CALLER, TWICE)]
    assert all(isinstance(code, bytes) and code for code in codes)
    loaded = load(codes)
    x, y = np.array([20], dtype=np.int64), np.array([2], dtype=np.int64)
    assert loaded.function("more", 2)(x.ctypes.data, y.ctypes.data) == 42
    assert loaded.function("twice", 1)(x.ctypes.data) == 40


def test_the_same_text_gives_the_same_code():
    assert object_code(TWICE) == object_code(TWICE)


def test_two_programs_with_the_same_names_stay_apart():
    one, two = (
        load([object_code(TWICE)]),
        load([object_code(TWICE.replace("mul i64 %a, 2", "mul i64 %a, 3"))]),
    )
    x = np.array([5], dtype=np.int64)
    assert [p.function("twice", 1)(x.ctypes.data) for p in (one, two)] == [10, 15]


def test_a_function_that_is_not_there_is_an_error():
    with pytest.raises(KeyError, match="no function 'thrice'"):
        load([object_code(TWICE)]).function("thrice", 1)


def test_text_that_is_no_code_is_an_error():
    with pytest.raises(RuntimeError):
        object_code("define void @f() { nonsense }")


@pytest.mark.parametrize("precision", ["double", "float"])
def test_what_straight_code_may_call_is_declared(precision):
    kind = host_kind(precision)
    assert f"@llvm.fma.{kind.suffix}" in declarations(kind)
    assert object_code(declarations(kind))
