import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.simulate.change import Assignment, Change, Condition, resolve


def change(kind, target, value):
    return Change(kind=kind, target=target, value=value)


def test_a_condition_changes_everything_at_once(toy):
    changes = (change("add_amount", "drug", 5.0), change("set_parameter", "drug_makes", 3.0))
    (assignment,) = resolve([Condition(time_s=60.0, changes=changes)], toy.network)
    counts, parameters = np.array([1.0, 2.0]), np.zeros(8)
    new_counts, new_parameters = assignment.apply(counts, parameters)
    assert new_counts.tolist() == [1.0, 7.0]
    assert new_parameters[toy.network.parameter_index["drug_makes"]] == 3.0
    assert counts.tolist() == [1.0, 2.0]  # the old state is untouched
    assert not parameters.any()


def test_all_new_values_are_evaluated_on_the_old_state():
    both = Assignment(
        time_s=0.0, parameters=np.array([], dtype=int), values=np.array([]),
        species=np.array([0, 1]), amounts=np.array([10.0, 0.0]), adds=np.array([0.0, 1.0]),
    )  # fmt: skip
    assert both.apply(np.array([1.0, 2.0]), np.zeros(1))[0].tolist() == [10.0, 2.0]


def test_a_wash_out_sets_and_a_dose_adds(toy):
    wash, dose = (
        resolve([Condition(time_s=0.0, changes=(change(kind, "drug", 0.5),))], toy.network)[0]
        for kind in ("set_amount", "add_amount")
    )
    assert wash.apply(np.array([0.0, 8.0]), np.zeros(8))[0][1] == 0.5
    assert dose.apply(np.array([0.0, 8.0]), np.zeros(8))[0][1] == 8.5


def test_conditions_come_in_order_of_time_and_one_time_is_one_condition(toy):
    found = resolve(
        [
            Condition(time_s=9.0, changes=(change("set_parameter", "T_decay", 1.0),)),
            Condition(time_s=-3.0, changes=(change("set_parameter", "T_decay", 2.0),)),
            Condition(time_s=9.0, changes=(change("set_parameter", "translation", 4.0),)),
        ],
        toy.network,
    )
    assert [a.time_s for a in found] == [-3.0, 9.0]
    assert sorted(found[1].values.tolist()) == [1.0, 4.0]


def test_two_changes_of_one_target_at_one_time_are_an_error(toy):
    changes = (change("set_amount", "drug", 1.0), change("add_amount", "drug", 1.0))
    with pytest.raises(SimulationError, match=r"time 2 h: drug is changed twice at this time"):
        Condition(time_s=7200.0, changes=changes)
    apart = [Condition(time_s=0.0, changes=(one,)) for one in changes]
    with pytest.raises(SimulationError, match="twice"):
        resolve(apart, toy.network)


def test_a_target_that_is_not_there_is_named_with_what_was_meant(toy):
    with pytest.raises(SimulationError, match=r"unknown input of the network 'drugg'\. Did you mean 'drug'"):
        resolve([Condition(time_s=0.0, changes=(change("add_amount", "drugg", 1.0),))], toy.network)
    with pytest.raises(SimulationError, match=r"unknown parameter of the network 'T_decai'"):
        resolve([Condition(time_s=0.0, changes=(change("set_parameter", "T_decai", 1.0),))], toy.network)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_change_to_no_number_is_refused(value):
    with pytest.raises(SimulationError, match="not a finite number"):
        change("set_parameter", "T_decay", value)
    with pytest.raises(SimulationError, match="finite time"):
        Condition(time_s=value, changes=())
