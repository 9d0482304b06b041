import numpy as np
import pytest

from smaclab.network.ordering import jacobian_pattern, order_elimination


def dense_twin(entries, order, size):
    """Gaussian elimination on a matrix of booleans, in the given order, counting multiply-adds."""
    there = np.eye(size, dtype=bool)
    for row, column in entries:
        there[row, column] = True
    count = 0
    for step, pivot in enumerate(order):
        later = order[step + 1 :]
        for row in later:
            for column in later:
                if there[row, pivot] and there[pivot, column]:
                    there[row, column] = True
                    count += 1
    return {(int(r), int(c)) for r, c in zip(*np.nonzero(there), strict=True)}, count


@pytest.mark.parametrize("seed", range(40))
def test_fill_in_and_cost_are_those_of_dense_elimination(seed):
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 14))
    entries = [tuple(map(int, rng.integers(0, size, 2))) for _ in range(int(rng.integers(0, 3 * size)))]
    found = order_elimination(entries, size)
    assert sorted(found.order) == list(range(size))
    assert (set(found.entries), found.multiply_adds) == dense_twin(entries, found.order, size)


@pytest.mark.parametrize("seed", range(20))
def test_numbers_vanish_outside_the_pattern(seed):
    rng = np.random.default_rng(seed)
    size = 9
    entries = [tuple(map(int, rng.integers(0, size, 2))) for _ in range(18)]
    found = order_elimination(entries, size)
    matrix = np.diag(rng.uniform(5, 9, size))
    for row, column in entries:
        matrix[row, column] += rng.uniform(0.1, 1)
    work = matrix[np.ix_(found.order, found.order)]
    for k in range(size):
        work[k + 1 :, k] /= work[k, k]
        work[k + 1 :, k + 1 :] -= np.outer(work[k + 1 :, k], work[k, k + 1 :])
    there = {(found.order[r], found.order[c]) for r, c in zip(*np.nonzero(work), strict=True)}
    assert there <= found.entries


def test_an_arrow_is_eliminated_from_its_tips():
    # A hub that everything touches: first, it would fill the matrix; last, it fills nothing.
    size = 20
    arrow = [(0, i) for i in range(size)] + [(i, 0) for i in range(size)]
    found = order_elimination(arrow, size)
    assert found.order.index(0) >= size - 2
    assert len(found.entries) == 3 * size - 2
    assert found.multiply_adds == size - 1


def test_the_pattern_is_that_of_the_reactions(networks):
    from smaclab.kernel import compile_kernel

    for seed in range(20):
        network = networks.random_network(seed)
        rows, columns = compile_kernel(network).jacobian_pattern
        assert tuple(zip(rows.tolist(), columns.tolist(), strict=True)) == jacobian_pattern(network)


def test_next_comes_what_fills_least_and_not_what_is_shortest():
    # Place 0 has two neighbors that do not know each other: eliminating it fills two entries. Place 5 has
    # three that all know each other, so that it fills none, though Markowitz's count is 9 against 4.
    pairs = [(0, 1), (0, 2), (5, 3), (5, 4), (5, 6), (3, 4), (3, 6), (4, 6)]
    far = [(1, 7), (1, 8), (2, 9), (2, 10), (3, 1), (4, 2), (6, 7), (7, 9), (8, 10), (7, 8), (9, 10)]
    entries = [pair for one in (*pairs, *far) for pair in (one, one[::-1])]
    assert order_elimination(entries, 11).order[0] == 5
