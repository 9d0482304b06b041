"""`smaclab blot`."""


def test_a_blot_is_shown_and_written(smaclab, file, tmp_path):
    code, out, err = smaclab(
        *("blot", file, "--proteins", "cIAP1", "--at", "0, 4, 24", "--out", "blot.svg", "--workers", 1)
    )
    assert code == 0, err
    assert "Densitometry" in out
    assert "SIMULATED" in out
    assert "SIMULATED" in (tmp_path / "blot.svg").read_text(encoding="utf-8")
    assert (tmp_path / "blot.csv").read_text(encoding="utf-8").count("\n") == 1 + 2 * 3  # cIAP1, actin; lanes


def test_a_file_says_what_is_blotted_and_options_win(smaclab, file, tmp_path):
    text = file.read_text(encoding="utf-8") + '\n[blot]\nproteins = "cIAP1"\nexposure = "long"\n'
    file.write_text(text, encoding="utf-8")
    for name, more in (
        ("filed.svg", ()),
        ("short.svg", ("--exposure", "short")),
        ("two.svg", ("--exposure", 2)),
    ):
        code, _, err = smaclab("blot", file, "--out", name, "--workers", 1, *more)
        assert code == 0, err
    said = [(tmp_path / name).read_text(encoding="utf-8") for name in ("filed.svg", "short.svg", "two.svg")]
    assert "long exposure (× 10)" in said[0]
    assert "short exposure (× 0.3)" in said[1]
    assert "exposure × 2" in said[2]


def test_an_exposure_that_is_none_is_bad_input(smaclab, file):
    for exposure, words in (("lnog", "Did you mean 'long'?"), ("0", "An exposure of 0")):
        code, _, err = smaclab("blot", file, "--proteins", "cIAP1", "--exposure", exposure)
        assert code == 2
        assert words in err


def test_an_ip_has_its_input(smaclab, file):
    code, out, err = smaclab("blot", file, "--proteins", "cIAP1", "--ip", "BIRC2", "--workers", 1)
    assert code == 0, err
    assert "IP: cIAP1, cIAP1" in out
    assert "Input, actin" in out


def test_equal_questions_are_equal_bytes(smaclab, file, tmp_path):
    for name in ("one.png", "two.png"):
        smaclab("blot", file, "--proteins", "cIAP1", "--out", name, "--replicates", 2, "--workers", 1)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


def test_an_unknown_protein_is_bad_input_with_what_was_meant(smaclab, file):
    code, _, err = smaclab("blot", file, "--proteins", "cIAP11")
    assert code == 2
    assert "Did you mean 'cIAP1'?" in err


def test_a_wrong_end_or_a_picture_that_is_there_is_said_before_the_run(smaclab, file, tmp_path):
    assert smaclab("blot", file, "--proteins", "cIAP1", "--out", "blot.pdf")[0] == 2
    (tmp_path / "blot.svg").write_text("mine", encoding="utf-8")
    code, _, err = smaclab("blot", file, "--proteins", "cIAP1", "--out", "blot.svg")
    assert (code, "--force" in err) == (2, True)
    assert (
        smaclab("blot", file, "--proteins", "cIAP1", "--out", "blot.svg", "--force", "--workers", 1)[0] == 0
    )


def test_an_unknown_detector_is_bad_input(smaclab, file):
    code, _, err = smaclab("blot", file, "--proteins", "cIAP1", "--detector", "flim")
    assert code == 2
    assert "Did you mean 'film'?" in err
