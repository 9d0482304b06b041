"""The words and sizes of vectors."""

import llvmlite.binding as llvm
import pytest

from smaclab.kernel.native.kind import Kind, host_kind, instruction_set


def test_a_vector_is_named_as_llvm_names_it():
    kind = Kind(lanes=8, real="double", fused=True)
    assert (kind.vector, kind.suffix, kind.stride, kind.bytes_per_real) == ("<8 x double>", "v8f64", 64, 8)
    kind = Kind(lanes=16, real="float", fused=True)
    assert (kind.vector, kind.suffix, kind.stride, kind.bytes_per_real) == ("<16 x float>", "v16f32", 64, 4)


@pytest.mark.parametrize("precision", ["double", "float"])
def test_the_host_is_given_vectors_of_one_size(precision):
    kind = host_kind(precision)
    assert kind.real == precision
    assert kind.stride == (64 if llvm.get_host_cpu_features().get("avx512f") else 32)
    llvm.parse_assembly(f"declare {kind.vector} @llvm.fma.{kind.suffix}({', '.join([kind.vector] * 3)})")


@pytest.mark.parametrize(
    ("features", "lanes", "fused", "words"),
    [
        ({"sse2": True, "avx": True, "avx2": True, "fma": True, "avx512f": True}, 8, True, "AVX-512"),
        ({"sse2": True, "avx": True, "avx2": True, "fma": True, "avx512f": False}, 4, True, "AVX2"),
        ({"sse2": True, "avx": True}, 4, False, "AVX"),
        ({"sse2": True, "fma": False}, 4, False, "SSE2"),
        ({"neon": True}, 4, True, "NEON"),
    ],
)
def test_other_hosts_are_given_what_they_have(monkeypatch, features, lanes, fused, words):
    monkeypatch.setattr(llvm, "get_host_cpu_features", lambda: features)
    assert host_kind() == Kind(lanes=lanes, real="double", fused=fused)
    assert host_kind("float").lanes == 2 * lanes
    assert host_kind("float").flushed == ("sse2" in features)
    assert instruction_set() == words


def test_a_host_without_a_known_feature_is_called_by_its_name(monkeypatch):
    monkeypatch.setattr(llvm, "get_host_cpu_features", dict)
    monkeypatch.setattr(llvm, "get_host_cpu_name", lambda: "plain")
    assert instruction_set() == "plain"
