"""The program and others as one types them, in a process of their own, or in this one."""

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.config import CommandLine
from fdtrygd import errors, settings

FDTRYGD = Path(sys.executable).with_name("fdtrygd")


def start(*arguments: object, to: str | None, **options: Any) -> subprocess.Popen[str]:
    """`fdtrygd ARGUMENTS` on the database at `to`, in a process of its own."""
    environment = {**os.environ, "COLUMNS": "100", **({"FDTRYGD_DATABASE_URL": to} if to else {})}
    environment |= options.pop("environment", {})
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([FDTRYGD, *map(str, arguments)], text=True, env=environment, **{**streams, **options})


def said(process: subprocess.Popen[str], status: int = errors.REFUSED) -> str:
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
    result = subprocess.run(
        [FDTRYGD, *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        cwd=directory,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "FDTRYGD_DATABASE_URL": to, "COLUMNS": "100"},
    )
    assert re.search(r"\b\d{11}\b", result.stdout + result.stderr) is None  # a digest may have as many in a row
    assert "Traceback" not in result.stderr
    return result


#: The program, but with all the time that a busy machine may need for a load that it waits for.
PATIENT = [
    sys.executable,
    "-c",
    "from fdtrygd import __main__ as program; from fdtrygd.db import locks; locks.PATIENCE = 600; program.main()",
]
