"""The demo, on the toy."""

import tomllib

import numpy as np

from smaclab import lab
from smaclab.lab.tour import ARMS
from smaclab.report.events import MIMETIC_EVENTS


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


def test_it_writes_its_file_its_picture_and_its_page(tour, tmp_path):
    folder = tour.write(tmp_path / "out")
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
