from benchmarks import machine


def test_the_machine_says_what_it_is():
    assert machine.cpu_name() or machine.isa()
    assert machine.versions()["numpy"]


def test_the_widest_instructions_are_named(monkeypatch):
    monkeypatch.setattr(machine, "cpu_info", lambda: {"flags": "fpu avx avx2 avx512f", "model name": "Toy"})
    assert machine.isa() == "avx512"
    assert machine.cpu_flags() == ["avx", "avx2", "avx512f"]
    assert machine.cpu_name() == "Toy"
    monkeypatch.setattr(machine, "cpu_info", lambda: {"Features": "fp asimd"})
    assert machine.isa() == "neon"


def test_a_busy_machine_is_told():
    assert machine.load_per_core() >= 0.0
