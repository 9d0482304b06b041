import os

import pytest

from smaclab.experiment.check import check
from smaclab.experiment.source import LARGEST_FILE, read

GOOD = 'id = "a"\ncell_line = "BJ"\n'


def letter(path, data):
    path.write_bytes(data)
    tables, message = read(path)
    assert tables is None
    return message


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (GOOD.encode("utf-16"), "the file is UTF-16. Save it again as UTF-8."),
        (GOOD.encode("utf-16-le"), "NUL bytes"),
        (b'id = "a\x00"', "NUL bytes"),
        ('id = "a"\n# 1 µM'.encode("latin-1"), "byte 0xb5 in line 2 is not UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "byte 0x89 in line 1 is not UTF-8"),
        (b'id = "a"\rcells = 2\r', "bare carriage returns"),
        (b"id = ", "not valid TOML"),
        (b'id = "a"\nid = "b"', "not valid TOML"),
        (b"n = " + b"9" * 10_000, "thousands of digits"),
        (b"n = " + b"[" * 50_000, "nested too deeply"),
        (b".".join([b"a"] * 200_000) + b" = 1", "more than 1000 dots"),
        (b"#" * (LARGEST_FILE + 1), "larger than 1,000,000 bytes"),
    ],
)
def test_a_file_that_cannot_be_understood(tmp_path, data, says):
    assert says in letter(tmp_path / "a.toml", data)


@pytest.mark.parametrize(
    "data", [GOOD.encode(), GOOD.encode("utf-8-sig"), GOOD.replace("\n", "\r\n").encode()]
)
def test_a_good_file(tmp_path, data):
    (tmp_path / "a.toml").write_bytes(data)
    assert read(tmp_path / "a.toml") == ({"id": "a", "cell_line": "BJ"}, "")


def test_a_file_that_is_not_there_names_those_that_are(tmp_path):
    (tmp_path / "screen.toml").write_text(GOOD)
    assert read(tmp_path / "scren.toml")[1] == "there is no such file. TOML files there: screen.toml."
    assert read(tmp_path / "no" / "a.toml")[1] == "there is no such file."


def test_a_folder_is_not_a_file(tmp_path):
    assert "this is not a file" in read(tmp_path)[1]


def test_a_name_with_a_nul(tmp_path):
    tables, message = read(tmp_path / "a\0.toml")
    assert tables is None
    assert message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_a_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    assert "this is not a file" in read(tmp_path / "pipe.toml")[1]


def test_a_file_of_nonsense_gets_one_letter(tmp_path, catalogue):
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe")
    (problem,) = check(tmp_path / "a.toml", catalogue)
    assert str(problem) == f"{tmp_path / 'a.toml'}: the file is UTF-16. Save it again as UTF-8."
