"""fdtrygd/screen.py and fdtrygd/leaving.py: text is text, wherever it comes from; Ctrl-C ends the program."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from fdtrygd import settings
from fdtrygd.db import installation
from fdtrygd.files import File
from fdtrygd.screen import Screen, one_line
from rich.table import Table
from rich.text import Text


def printed(what: object, encoding: str = "utf-8") -> str:
    """What a screen makes of it, in a terminal that knows escape sequences."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    Screen(file=stream, force_terminal=True, width=200, color_system=None).print(what, soft_wrap=True)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[/b] [bold]x[/bold] :smile: [red]", "[/b] [bold]x[/bold] :smile: [red]"),
        ("\x1b]0;title\x07\x1b[31mred", r"\x1b]0;title\x07\x1b[31mred"),
        ("over\rwritten\x08\x7f\x9b2J", r"over\rwritten\x08\x7f\x9b2J"),
        ("turned \u202eround\u2069 \u200b\u2028", r"turned \u202eround\u2069 \u200b\u2028"),
        ("byte \udcf8 of a name", r"byte \udcf8 of a name"),
        ("two\nlines, Ærlig – 1\u00a0000", "two\nlines, Ærlig – 1\u00a0000"),
    ],
)
def test_text_is_text(text: str, shown: str) -> None:
    """Neither markup nor an escape sequence nor what a spreadsheet left: as a sentence, in a table, with a style."""
    assert printed(text) == shown + "\n"
    assert printed(Text(text.replace("\r", "").replace("\x08", "").replace("\x07", ""), style="bold")) == (
        shown.replace(r"\r", "").replace(r"\x08", "").replace(r"\x07", "") + "\n"
    )
    table = Table("column")
    table.add_row(text)
    for line in shown.split("\n"):
        assert line in printed(table)
    assert one_line(text) == shown.replace("\n", r"\n")


def test_an_encoding_that_lacks_a_character() -> None:
    assert printed("Ærlig – 1", "latin-1") == "Ærlig \\u2013 1\n"
    assert printed("Ærlig", "ascii") == "\\xc6rlig\n"


def test_a_files_name_is_one_line() -> None:
    assert File(Path("/x/arb\x1b[2J\nsok.csv")).name == r"arb\x1b[2J\nsok.csv"


def test_the_checkouts_name_is_no_reference(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """alembic's settings know '%(here)s', and a folder may be called '100 %'."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    root = tmp_path / "100 %(x)s %% [" / "b]"
    root.mkdir(parents=True)
    (root / "migrations").symlink_to(settings.ROOT / "migrations")
    monkeypatch.setattr(settings, "ROOT", root)
    found = []

    def look(config: Config, revision: str) -> None:
        found.append(ScriptDirectory.from_config(config).get_current_head())

    monkeypatch.setattr(command, "upgrade", look)
    installation.upgrade("postgresql:///nowhere")
    assert found == [installation.newest_revision()]


# What waits and cannot be waked: a lock of the C library that its own thread holds, as a network drive that hangs
HANG = """
import ctypes, sys, threading
from fdtrygd.leaving import stoppable
def hang():
    lock = ctypes.create_string_buffer(64)
    ctypes.CDLL(None).pthread_mutex_lock(lock)
    while True:
        try:
            ctypes.CDLL(None).pthread_mutex_lock(lock)
        except KeyboardInterrupt:  # too early
            pass
with stoppable():
    if sys.argv[1] == "main":
        while True:
            try:
                print("hangs", flush=True)
                hang()
            except KeyboardInterrupt:  # too early
                pass
    elif sys.argv[1] == "thread":
        thread = threading.Thread(target=hang)
        thread.start()
        try:
            print("hangs", flush=True)
            threading.Event().wait()
        except KeyboardInterrupt:
            print("interrupted", flush=True)
            thread.join()
    else:
        try:
            print("hangs", flush=True)
            threading.Event().wait()
        except KeyboardInterrupt:
            print("interrupted", flush=True)
"""


@pytest.mark.parametrize("where", ["main", "thread", "nowhere"])
def test_ctrl_c(where: str) -> None:
    """The first one interrupts what can be interrupted; the second one ends the process whatever it waits for."""
    with subprocess.Popen(
        [sys.executable, "-c", HANG, where], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == "hangs\n"
        process.send_signal(2)
        assert process.stderr.readline() == "\n"
        assert "Ctrl-C once more" in process.stderr.readline()
        if where != "main":
            assert process.stdout.readline() == "interrupted\n"
        if where != "nowhere":
            process.send_signal(2)
        said = process.stderr.read()
    assert process.returncode == (0 if where == "nowhere" else 130)
    assert said == "" if where == "nowhere" else "Left at once" in said
