"""The demo, on the toy."""

import math
import tomllib
from dataclasses import replace

import numpy as np
import pytest

from smaclab import lab
from smaclab.analysis.events import MIMETIC_EVENTS
from smaclab.lab.tour import ARMS, COLORED_BY
from smaclab.report.pathway_map import BOXES


def test_every_line_meets_every_arm(tour):
    assert tour.lines == ("EVSA-T", "HCT 116", "BJ")
    assert tour.alive.shape == (3, 4)
    assert not np.isnan(tour.alive).any()
    assert list(tour.result.labels.values()) == [*ARMS] * 3


def test_the_toy_dies_where_a_mimetic_meets_TNF(tour):
    table = tour.viability_table()
    assert table.header == ("cell line", *ARMS, "cells", "failed")
    assert table.rows[0] == ("EVSA-T", "100 %", "0 %", "100 %", "0 %", "12", "0")
    assert table.rows[1] == ("HCT 116", "100 %", "100 %", "100 %", "0 %", "12", "0")


def test_events_are_in_order_and_death_is_among_them(tour):
    times = [one.time_h for one in tour.events]
    assert times == sorted(times)
    labels = [one.label for one in tour.events]
    assert labels[0] == "cIAP1 halved"
    assert {"p52 doubled", "caspase-8 active", "half of the cells dead"} < set(labels)
    assert len(tour.event_table().rows) == 9


@pytest.fixture(scope="module")
def folder(tour, tmp_path_factory):
    return tour.write(tmp_path_factory.mktemp("tour") / "out")


def test_it_writes_its_file_its_picture_and_its_page(folder):
    names = sorted(one.name for one in folder.iterdir())
    assert names == ["demo.svg", "demo.toml", "readouts.csv", "report.html", "run.json"]
    assert tomllib.loads((folder / "demo.toml").read_text(encoding="utf-8"))["id"] == "demo"
    page = (folder / "report.html").read_text(encoding="utf-8")
    for text in ("What happens first", "half of the cells dead", "SIMULATED"):
        assert text in page


def test_the_package_has_every_readout_that_an_event_is_read_from(tour):
    known = {readout.name for readout in lab.own_catalogue().readouts}
    asked = set(tour.result.experiments[0].readouts)
    for event in MIMETIC_EVENTS:
        assert event.readout in known & asked, event.label


def test_what_to_try_next_names_the_folder(tour):
    assert any("my_folder/demo.toml" in command for _, command in tour.try_next("my_folder"))


def test_the_page_opens_with_the_map_and_the_types(tour, folder):
    page = tour.page()
    order = [page.index(f"<h2>{title}</h2>") for title in ("The pathway", "The types of cell", "At a glance")]
    assert order == sorted(order)
    assert page.index("<h2>") == order[0]
    assert page == (folder / "report.html").read_text(encoding="utf-8")  # drawn again, the same
    assert "EVSA-T, 4 h after SM-164 100 nM: how many times as much as at the start" in page


def test_the_map_is_colored_by_the_first_line_on_the_mimetic(tour):
    mean = tour.result.mean("p52").iloc[:, 1]
    assert tour.folds["p52"] == mean.loc[4.0] / mean.iloc[0] > 1
    assert tour.folds["cIAP1"] < 0.2
    assert set(tour.folds) == set(COLORED_BY) <= set(BOXES)


def test_what_was_not_there_has_no_fold(tour):
    table = tour.result.readouts
    made = replace(tour.result, readouts=table.assign(simulation=(table["time"] > 0).astype(float)))
    assert replace(tour, result=made).folds["caspase8"] == math.inf
    quiet = replace(tour.result, readouts=table.assign(simulation=0.0))
    assert math.isnan(replace(tour, result=quiet).folds["caspase8"])
    few = replace(tour.result, readouts=table.assign(simulation=0.5, unit="copies"))
    assert replace(tour, result=few).folds["caspase8"] == 1.0


def test_every_line_is_seen_with_its_own_numbers(tour):
    assert list(tour.seen) == list(tour.lines)
    assert tour.seen["EVSA-T"].alive == (0.0, 1.0, 0.0)
    assert tour.seen["EVSA-T"].TNF_most > tour.seen["HCT 116"].TNF_most
    assert 0 < tour.seen["BJ"].cIAP1_left < 0.2
