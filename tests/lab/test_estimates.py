import pytest

from smaclab.errors import CatalogueError
from smaclab.lab import own_catalogue
from smaclab.lab.estimates import AMOUNT, estimates, with_values


def test_every_guess_with_a_width_may_change_and_nothing_measured():
    names = {one.name for one in estimates(own_catalogue()) if not one.name.endswith(AMOUNT)}
    expected = {
        name
        for name, one in own_catalogue().parameters.items()
        if one.evidence in ("assumed", "fitted") and (one.prior or {}).get("distribution") == "log-normal"
    }
    assert names == expected


def test_the_shipped_values_are_the_shipped_catalogue():
    catalogue = own_catalogue()
    values = {one.name: one.shipped for one in estimates(catalogue) if one.shipped is not None}
    same = with_values(catalogue, values)
    assert same.parameters == catalogue.parameters
    assert tuple(same.cell_lines) == tuple(catalogue.cell_lines)


def test_an_amount_moves_in_every_line_and_a_rate_alone():
    catalogue = own_catalogue()
    moved = with_values(catalogue, {f"BIRC2{AMOUNT}": 2.0, "RIP1_deactivation": 1e-3})
    for before, after in zip(catalogue.cell_lines, moved.cell_lines, strict=True):
        if "BIRC2" in before.amounts:
            assert after.amounts["BIRC2"].value == 2.0 * before.amounts["BIRC2"].value
        assert after.amounts["XIAP"] == before.amounts["XIAP"]
    changed = [name for name, one in moved.parameters.items() if one != catalogue.parameters[name]]
    assert changed == ["RIP1_deactivation"]


@pytest.mark.parametrize("name", ["RIP1_deactivatoin", f"BIRC9{AMOUNT}"])
def test_an_unknown_name_gets_a_letter(name):
    with pytest.raises(CatalogueError, match="unknown parameter"):
        with_values(own_catalogue(), {name: 1.0})
