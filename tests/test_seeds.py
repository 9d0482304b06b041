import numpy as np
import pytest

from smaclab.seeds import standard_normal, stream

NAMES = ["BIRC2", "RIPK1", "CASP8"]


def draw(cells, names=NAMES, **other):
    return standard_normal(
        **{"seed": 1, "purpose": "amount", "owner": "EVSA-T", **other}, cells=cells, names=names
    )


def test_the_table_has_a_row_for_each_cell_and_a_column_for_each_name():
    assert draw(range(5)).shape == (5, 3)
    assert draw([7]).shape == (1, 3)
    assert draw([]).shape == (0, 3)
    assert draw(range(5), []).shape == (5, 0)


@pytest.mark.parametrize("cells", [[3], range(1, 18), [17, 0, 4, 4], [19, 2, 100_000], np.array([6, 5])])
def test_a_slice_has_the_same_bits_as_the_whole(cells):
    whole = dict(zip(range(20), draw(range(20)), strict=True))
    whole[100_000] = draw([100_000])[0]
    np.testing.assert_array_equal(draw(cells), [whole[int(cell)] for cell in cells])


def test_a_name_keeps_its_number_whatever_names_stand_beside_it():
    np.testing.assert_array_equal(draw(range(9), NAMES[::-1]), draw(range(9))[:, ::-1])
    np.testing.assert_array_equal(draw(range(9), NAMES[1:2]), draw(range(9))[:, 1:2])


@pytest.mark.parametrize("other", [{"seed": 2}, {"purpose": "reactions"}, {"owner": "BJ"}])
def test_another_seed_purpose_or_owner_gives_other_numbers(other):
    assert not np.any(draw(range(9)) == draw(range(9), **other))


def test_the_numbers_are_standard_normal_and_independent():
    table = draw(range(20_000))
    assert np.abs(table.mean(axis=0)).max() < 4 / np.sqrt(20_000)
    assert np.abs(table.std(axis=0) - 1).max() < 4 / np.sqrt(2 * 20_000)
    between_names = np.corrcoef(table.T)[np.triu_indices(3, 1)]
    between_neighbors = np.corrcoef(table[1:, 0], table[:-1, 0])[0, 1]
    assert np.abs([*between_names, between_neighbors]).max() < 4 / np.sqrt(20_000)


def test_the_numbers_stay_the_same_from_version_to_version():
    np.testing.assert_allclose(draw([0, 1], ["A"])[:, 0], GOLDEN, rtol=1e-12)


GOLDEN = [1.0942561078914694, 1.0737591033821392]


def test_a_stream_belongs_to_its_cell():
    first, again, other = (stream(1, "reactions", "run", cell).random(4) for cell in (7, 7, 8))
    np.testing.assert_array_equal(first, again)
    assert not np.any(first == other)
