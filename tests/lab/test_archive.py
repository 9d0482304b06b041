import json
from time import monotonic

import pytest

from smaclab.errors import SbmlError
from smaclab.exchange.omex import write_omex
from smaclab.exchange.sedml import Course, write_sedml
from smaclab.lab.archive import run_archive
from smaclab.network.sbml.child import Child
from tests.network.sbml.written import document, parameter, rate

RAMP = document(Parameters=[parameter("x", 0, "false"), parameter("v", 2)], Rules=[rate("x", "v")]).decode()


def sedml(source="model.xml", start=0.0):
    course = Course(start_s=start, end_s=2.0, n_steps=2)
    return write_sedml(course, source=source, parameters={"x": "x"})


def made(tmp_path, **files):
    path = tmp_path / "a.omex"
    texts = {
        name.replace("_", "."): (name.split("_")[1].replace("xml", "sbml"), t) for name, t in files.items()
    }
    path.write_bytes(write_omex(texts, master="", title="a", description="b"))
    return path


def test_an_archive_is_run(tmp_path):
    done = run_archive(made(tmp_path, model_xml=RAMP, one_sedml=sedml()), tmp_path / "out")
    assert done.all_ok
    table = (tmp_path / "out" / "one.sedml" / "report.csv").read_text().splitlines()
    assert table[0] == "time,x"
    values = [[float(one) for one in row.split(",")] for row in table[1:]]
    assert values == [pytest.approx(row) for row in ([0, 0], [1, 2], [2, 4])]
    log = json.loads((tmp_path / "out" / "log.json").read_text())
    assert log["one.sedml"]["status"] == "SUCCEEDED"
    assert log["one.sedml"]["plots written as numbers"] == ["plot"]


def test_a_course_that_is_recorded_late_still_begins_at_0(tmp_path):
    run_archive(made(tmp_path, model_xml=RAMP, one_sedml=sedml(start=1.0)), tmp_path / "out")
    rows = (tmp_path / "out" / "one.sedml" / "report.csv").read_text().splitlines()
    assert [float(one) for one in rows[1].split(",")] == pytest.approx([1, 2])


def test_one_file_that_fails_does_not_stop_the_others(tmp_path):
    path = made(tmp_path, model_xml=RAMP, bad_sedml=sedml("none.xml"), one_sedml=sedml())
    done = run_archive(path, tmp_path / "out")
    assert not done.all_ok
    assert done.status["one.sedml"] == "SUCCEEDED"
    assert "'none.xml' is not in the archive" in done.status["bad.sedml"]


def test_a_model_outside_of_the_archive_is_refused(tmp_path):
    done = run_archive(made(tmp_path, one_sedml=sedml("../../etc/model.xml")), tmp_path / "out")
    assert "may lead out" in done.status["one.sedml"]


def test_an_archive_that_is_none_gets_a_letter(tmp_path):
    with pytest.raises(SbmlError, match="cannot be read"):
        run_archive(tmp_path / "none.omex", tmp_path / "out")


def _slow_build(_said):
    until_s = monotonic() + 20.0  # Python that the clock can stop, and that ends where there is none
    while monotonic() < until_s:
        pass
    raise AssertionError("nobody stopped it")


def test_a_model_that_is_not_built_in_time_is_stopped_and_said(tmp_path, monkeypatch):
    monkeypatch.setattr("smaclab.network.sbml.build.build", _slow_build)
    monkeypatch.setattr(Child, "parse", lambda _self, _data: {"model": {}})
    with Child(seconds=0.4) as child:
        found = run_archive(made(tmp_path, model_xml=RAMP, one_sedml=sedml()), tmp_path / "out", child)
    assert found.status["one.sedml"].startswith("model.xml: not read after 0.5 s")
