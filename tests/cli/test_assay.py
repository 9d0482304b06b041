"""`smaclab assay`."""


def test_an_assay_is_shown_and_written(smaclab, file, tmp_path):
    code, out, err = smaclab("assay", "viability", file, "--at", "0, 24", "--out", "v.png", "--workers", 1)
    assert code == 0, err
    assert "SIMULATED" in out
    assert (tmp_path / "v.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "v.csv").read_text(encoding="utf-8").count("\n") == 1 + 2 * 3


def test_without_noise_the_first_sample_is_a_hundred_percent(smaclab, file):
    _, out, _ = smaclab("assay", "viability", file, "--at", "0", "--no-noise", "--workers", 1)
    assert " 100 " in out


def test_an_unknown_kind_or_object_is_bad_input(smaclab, file):
    code, _, err = smaclab("assay", "elissa", file)
    assert (code, "Did you mean 'elisa'?" in err) == (2, True)
    code, _, err = smaclab("assay", "caspase", file, "--of", "caspase-7")
    assert (code, "unknown caspase" in err) == (2, True)
