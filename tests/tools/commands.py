"""The program and others as one types them, in a process of their own, or in this one."""

import contextlib
import io
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic.config import CommandLine
from fdtrygd import errors, settings
from fdtrygd.cli import load_year as command

from launcher import Forked

FDTRYGD = Path(sys.executable).with_name("fdtrygd")
#: `fdtrygd load-year --jobs 1`, for tests of what any number of connections gives (test_load.py says that it does)
load_year = partial(command.load_year, jobs=1)


def start(*arguments: object, to: str | None, **options: Any) -> subprocess.Popen[str] | Forked:
    """`fdtrygd ARGUMENTS` on the database at `to`, in a process of its own.

    It is forked from one that has imported the program, but where something is to be otherwise from its first moment.
    """
    environment = {**os.environ, "COLUMNS": "100", **({"FDTRYGD_DATABASE_URL": to} if to else {})}
    command = [str(FDTRYGD), *map(str, arguments)]
    if options.keys() <= {"stdout", "cwd"}:
        return Forked(command, environment, **options)
    environment |= options.pop("environment", {})
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, text=True, env=environment, **{**streams, **options})


def said(process: subprocess.Popen[str] | Forked, status: int = errors.REFUSED) -> str:
    """What the process says in the end: its last line on stderr, which is a sentence; no traceback, no record."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == status, err
    assert "Traceback" not in err
    assert re.search(r"\b\d{11}\b", (out or "") + err) is None  # a digest may have as many in a row
    last = err.splitlines()[-1]
    assert last.startswith("fdtrygd: "), err
    return last.removeprefix("fdtrygd: ")


def run(program: str, *arguments: str, to: str | None, check: bool = True, **options: Any) -> Any:
    """A program with FDTRYGD_DATABASE_URL set."""
    environment = {**os.environ, "FDTRYGD_DATABASE_URL": to or "postgresql://nobody@127.0.0.1:1/nothing"}
    return subprocess.run(
        [program, *arguments], check=check, capture_output=True, text=True, env=environment, **options
    )


def alembic(*arguments: str, to: str | None) -> Any:
    """`python -m alembic` as one types it in a checkout."""
    return run(sys.executable, "-m", "alembic", *arguments, to=to, cwd=settings.ROOT)


def here(checkout: Path, *arguments: str, to: str | None = None) -> str:
    """The same in this process, which is faster; what it says."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said):
        patch.chdir(checkout)
        patch.setenv("FDTRYGD_DATABASE_URL", to or "postgresql://nobody@127.0.0.1:1/nothing")
        CommandLine().main([*arguments])
    return said.getvalue()


def typed(*arguments: object, to: str, directory: Path | None = None) -> subprocess.CompletedProcess[str]:
    """`fdtrygd ARGUMENTS` on the database at `to`; never a fødselsnummer in what it says, never a traceback."""
    process = start(*arguments, to=to, cwd=directory)
    out, err = process.communicate()
    result = subprocess.CompletedProcess(process.args, process.returncode, out, err)
    assert re.search(r"\b\d{11}\b", result.stdout + result.stderr) is None  # a digest may have as many in a row
    assert "Traceback" not in result.stderr
    return result


#: The program, but with all the time that a busy machine may need for a load that it waits for.
PATIENT = [
    sys.executable,
    "-c",
    "from fdtrygd import __main__ as program; from fdtrygd.db import locks; locks.PATIENCE = 600; program.main()",
]
