"""Hostile archives: each must be refused with a letter, and none may write anything anywhere."""

import stat
import zipfile

import pytest

from smaclab.errors import SbmlError
from smaclab.exchange import omex_read
from smaclab.exchange.omex_read import beside, experiments_in, inside, read_omex


def archive(tmp_path, *entries):
    path = tmp_path / "bad.omex"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries:
            file.writestr(name, data)
    return path


@pytest.mark.parametrize(
    "name", ["../out.txt", "a/../../out", "/etc/passwd", "C:/x", "a\\..\\b", "a\nb", "", "."]
)
def test_paths_that_lead_out_are_refused(name):
    with pytest.raises(SbmlError, match="may lead out"):
        inside(name)


@pytest.mark.parametrize(("name", "path"), [("./a/b.xml", "a/b.xml"), ("a.xml", "a.xml")])
def test_paths_inside_are_kept(name, path):
    assert inside(name) == path


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("a.sedml", "model.xml", "model.xml"),
        ("runs/a.sedml", "../models/m.xml", "models/m.xml"),
        ("runs/a.sedml", "./m%201.xml", "runs/m 1.xml"),
        ("a/b/c.sedml", "../../m.xml", "m.xml"),
    ],
)
def test_a_file_is_found_from_the_one_that_names_it(path, source, found):
    assert beside(path, source) == found


@pytest.mark.parametrize(
    ("source", "letter"),
    [
        ("../../m.xml", "may lead out"),
        ("%2e%2e/../m.xml", "may lead out"),
        ("/m.xml", "may lead out"),
        ("http://example.org/m.xml", "is an address"),
        ("urn:miriam:biomodels.db:BIOMD0000000010", "is an address"),
    ],
)
def test_a_file_elsewhere_is_refused(source, letter):
    with pytest.raises(SbmlError, match=letter):
        beside("runs/a.sedml", source)


def test_traversal_in_an_archive_is_refused(tmp_path):
    with pytest.raises(SbmlError, match="bad.omex: the path '../evil'"):
        read_omex(archive(tmp_path, ("../evil", "x")))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bad.omex"]


def test_links_are_refused(tmp_path):
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(SbmlError, match="is a link"):
        read_omex(archive(tmp_path, (link, "/etc/passwd")))


def test_bombs_are_refused_by_their_ratio(tmp_path):
    with pytest.raises(SbmlError, match="times its size"):
        read_omex(archive(tmp_path, ("zeros", b"\0" * (8 * 1024**2))))


def test_sizes_and_counts_are_limited(tmp_path, monkeypatch):
    many = archive(tmp_path, *((f"f{n}", "x") for n in range(12)))
    monkeypatch.setattr(omex_read, "MOST_FILES", 10)
    with pytest.raises(SbmlError, match="12 entries"):
        read_omex(many)
    monkeypatch.setattr(omex_read, "MOST_FILES", 100)
    monkeypatch.setattr(omex_read, "MOST_TOTAL_BYTES", 10)
    with pytest.raises(SbmlError, match="unpacks to 12 bytes"):
        read_omex(many)
    monkeypatch.setattr(omex_read, "MOST_TOTAL_BYTES", 100)
    monkeypatch.setattr(omex_read, "MOST_FILE_BYTES", 0)
    with pytest.raises(SbmlError, match="at most 0"):
        read_omex(many)
    monkeypatch.setattr(omex_read, "MOST_BYTES", 1)
    with pytest.raises(SbmlError, match="at most 1 are read"):
        read_omex(many)


def test_a_size_that_lies_is_found(tmp_path):
    path = archive(tmp_path, ("a.txt", b"hello hello hello"))
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(signature) + place
        data[start : start + 4] = (5).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    with pytest.raises(SbmlError, match="another size|not a sound ZIP"):
        read_omex(path)


def test_twice_the_same_name_is_refused(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        path = archive(tmp_path, ("a", "1"), ("a", "2"))
    with pytest.raises(SbmlError, match="stands in it twice"):
        read_omex(path)


def test_encrypted_entries_are_refused(tmp_path):
    path = archive(tmp_path, ("a", "secret"))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(SbmlError, match="encrypted"):
        read_omex(path)


def test_what_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "no.omex"
    path.write_bytes(b"words")
    with pytest.raises(SbmlError, match="not a sound ZIP"):
        read_omex(path)
    with pytest.raises(SbmlError, match="cannot be read"):
        read_omex(tmp_path / "none.omex")


def test_an_archive_without_a_table_of_contents_is_refused():
    with pytest.raises(SbmlError, match="no manifest"):
        experiments_in({})
    content = b'<omexManifest><content location="./a.sedml" format="http://x/sed-ml"/></omexManifest>'
    with pytest.raises(SbmlError, match="names 'a.sedml', which is not"):
        experiments_in({"manifest.xml": content})
    with pytest.raises(SbmlError, match="names no SED-ML"):
        experiments_in({"manifest.xml": b"<omexManifest/>"})
    assert experiments_in({"manifest.xml": content, "a.sedml": b""}) == ["a.sedml"]


def test_blanks_in_the_manifest_may_be_written_as_in_an_address():
    content = b'<omexManifest><content location="a%20b.sedml" format="http://x/sed-ml"/></omexManifest>'
    assert experiments_in({"manifest.xml": content, "a b.sedml": b""}) == ["a b.sedml"]
