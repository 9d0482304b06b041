"""An archive of others, read in memory: what leads out of it, links, bombs and what is encrypted is refused.

Nothing is unpacked to a disk.  Sizes that the archive declares are checked first, and again while reading, as
a declaration can lie.
"""

import re
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from smaclab.errors import SbmlError, shown
from smaclab.exchange.omex import FORMATS, MANIFEST
from smaclab.exchange.plain_xml import local_name, read_xml

MOST_BYTES = 256 * 1024**2  # of the archive
MOST_FILES = 1000
MOST_FILE_BYTES = 64 * 1024**2
MOST_TOTAL_BYTES = 512 * 1024**2
MOST_RATIO = 200  # unpacked to packed, of files above 1 MiB; XML shrinks to a tenth or a thirtieth
RATIO_FROM = 1024**2


def read_omex(path: str | Path) -> dict[str, bytes]:
    """The files of an archive, by their path inside.

    Raises:
        SbmlError: no such file, no ZIP, or an entry that is refused.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SbmlError(f"{path.name}: {path.stat().st_size:,} bytes; at most {MOST_BYTES:,} are read.")
        with zipfile.ZipFile(path) as archive:
            return _files(archive)
    except OSError as problem:
        raise SbmlError(f"{path}: cannot be read ({problem.strerror}).") from problem
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as problem:
        raise SbmlError(f"{path.name}: not a sound ZIP archive ({shown(str(problem))}).") from problem
    except SbmlError as problem:
        raise SbmlError(f"{path.name}: {problem}") from problem


def _files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise SbmlError(f"{len(entries)} entries; at most {MOST_FILES} are read.")
    total = sum(one.file_size for one in entries)
    if total > MOST_TOTAL_BYTES:
        raise SbmlError(f"unpacks to {total:,} bytes; at most {MOST_TOTAL_BYTES:,} are read.")
    found: dict[str, bytes] = {}
    for one in entries:
        name = inside(one.filename)
        _check(one)
        if one.is_dir():
            continue
        if name in found:
            raise SbmlError(f"{shown(name)} stands in it twice.")
        with archive.open(one) as file:
            found[name] = file.read(one.file_size + 1)
        if len(found[name]) != one.file_size:
            raise SbmlError(f"{shown(name)} has another size than the {one.file_size:,} bytes it declares.")
    return found


def inside(name: str) -> str:
    """The path inside an archive, without a leading `./`.

    Raises:
        SbmlError: it leads out of the archive, or no file can have this name everywhere.
    """
    parts = PurePosixPath(name).parts
    if (
        not parts
        or name.startswith("/")
        or ".." in parts
        or any(mark in name for mark in ("\\", "\0", ":"))
        or any(ord(character) < 32 for character in name)
    ):
        raise SbmlError(f"the path {shown(name)} may lead out of the archive; it is refused.")
    return str(PurePosixPath(*parts))


def beside(path: str, source: str) -> str:
    """The path inside an archive of a file that another one names, seen from there: `../model.xml`.

    Args:
        path: of the file that names it.
        source: as it stands there; `%20` is a blank.

    Raises:
        SbmlError: an address of the web or of a database, or a path out of the archive.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", source):
        raise SbmlError(f"{shown(source)} is an address; put the file into the archive and name its path.")
    parts = list(PurePosixPath(path).parent.parts)
    for part in PurePosixPath(unquote(source)).parts:
        if part == ".." and not parts:
            raise SbmlError(f"the path {shown(source)} may lead out of the archive; it is refused.")
        if part == "..":
            parts.pop()
        elif part == "/":
            raise SbmlError(f"the path {shown(source)} may lead out of the archive; it is refused.")
        else:
            parts.append(part)
    return inside("/".join(parts))


def _check(one: zipfile.ZipInfo) -> None:
    mode = one.external_attr >> 16
    if stat.S_ISLNK(mode) or (mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)):
        raise SbmlError(f"{shown(one.filename)} is a link or a device; only files are read.")
    if one.flag_bits & 0x1:
        raise SbmlError(f"{shown(one.filename)} is encrypted; unpack it and pack it again without.")
    if one.file_size > MOST_FILE_BYTES:
        raise SbmlError(
            f"{shown(one.filename)} unpacks to {one.file_size:,} bytes; at most {MOST_FILE_BYTES:,} are read."
        )
    if one.file_size > RATIO_FROM and one.file_size > MOST_RATIO * max(one.compress_size, 1):
        raise SbmlError(
            f"{shown(one.filename)} unpacks to {one.file_size // max(one.compress_size, 1)} times its size; "
            f"at most {MOST_RATIO} times is read."
        )


def experiments_in(files: Mapping[str, bytes]) -> list[str]:
    """The SED-ML files to run: the manifest's masters if there are any, else all of them, sorted.

    Raises:
        SbmlError: no manifest, or one that names what is not there.
    """
    if MANIFEST not in files:
        raise SbmlError(f"no {MANIFEST}; a COMBINE archive has one.")
    masters: list[str] = []
    others: list[str] = []
    for one in read_xml(files[MANIFEST], MANIFEST).iter():
        if local_name(one) != "content" or not _is_sedml(one.get("format", "")):
            continue
        path = _listed(one.get("location", ""), files)
        if path not in files:
            raise SbmlError(f"{MANIFEST} names {shown(path)}, which is not in the archive.")
        (masters if one.get("master", "").lower() == "true" else others).append(path)
    if not masters and not others:
        raise SbmlError(f"{MANIFEST} names no SED-ML file ({FORMATS['sedml']}).")
    return sorted(masters or others)


def _listed(location: str, files: Mapping[str, bytes]) -> str:
    """The path of an entry of the manifest; some programs write blanks as `%20`, some do not."""
    path = inside(location)
    return path if path in files else inside(unquote(location))


def _is_sedml(text: str) -> bool:
    return "sed-ml" in text.lower() or "sedml" in text.lower()
