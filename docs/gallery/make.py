"""The pictures of the gallery, made by the very snippets that stand on its pages: `make gallery`.

A page is a Markdown file beside this one: a question as its title, a picture, at most one TOML block, whose
first line is a comment with its file's name, and one Python block that leaves what it draws in `picture`.

    python docs/gallery/make.py              # every page
    python docs/gallery/make.py ciap_loss    # one
"""

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from smaclab.lab.pictures import origin
from smaclab.report import style

HERE = Path(__file__).parent
WIDTHS_PX = {"pictures": 1000, "pictures/small": 400}
"""Folder -> width: the page's picture, and the index's, drawn anew so that its letters can be read."""
MOST_DOTS_PER_INCH = 200  # a small figure is not blown up to the full width


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page, read from its Markdown.

    toml, python: the snippets; toml is empty where there is none. claims: ids.
    """

    name: str
    text: str
    question: str
    toml: str
    python: str
    claims: tuple[str, ...]

    @property
    def toml_name(self) -> str:
        """What the page calls its TOML file; empty where there is none."""
        return self.toml.splitlines()[0].removeprefix("#").strip() if self.toml else ""


def pages() -> list[Page]:
    """Every page, in the order of their names."""
    return [read(path) for path in sorted(HERE.glob("*.md")) if path.name != "README.md"]


def read(path: Path) -> Page:
    """One page."""
    text = path.read_text(encoding="utf-8")
    return Page(
        name=path.stem,
        text=text,
        question=text.splitlines()[0].removeprefix("# "),
        toml=_block(text, "toml"),
        python=_block(text, "python"),
        claims=tuple(re.findall(r"--claim (C\d\d)", text)),
    )


def run(page: Page, *, cells: int | None = None) -> dict[str, Any]:
    """Run the snippets in an empty folder, as a reader would.

    cells: instead of those on the page, for a quick look.

    Returns:
        The names that the Python block leaves, `picture` among them.
    """
    toml, python = (_with_cells(text, cells) for text in (page.toml, page.python))
    left: dict[str, Any] = {}
    with _empty_folder() as folder:
        if toml:
            (folder / page.toml_name).write_text(toml, encoding="utf-8")
        exec(compile(python, f"{page.name}.md", "exec"), left)  # the page's own code
    return left


def draw(page: Page, left: dict[str, Any]) -> None:
    """Write what a page left as its pictures, with their origin in the metadata."""
    picture = left["picture"]
    for folder, width_px in WIDTHS_PX.items():
        path = HERE / folder / f"{page.name}.png"
        path.parent.mkdir(exist_ok=True)
        if isinstance(picture, Figure):
            about = origin(left["result"].provenance, None)
            sharp = round(MOST_DOTS_PER_INCH * picture.get_size_inches()[0])
            path.write_bytes(style.to_png(picture, width_px=min(width_px, sharp), about=about))
        else:
            picture.save(path, width_px=width_px)
        _shrink(path)


def _shrink(path: Path) -> None:
    """48 colors are enough for a film, and a quarter of the bytes; the metadata stay."""
    with Image.open(path) as picture:
        kept = PngInfo()
        for key, words in getattr(picture, "text", {}).items():
            kept.add_text(key, words)
        few = picture.convert("RGB").quantize(48, dither=Image.Dither.NONE)
    few.save(path, pnginfo=kept, optimize=True)


def _block(text: str, language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return found.group(1) if found else ""


def _with_cells(text: str, cells: int | None) -> str:
    return text if cells is None else re.sub(r"(\bcells\"?\s*[=:]\s*)\d+", rf"\g<1>{cells}", text)


@contextmanager
def _empty_folder() -> Iterator[Path]:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(before)


def main(names: list[str]) -> None:
    """Make the pictures of the pages that are named; of all without a name."""
    for page in pages():
        if names and page.name not in names:
            continue
        start = time.perf_counter()
        draw(page, run(page))
        print(f"{time.perf_counter() - start:6.1f} s  {page.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
