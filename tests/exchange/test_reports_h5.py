"""What BioSimulators' test suite asks of reports.h5, read back by h5py, where that is installed."""

import numpy as np
import pytest

from smaclab.errors import SbmlError
from smaclab.exchange.reports_h5 import ReportData, can_write_h5, write_h5

REPORT = ReportData(
    file="runs/a.sedml",
    id="report",
    kind="report",
    name="Figure 1",
    ids=("set_time", "set_x"),
    labels=("time", "x"),
    names=("", "amount of x"),
    values=(np.array([0.0, 1.0, 2.0]), np.array([5.0, 6.0])),
)


def test_whether_it_can_be_written_is_told():
    try:
        import h5py  # noqa: F401
    except ImportError:
        assert not can_write_h5()
    else:
        assert can_write_h5()


def test_a_report_is_a_data_set_with_its_columns_and_every_group_says_where_it_is(tmp_path):
    h5py = pytest.importorskip("h5py")
    with h5py.File(write_h5(tmp_path / "reports.h5", [REPORT])) as file:
        for uri in ("runs", "runs/a.sedml"):
            assert file[uri].attrs["uri"] == file[uri].attrs["combineArchiveLocation"] == uri
        found = file["runs/a.sedml/report"]
        np.testing.assert_array_equal(found[:], [[0.0, 1.0, 2.0], [5.0, 6.0, np.nan]])
        single = {name: found.attrs[name] for name in ("uri", "_type", "sedmlId", "sedmlName")}
        assert single == {
            "uri": "runs/a.sedml/report",
            "_type": "SedReport",
            "sedmlId": "report",
            "sedmlName": "Figure 1",
        }
        assert list(found.attrs["sedmlDataSetIds"]) == ["set_time", "set_x"]
        assert list(found.attrs["sedmlDataSetLabels"]) == ["time", "x"]
        assert list(found.attrs["sedmlDataSetNames"]) == ["", "amount of x"]
        assert list(found.attrs["sedmlDataSetShapes"]) == ["3", "2"]
        assert list(found.attrs["sedmlDataSetDataTypes"]) == ["float64", "float64"]


def test_a_folder_that_is_not_there_gets_a_letter(tmp_path):
    pytest.importorskip("h5py")
    with pytest.raises(SbmlError, match="cannot be written"):
        write_h5(tmp_path / "none" / "reports.h5", [REPORT])
