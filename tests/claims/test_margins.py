import numpy as np

from smaclab.claims import own_claims
from smaclab.claims.margins import findings
from smaclab.lab import own_catalogue
from smaclab.lab.estimates import with_values


def test_a_margin_for_each_established_expectation():
    chosen = [one for one in own_claims() if one.id in ("C16", "C23")]
    found = findings(chosen)
    margins = found.judge(own_catalogue())
    assert margins.shape == (len(found.ids),)
    assert np.isfinite(margins).all()
    assert all(name.startswith(("C16-", "C23-")) for name in found.ids)


def test_another_parameter_set_has_other_margins():
    found = findings([one for one in own_claims() if one.id == "C16"])
    moved = with_values(own_catalogue(), {"RIPK1 amount": 0.3})
    assert not np.array_equal(found.judge(own_catalogue()), found.judge(moved))


def test_only_what_is_established_is_evidence():
    found = findings(own_claims())
    established = {one.id for one in own_claims() if any(each.status == "E" for each in one.expectations)}
    assert {name.split("-")[0] for name in found.ids} <= established
    assert len(set(found.ids)) == len(found.ids)


def test_one_look_at_the_same_cells_is_one_finding():
    first, second = (one for one in own_claims() if one.id in ("C09", "C16"))
    apart, together = findings([second]), findings([first, second])
    shared = set(apart.ids) - set(together.ids)
    assert shared  # known by the first that expects it
    assert set(findings([first]).ids) <= set(together.ids)
    own = dict(zip(apart.ids, apart.judge(own_catalogue()), strict=True))
    of_first = [
        margin
        for name, margin in zip(together.ids, together.judge(own_catalogue()), strict=True)
        if name.startswith("C09")
    ]
    assert {own[name] for name in shared} <= set(of_first)
