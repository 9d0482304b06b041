from benchmarks.programs import program
from tests.benchmarks.toys import decay_case


def test_a_program_is_made_once_and_its_making_is_timed():
    made, codegen_s = program(decay_case().network)
    assert codegen_s > 0
    assert program(decay_case(2).network) == (made, codegen_s)
    assert program(decay_case().network, "float")[0].kind.real == "float"
