from smaclab.experiment.blot_plan import BlotPlan


def test_a_plan_is_a_lysate_on_film_at_the_usual_exposure_at_the_end():
    plan = BlotPlan(proteins=("cIAP1",))
    assert (plan.at, plan.bait, plan.fractions) == ((), "", ("lysate",))
    assert (plan.exposure, plan.detector) == ("usual", "film")
