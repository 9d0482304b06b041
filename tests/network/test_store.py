import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smaclab.errors import NetworkError
from smaclab.network import Network, arranged, read, write

SMALL = """# smaclab network 1

[parameters]
k : 1/(nM s)
start : molecules

[constants]
double = 2 * k

[observables]
all_of_a
    2 * A(a!1).A(a!1)@cell
    A(a)@cell
nothing

[functions]
promoter = k * all_of_a / (1 + all_of_a)

[species]
A(a!1).A(a!1)@cell
A(a)@cell

[initial]
A(a)@cell = start

[inputs]
drug = A(a)@cell

[reactions]
dimer | A(a)@cell + A(a)@cell -> A(a!1).A(a!1)@cell | 0.5 * double
lose | A(a)@cell -> 0 | k
make | 0 -> A(a)@cell | promoter
"""


def test_a_file_reads_and_writes_back():
    network = read(SMALL)
    assert write(network) == SMALL
    assert network.observable_index == {"all_of_a": 0, "nothing": 1}
    assert network.reactions[0].factor == 0.5


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10**6), size=st.integers(6, 14), steps=st.integers(1, 30), promoters=st.integers(0, 3)
)
def test_reading_what_was_written_gives_the_same_network(networks, seed, size, steps, promoters):
    network = networks.random_network(seed, n_species=size, n_reactions=steps, n_functions=promoters)
    assert read(write(network)) == arranged(network)
    assert write(read(write(network))) == write(network)


def test_an_empty_network_has_a_file_too():
    assert read(write(Network())) == Network()


def test_a_person_may_edit_it():
    edited = SMALL.replace("A(a!1).A(a!1)@cell\nA(a)@cell", "# by hand\nA(a)@cell\nA(a!5).A(a!5)@cell")
    assert read(edited) == read(SMALL)
    assert read(SMALL.replace("\n", "\r\n")) == read(SMALL)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# smaclab network 1", "<sbml>", "line 1: '<sbml>' stands where"),
        ("[parameters]", "[parametrs]", "line 3: unknown section 'parametrs'. Did you mean 'parameters'?"),
        ("k : 1/(nM s)", "k", "line 4: 'k' does not read as: name : unit."),
        ("k : 1/(nM s)", "k k : s", "line 4: 'k k' is not a name"),
        ("start :", "k :", "line 5: name 'k' was given before, in line 4."),
        ("double = 2 * k", "double = 2 * (k", "line 8: '2 * (k' is not a formula"),
        ("double = 2 * k", "double = open(k)", "line 8: 'open(k)': unknown function 'open'."),
        ("double = 2 * k", "double = 2 * q", "line 8: unknown name 'q'."),
        ("    2 * A(a!1).A(a!1)@cell", "    x * A(a)@cell", "line 12: 'x' in 'x * A(a)@cell' is not"),
        ("    2 * A(a!1).A(a!1)@cell", "    nan * A(a)@cell", "line 12: 'nan' in"),
        ("all_of_a\n    2", "    2", "line 11: '    2 * A(a!1).A(a!1)@cell' belongs to no observable"),
        ("[species]\nA(a!1)", "[species]\nA(a!2)", "line 20: A(a!2).A(a!1)@cell: bond 2 has 1 ends"),
        ("A(a)@cell\n\n[init", "A(a!1).A(a!1)@cell\n\n[init", "line 21: species 'A(a!1).A(a!1)@cell' was"),
        ("A(a)@cell = start", "A(a)@cell = begin", "line 24: unknown name 'begin'"),
        ("A(a)@cell = start", "A(b)@cell = start", "line 24: species 'A(b)@cell' does not stand in"),
        ("drug = A(a)@cell", "drug = ", "line 27: 'drug = ' does not read as: name = species."),
        ("| 0.5 * double", "", "line 30: "),
        ("| 0.5 * double", "| 0.5 * triple", "line 30: unknown name 'triple'."),
        ("| 0.5 * double", "| 1e999 * double", "line 30: '1e999' in"),
        ("-> 0 | k", "<-> 0 | k", "line 31: "),
        ("lose | A(a)@cell", "lose | A(a", "line 31: "),
        ("[reactions]", "[inputs]", "line 29: section 'inputs' was given before, in line 26."),
        ("[parameters]\n", "", "line 3: 'k : 1/(nM s)' stands before the first section."),
    ],
)  # fmt: skip
def test_a_bad_line_gets_a_letter_with_its_number(old, new, message):
    assert old in SMALL
    with pytest.raises(NetworkError) as letter:
        read(SMALL.replace(old, new, 1), name="toy.txt")
    assert str(letter.value).startswith(f"toy.txt, {message}")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_damage_reads_or_gets_a_letter(data):
    at = data.draw(st.integers(0, len(SMALL)))
    until = data.draw(st.integers(at, min(at + 20, len(SMALL))))
    damaged = SMALL[:at] + data.draw(st.text(max_size=8)) + SMALL[until:]
    with contextlib.suppress(NetworkError):
        read(damaged)


def test_a_net_change_reads_and_writes_back():
    from smaclab.network.network import Network, Parameter, Reaction
    from smaclab.network.species import parse_species

    network = Network(
        parameters=(Parameter(name="k", unit="1/s"),),
        species=(parse_species("A()"), parse_species("B()")),
        reactions=(Reaction(rule="r", reactants=(0,), products=(), rate="k", net=((0, -1.0), (1, 0.5))),),
    )
    assert "gains -1 * A() + 0.5 * B()" in write(network)
    assert read(write(network)).reactions == network.reactions
