import importlib.util
import subprocess
import sys

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


# In a process of its own: libCombine's objects and libSBML's share one table of classes.
LIBCOMBINE = """
import sys, libcombine
archive = libcombine.CombineArchive()
assert archive.initializeFromArchive(sys.argv[1])
print(archive.getMasterFile().getLocation().removeprefix("./"))
print(archive.getMetadataForLocation(".").getDescription())
entries = [archive.getEntry(n) for n in range(archive.getNumEntries())]
print({one.getLocation().removeprefix("./"): one.getFormat() for one in entries}["model.xml"])
archive.cleanUp()
"""


@pytest.mark.peer
def test_libcombine_reads_it(tmp_path):
    if importlib.util.find_spec("libcombine") is None:
        pytest.skip("libCombine is not installed")
    asked = [sys.executable, "-c", LIBCOMBINE, str(made(tmp_path))]
    said = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.split("\n")[:3] == ["run.sedml", "words", FORMATS["sbml"]]
