from smaclab.kernel import compile_kernel
from smaclab.network import Constant, Network, Parameter, Reaction, parse_species


def test_a_catalyst_has_no_row_but_a_column():
    network = Network(
        parameters=(Parameter(name="k", unit="1/s"),),
        species=(parse_species("E()"), parse_species("S()"), parse_species("P()")),
        reactions=(Reaction(rule="cut", reactants=(0, 1), products=(0, 2), rate="k"),),
    )
    rows, columns = compile_kernel(network).jacobian_pattern
    assert list(zip(rows.tolist(), columns.tolist(), strict=True)) == [(1, 0), (1, 1), (2, 0), (2, 1)]


def test_functions_that_are_no_rate_are_not_computed(networks):
    network = networks.random_network(0)
    used = {reaction.rate for reaction in network.reactions} & network.rate_functions.keys()
    assert compile_kernel(network).functions.count == len(used)


def test_long_chains_of_constants_compile():
    chain = [Constant(name=f"c{i}", expression=f"c{i - 1} + 1" if i else "k") for i in range(60)]
    network = Network(parameters=(Parameter(name="k", unit="1"),), constants=tuple(chain))
    assert compile_kernel(network).constants([2.0])[-1] == 61.0
