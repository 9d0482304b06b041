"""What the page of a run holds."""

from dataclasses import replace

import numpy as np

from smaclab.report import sections


def test_the_table_counts_failed_cells_apart(material):
    table = sections.experiment_table(material)
    assert table.rows[0] == ("e0", "EVSA-T", "vehicle", "2", "0", "100 % at 2 h", "–")
    assert table.rows[1] == ("e1", "EVSA-T", "SM-164 1 nM", "2", "1", "0 % at 2 h", "1 h")


def test_a_panel_holds_one_line_and_at_most_seven_curves(material, experiments_of):
    many = [*experiments_of(9), *experiments_of(1, cell_line="BJ")]
    deaths = tuple(np.array([np.inf]) for _ in many)
    big = replace(material, experiments=many, death_time_s=deaths)
    assert [(title, len(members)) for title, members in sections.panels(big)] == [
        ("EVSA-T (1 to 7 of 9)", 7),
        ("EVSA-T (8 to 9 of 9)", 2),
        ("BJ", 1),
    ]


def test_a_label_replaces_the_treatment(material):
    named = replace(material, labels={"e1": "the drug"})
    assert named.words([0, 1]) == {"e0": "vehicle", "e1": "the drug"}


def test_there_is_a_picture_a_readout_and_viability_has_its_own(material):
    assert len(sections.survival_section(material).pictures) == 1
    section = sections.readout_section(material, {"cIAP1": "all of it"})
    assert [picture.caption for picture in section.pictures] == ["all of it"]


def test_a_page_leaves_out_what_would_be_too_much_and_says_so(material, monkeypatch):
    monkeypatch.setattr(sections, "MAX_PICTURES", 0)
    section = sections.readout_section(material, {})
    assert section.pictures == ()
    assert any("1 more panels are left out" in text for text in section.paragraphs)


def test_seeds_are_drawn_as_replicates(material):
    seeds = [
        replace(material.experiments[1], id=one.id, seed=n) for n, one in enumerate(material.experiments)
    ]
    section = sections.readout_section(replace(material, experiments=seeds), {"cIAP1": "all of it"})
    (picture,) = section.pictures
    assert "n\u00a0=\u00a02" in picture.svg
    assert "replicates" in section.paragraphs[0]
    assert "replicates" not in sections.readout_section(material, {}).paragraphs[0]


def test_equal_words_are_told_apart_by_the_id(material):
    same = replace(material, labels={"e0": "the drug", "e1": "the drug"})
    assert same.own_labels([0, 1]) == ["the drug", "the drug (e1)"]
    assert list(same.survivals([0, 1])) == ["the drug", "the drug (e1)"]
