"""Which files there are, and what no file of any kind may be."""

import hashlib
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fdtrygd.errors import UserError
from fdtrygd.files import BadFile, MonthFile, digest, find_month_files

from month_file import (
    HEADER,
    ROW,
    VALUES,
    Loader,
    month_file,
)


def test_month_files_are_found_by_year_and_month(tmp_path: Path) -> None:
    names = (
        "arbsok_200406.csv",
        "ARBSOK_200405.Parquet",
        "arbsok_200312.SAS7BDAT",
        "notes.txt",
        "arbsok_2004.csv",
    )
    for name in names:
        month_file(tmp_path / name, "")
    found = find_month_files(tmp_path)
    assert [(year, list(months)) for year, months in found.items()] == [(2003, [12]), (2004, [5, 6])]
    assert found[2004][5] == MonthFile(tmp_path / "ARBSOK_200405.Parquet", 2004, 5)
    assert found[2003][12].name == "arbsok_200312.SAS7BDAT"


@pytest.mark.parametrize("name", ["arbsok_200406.xlsx", "arbsok_200406", "arbsok_200406.csv.gz"])
def test_unknown_ending(tmp_path: Path, name: str) -> None:
    month_file(tmp_path / name, "")
    with pytest.raises(UserError, match=rf"^{name}: a month file ends in \.csv, \.parquet, \.sas7bdat"):
        find_month_files(tmp_path)


@pytest.mark.parametrize("month", ["00", "13", "99"])
def test_no_such_month(tmp_path: Path, month: str) -> None:
    month_file(tmp_path / f"arbsok_2004{month}.csv", "")
    with pytest.raises(UserError, match=f"arbsok_2004{month}.csv: there is no month {month}"):
        find_month_files(tmp_path)


def test_two_files_for_a_month(tmp_path: Path) -> None:
    month_file(tmp_path / "arbsok_200406.csv", "")
    month_file(tmp_path / "arbsok_200406.parquet", "")
    with pytest.raises(UserError, match=r"arbsok_200406\.csv and arbsok_200406\.parquet"):
        find_month_files(tmp_path)


def test_no_directory(tmp_path: Path) -> None:
    month_file(tmp_path / "file", "")
    for directory, problem in (("none", "no directory"), ("file", "is a file"), ("", "no month files")):
        with pytest.raises(UserError, match=problem):
            find_month_files(tmp_path / directory)


def test_digest(tmp_path: Path) -> None:
    file = month_file(tmp_path / "arbsok_200406.csv", b"abc" * 1_000_000)
    assert digest(file) == (3_000_000, hashlib.sha256(b"abc" * 1_000_000).hexdigest())


@pytest.mark.parametrize("ending", ["csv", "parquet", "sas7bdat"])
def test_empty_file(load: Loader, ending: str) -> None:
    assert "is empty (0 bytes)" in load.refusal(load.file(b"", ending))


@pytest.mark.parametrize("ending", ["csv", "parquet", "sas7bdat"])
def test_what_is_no_file(load: Loader, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused without being opened: a pipe, and many a device, would never answer."""
    path = load.directory / f"arbsok_200407.{ending}"

    def a_socket() -> None:
        with socket.socket(socket.AF_UNIX) as server:
            monkeypatch.chdir(load.directory)  # the path of a socket is short
            server.bind(path.name)

    kinds: dict[str, Callable[[], object]] = {
        "is a directory": path.mkdir,
        "is a pipe": lambda: os.mkfifo(path),
        "is a socket": a_socket,
        "is a device": lambda: path.symlink_to("/dev/zero"),
        "is a link to a file that is not there": lambda: path.symlink_to("nowhere"),
        "is a link that leads back to itself": lambda: path.symlink_to(path),
    }
    for said, make in kinds.items():
        make()
        file = MonthFile(path, 2004, 7)
        assert said in load.refusal(file)
        with pytest.raises(BadFile, match=said):
            digest(file)
        path.rename(load.directory / said)


def test_a_link_to_a_file_is_a_file(load: Loader) -> None:
    file = load.file(f"{HEADER}\n{ROW}\n")
    path = load.directory / "arbsok_200407.csv"
    path.symlink_to(file.path)
    assert load.rows(MonthFile(path, 2004, 7)) == [VALUES]


@pytest.mark.parametrize("ending", ["csv", "parquet", "sas7bdat"])
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "permission"),
        (OSError(5, "Input/output error"), "Input/output"),
    ],
)
def test_unreadable(load: Loader, monkeypatch: pytest.MonkeyPatch, ending: str, error: OSError, said: str) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    file = load.file(f"{HEADER}\n{ROW}\n", ending)
    monkeypatch.setattr(Path, "open", fail)
    message = load.refusal(file)
    assert "cannot be read" in message
    assert said in message


def test_file_is_gone(load: Loader) -> None:
    assert "No such file" in load.refusal(MonthFile(load.directory / "arbsok_200401.csv", 2004, 1))


@pytest.mark.parametrize(
    ("ending", "package", "extra"),
    [("parquet", "pyarrow", "parquet"), ("sas7bdat", "pyarrow", "sas"), ("sas7bdat", "pyreadstat", "sas")],
)
def test_package_is_not_installed(
    load: Loader, monkeypatch: pytest.MonkeyPatch, ending: str, package: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    message = load.refusal(load.file(b"x", ending))
    assert f"pip install 'fdtrygd[{extra}]'" in message
