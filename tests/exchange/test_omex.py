import pytest

from smaclab.exchange.omex import FORMATS, write_omex
from smaclab.exchange.omex_read import experiments_in, read_omex

FILES = {"model.xml": ("sbml", "<sbml/>"), "run.sedml": ("sedml", "<sedML/>"), "a & b.csv": ("csv", "1")}


def made(tmp_path):
    path = tmp_path / "a.omex"
    path.write_bytes(write_omex(FILES, master="run.sedml", title="a < b", description="words"))
    return path


def test_our_reader_reads_what_we_write(tmp_path):
    found = read_omex(made(tmp_path))
    assert found["model.xml"] == b"<sbml/>"
    assert set(found) == {*FILES, "manifest.xml", "metadata.rdf"}
    assert experiments_in(found) == ["run.sedml"]


def test_equal_content_gives_equal_bytes(tmp_path):
    again = dict(reversed(FILES.items()))
    assert made(tmp_path).read_bytes() == write_omex(
        again, master="run.sedml", title="a < b", description="words"
    )


@pytest.mark.peer
def test_libcombine_reads_it(tmp_path):
    libcombine = pytest.importorskip("libcombine")
    archive = libcombine.CombineArchive()
    assert archive.initializeFromArchive(str(made(tmp_path)))
    try:
        assert archive.getMasterFile().getLocation().removeprefix("./") == "run.sedml"
        assert archive.getMetadataForLocation(".").getDescription() == "words"
        places = [archive.getEntry(n).getLocation() for n in range(archive.getNumEntries())]
        formats = {
            place.removeprefix("./"): archive.getEntry(n).getFormat() for n, place in enumerate(places)
        }
        assert formats["model.xml"] == FORMATS["sbml"]
    finally:
        archive.cleanUp()
