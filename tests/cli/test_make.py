"""The Makefile: what a user names reaches the program letter by letter, whatever make or a shell could make of it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fdtrygd import settings

ODD = [
    "it's here",
    "$HOME/$(YEAR)/$$x",
    'a "b" `c` \\d',
    "x; exit 1 # y",
    "[/b] 100 % *",
    "two\nlines",
    "-- --accept",
]

SHOW = "import json, sys\nprint(json.dumps(sys.argv[1:]))\n"


@pytest.fixture(params=["checkout", "it's [b] 100 % $x; y"])
def checkout(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A folder in which the program shows what it is given, and nothing needs to be installed."""
    folder = tmp_path / str(request.param)
    (folder / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(settings.ROOT / "Makefile", folder)
    (folder / "pyproject.toml").touch()
    os.utime(folder / "pyproject.toml", (0, 0))
    (folder / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (folder / ".venv" / "bin" / "fdtrygd").write_text(SHOW)
    for stamp in (".ready", ".report"):
        (folder / ".venv" / stamp).write_text(f"{folder}\n")
    return folder


def given(checkout: Path, *arguments: str, **environment: str) -> list[str]:
    """The arguments that the program gets."""
    made = subprocess.run(
        ["make", *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=checkout,
        # Not as a part of the make that runs the tests: that has words of its own
        env={name: text for name, text in os.environ.items() if "MAKE" not in name} | environment,
    )
    shown: list[str] = json.loads(made.stdout)
    return shown


@pytest.mark.parametrize("text", ODD)
def test_as_it_was_typed(checkout: Path, text: str) -> None:
    assert given(checkout, "load-year", "YEAR=2004", f"DATA={text}") == ["load-year", "2004", "--data", text]
    assert given(checkout, "load-year", "YEAR=2004", DATA=text) == ["load-year", "2004", "--data", text]
    assert given(checkout, "report", "YEAR=2004", f"OUT={text}") == ["report", "2004", "--out", text]
    flat = given(checkout, "flatfile", "YEAR=2004", f"OUT={text}", f"WHY={text}")
    assert flat == ["flatfile", "2004", "--out", text, "--why", text]
    assert given(checkout, "official", f"FILE={text}") == ["official", "import", text]
    assert given(checkout, "backup", f"FILE={text}") == ["db", "backup", text]
    assert given(checkout, "restore", f"FILE={text}") == ["db", "restore", text]
    assert given(checkout, "synthetic", f"DIR={text}", "FULL=1") == ["synthetic", text, "--full"]


def test_what_is_not_named_is_not_given(checkout: Path) -> None:
    assert given(checkout, "check") == ["check"]
    assert given(checkout, "check", "YEAR=2003; ls") == ["check", "2003; ls"]
    assert given(checkout, "check", "VERBOSE=0") == ["check"]
    assert given(checkout, "check", "VERBOSE=1") == ["check", "--verbose"]


def test_the_list_of_targets_has_two_columns() -> None:
    """What a target does begins in one column, whatever its name."""
    command = ["make", "--no-print-directory", "help"]  # make test is a make, too
    listed = subprocess.run(command, cwd=settings.ROOT, capture_output=True, text=True, check=True).stdout
    begins = {len(re.match(r"make \S+ +", line)[0]) for line in listed.splitlines()}  # type: ignore[index]
    assert len(begins) == 1
