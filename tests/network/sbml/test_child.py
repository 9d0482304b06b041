"""The reader's process: what it may do to us, which is nothing."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import smaclab
from smaclab.errors import SbmlError
from smaclab.network.sbml import child as child_module
from smaclab.network.sbml import read_sbml
from smaclab.network.sbml.child import Child, command, parse_in_child
from tests.network.sbml.written import growing

DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.xml"))
DATA = DOCUMENTS[0].read_bytes()
SOURCE = str(Path(smaclab.__file__).parents[1])
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")

pytest.importorskip("libsbml")


def saying(code: str) -> list[str]:
    """A child that does this with the file in `data`; `say(bytes)` is an answer."""
    start = (
        "import os, sys, time\n"
        "def say(text): sys.stdout.buffer.write(len(text).to_bytes(8, 'little') + text); sys.stdout.flush()\n"
        "while header := sys.stdin.buffer.read(8):\n"
        "    data = sys.stdin.buffer.read(int.from_bytes(header, 'little'))\n"
    )
    return [sys.executable, "-I", "-c", start + "".join(f"    {line}\n" for line in code.splitlines())]


def serving(read: str, seconds: float = 5.0, memory_bytes: int = 2 * 1024**3) -> list[str]:
    """The real server around another reader, `read(data)`."""
    start = (
        "import sys, types; sys.path.insert(0, sys.argv[1])\n"
        "from smaclab.network.sbml import serve\n"
        f"def read(data):\n    {read}\n"
        "fake = types.ModuleType('x'); fake.extract = read\n"
        "serve.importlib = types.SimpleNamespace(import_module=lambda name: fake)\n"
        f"serve.main({seconds}, {memory_bytes})\n"
    )
    return [sys.executable, "-I", "-c", start, SOURCE]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_sound_file_gives_a_model(path, reader):
    assert reader.parse(path.read_bytes())["model"]["id"] == path.stem


@pytest.fixture(scope="module")
def reader():
    with Child() as child:
        yield child
        assert child.starts == 1


def test_one_file_one_child():
    assert parse_in_child(DATA)["model"]["id"] == DOCUMENTS[0].stem


def test_a_byte_order_mark_is_no_problem(reader):
    assert reader.parse(b"\xef\xbb\xbf" + DATA)["model"]["id"] == DOCUMENTS[0].stem


def test_what_is_scanned_never_reaches_the_child():
    with Child(command=["no such program"]) as child, pytest.raises(SbmlError, match="empty"):
        child.parse(b"")


def test_what_is_no_model_is_a_letter(reader):
    with pytest.raises(SbmlError):
        reader.parse(b'<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"/>')


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("os._exit(3)", "ended with code 3"),
        ("say(b'hello')", "not understood"),
        ("print('Segmentation fault'); sys.stdout.flush(); sys.stdout.close(); os._exit(0)", "code 0"),
        ("sys.stdout.buffer.write(b'\\xff' * 8); sys.stdout.flush(); time.sleep(60)", "no message"),
        (
            "sys.stdout.buffer.write((100).to_bytes(8, 'little') + b'x'); sys.stdout.flush(); os._exit(0)",
            "code 0",
        ),
        ("say(b'{\"model\": ' + b'[' * 100 + b']' * 100 + b'}')", "deep"),
        ('say(b\'{"refused": [{"what": "a delay", "where": "event e", "remedy": "Cut."}]}\')', "delay"),
    ],
)
def test_every_end_of_a_child_is_a_letter(code, word):
    with Child(command=saying(code)) as child, pytest.raises(SbmlError, match=word):
        child.parse(DATA)


@POSIX
@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGKILL"])
def test_a_crash_is_a_letter(name):
    code = f"import signal; os.kill(os.getpid(), signal.{name}); time.sleep(60)"
    with Child(command=saying(code)) as child, pytest.raises(SbmlError, match=rf"crashed \({name}\)"):
        child.parse(DATA)


@pytest.mark.parametrize(
    "code", ["time.sleep(60)", "while True: pass", "sys.stdout.buffer.write(b'xx'); time.sleep(60)"]
)
def test_a_hang_ends_at_the_limit(code):
    start = time.perf_counter()
    with (
        Child(seconds=0.5, command=saying(code)) as child,
        pytest.raises(SbmlError, match=r"longer than 0.5 s"),
    ):
        child.parse(DATA)
    assert time.perf_counter() - start < 5.0  # of a busy machine; the limit is half a second
    assert threading.active_count() < 20


@POSIX
def test_children_of_the_child_end_with_it(tmp_path):
    mark = tmp_path / "mark"
    inner = f"import time; time.sleep(2); open({str(mark)!r}, 'w')"
    code = f"import subprocess; subprocess.Popen([sys.executable, '-c', {inner!r}]); time.sleep(60)"
    with Child(seconds=0.7, command=saying(code)) as child, pytest.raises(SbmlError, match="longer"):
        child.parse(DATA)
    time.sleep(2.5)
    assert not mark.exists()


def test_a_child_that_does_not_listen_does_not_block_us():
    data = DATA.replace(b"</model>", b"<!--" + b" " * 5_000_000 + b"--></model>")
    code = [sys.executable, "-I", "-c", "import time; time.sleep(60)"]
    with Child(seconds=0.5, command=code) as child, pytest.raises(SbmlError, match="longer"):
        child.parse(data)


def test_a_child_is_replaced_when_it_dies():
    code = "if b'decay' in data: os._exit(1)\nsay(b'{\"model\": {}}')"
    decay = next(path for path in DOCUMENTS if path.stem == "decay").read_bytes()
    dimer = next(path for path in DOCUMENTS if path.stem == "dimer").read_bytes()
    with Child(command=saying(code)) as child:
        for _ in range(2):
            assert child.parse(dimer) == {"model": {}}
            with pytest.raises(SbmlError, match="ended with code 1"):
                child.parse(decay)
        assert child.parse(dimer) == {"model": {}}
        assert child.starts == 3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its address space")
def test_memory_is_limited():
    greedy = serving("return {'model': bytearray(3 * 1024**3) and {}}")
    with Child(command=greedy) as child, pytest.raises(SbmlError, match="more memory than is allowed"):
        child.parse(DATA)


@POSIX
def test_cpu_time_is_limited():
    busy = serving("while True: pass", seconds=0.2)
    with Child(seconds=30.0, command=busy) as child, pytest.raises(SbmlError, match="CPU time"):
        child.parse(DATA)


def test_recursion_is_a_letter():
    with (
        Child(command=serving("return read(data)")) as child,
        pytest.raises(SbmlError, match="nested too deep"),
    ):
        child.parse(DATA)


def test_what_a_library_prints_is_no_answer():
    read = "import os; os.write(1, b'noise' * 100); print('noise'); return {'model': {}}"
    with Child(command=serving(read)) as child:
        assert child.parse(DATA) == {"model": {}}


def test_the_parent_does_not_load_libsbml(tmp_path):
    # In another folder, with a trap for those who import from where they stand.
    (tmp_path / "libsbml.py").write_text("raise RuntimeError('trapped')")
    (tmp_path / "json.py").write_text("raise RuntimeError('trapped')")
    code = (
        f"import sys; sys.path[0:1] = [{SOURCE!r}]\n"
        "from pathlib import Path\n"
        "from smaclab.network.sbml.child import parse_in_child\n"
        f"parse_in_child(Path({str(DOCUMENTS[0])!r}).read_bytes())\n"
        "assert not [name for name in sys.modules if 'libsbml' in name]\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, timeout=60)


def test_without_libsbml_the_letter_says_what_to_install(monkeypatch):
    monkeypatch.setattr(child_module.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SbmlError, match=r'pip install "smaclab\[sbml\]"'):
        command()


@pytest.mark.parametrize("memory", ["2", "2 GB", "-1 GiB", "GiB", "0 MiB", "1.5 GiB"])
def test_memory_needs_a_number_and_a_unit(memory):
    with pytest.raises(SbmlError, match="memory"):
        command(memory=memory)


def test_formulas_that_grow_without_end_are_refused(tmp_path):
    path = tmp_path / "growing.xml"
    path.write_bytes(growing(60))
    with pytest.raises(SbmlError, match=r"growing\.xml: model 'm': .*more than 2,000,000 operations"):
        read_sbml(path)


def test_what_is_built_from_the_answer_is_stopped_by_the_clock_too(tmp_path, monkeypatch):
    # As if the size had not been seen: what is built from this takes some 2 ** 60 steps.
    monkeypatch.setattr("smaclab.network.sbml.build.check_size", lambda formulas: None)
    path = tmp_path / "growing.xml"
    path.write_bytes(growing(60))
    start = time.perf_counter()
    with Child() as child:
        child.parse(DATA)  # its start is over
        with pytest.raises(SbmlError, match=r"growing\.xml: not read after 1 s and stopped"):
            read_sbml(path, child, seconds=1.0)
        assert time.perf_counter() - start < 10.0
        assert read_sbml(DOCUMENTS[0], child).id == DOCUMENTS[0].stem


def test_a_scan_counts_into_the_time(monkeypatch):
    monkeypatch.setattr(child_module, "scan", lambda data: time.sleep(1.0))
    with Child(seconds=0.5, command=saying("time.sleep(60)")) as child:
        start = time.perf_counter()
        with pytest.raises(SbmlError, match="longer"):
            child.parse(DATA)
        assert time.perf_counter() - start < 1.4


@POSIX
def test_what_is_no_file_is_not_waited_for(tmp_path):
    import os

    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", ""):
        with pytest.raises(SbmlError, match="is not a file"):
            read_sbml(tmp_path / name)


def test_one_child_reads_several_files():
    with Child() as child:
        models = [read_sbml(path, child) for path in DOCUMENTS[:3]]
        assert child.starts == 1
    assert models[2].quantities == read_sbml(DOCUMENTS[2]).quantities
