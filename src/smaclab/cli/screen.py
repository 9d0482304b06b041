"""What a terminal shows: tables, letters, progress."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Protocol

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table as RichTable


class Rows(Protocol):
    """A caption, a header and rows of text; `report.page.Table` is one."""

    @property
    def caption(self) -> str:
        """Over the table."""

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the columns."""

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Texts, as many in a row as there are columns."""


def out() -> Console:
    """Where results go.  Made anew each time, so that it follows a redirected stdout."""
    return Console(highlight=False)


def err() -> Console:
    """Where letters and progress go."""
    return Console(stderr=True, highlight=False)


def show_table(table: Rows) -> None:
    """A table as wide as the terminal; long texts are folded, never cut."""
    show_rows(table.header, table.rows, title=table.caption)


def show_rows(header: Sequence[str], rows: Sequence[Sequence[str]], *, title: str | None = None) -> None:
    """Rows of text under a header."""
    drawn = RichTable(title=escape(title) if title else None, title_justify="left", title_style="bold")
    for name in header:
        drawn.add_column(escape(name), overflow="fold")
    for row in rows:
        drawn.add_row(*(escape(text) for text in row))
    out().print(drawn)


def say(text: str) -> None:
    """A line for the reader of results."""
    out().print(escape(text), soft_wrap=True)


def complain(text: str) -> None:
    """A letter about what went wrong."""
    err().print(f"[bold red]error:[/] {escape(text)}", soft_wrap=True)


@contextmanager
def progress(words: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar of cells done; None where nobody watches, such as in a log file."""
    console = err()
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def count(words: str) -> Iterator[Callable[[str, int, int], None]]:
    """How many are done, at what stage and pace, where nobody knows how many there will be.

    What comes out takes the stage, how many are done, and how many of these were read and not made now. Where
    nobody watches, such as in a log file, it writes a line a stage.
    """
    console = err()
    begun, last = monotonic(), ""

    def line(stage: str, done: int, read: int) -> str:
        pace = (monotonic() - begun) / max(done - read, 1)
        return f"{words}: {done}, {stage}" + (f", {pace:.1f} s each" if done > read else ", read")

    if not console.is_terminal:

        def write(stage: str, done: int, read: int) -> None:
            nonlocal last
            if stage != last:
                last = stage
                console.print(escape(line(stage, done, read)), soft_wrap=True)

        yield write
        return
    with console.status(words) as status:
        yield lambda stage, done, read: status.update(escape(line(stage, done, read)))
