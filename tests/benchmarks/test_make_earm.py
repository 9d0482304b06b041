import pytest

from benchmarks.make_earm import NETWORK, VALUES, unit_of


def test_units_follow_from_names():
    assert unit_of("XIAP_0", set()) == "molecules"
    assert unit_of("kf1", {"kf1"}) == "1/(molecules s)"
    assert unit_of("kc1", {"kf1"}) == "1/s"


@pytest.mark.rules
def test_the_committed_files_are_what_the_script_makes(tmp_path, monkeypatch):
    pytest.importorskip("pysb")
    from benchmarks import make_earm

    monkeypatch.setattr(make_earm, "NETWORK", tmp_path / "network.txt")
    monkeypatch.setattr(make_earm, "VALUES", tmp_path / "values.csv")
    make_earm.main()
    assert (tmp_path / "network.txt").read_bytes() == NETWORK.read_bytes()
    assert (tmp_path / "values.csv").read_bytes() == VALUES.read_bytes()
