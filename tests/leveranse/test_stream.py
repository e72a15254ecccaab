"""Rows on their way from the server: taken by one thread, worked on by another; what fails in one ends the other."""

import hashlib
import itertools
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fdtrygd.leveranse.stream import BLOCK, Spool

import made_delivery as made

TABLE = made.table(made.LPNR, made.HOVED, made.DAGER)
#: As COPY gives them
LINES = [f"p{number // 3:016x},{1 + number % 2},{number}\n".encode() for number in range(BLOCK // 8)]


def taken(folder: Path, lines: Iterator[bytes], csv: Path | None = None) -> Spool:
    with Spool(TABLE, folder / "perioder.arrow", lambda rows: None, csv) as spool:
        spool.take(lines)
    return spool


def test_all_rows_come_in_order(tmp_path: Path) -> None:
    """Over several blocks; their checksum is that of COPY's text."""
    text = b"".join(LINES)
    assert len(text) > 3 * BLOCK
    read = taken(tmp_path, iter(LINES)).read
    assert (read.rows, read.persons) == (len(LINES), -(-len(LINES) // 3))
    assert read.digest == hashlib.sha256(text).hexdigest()
    assert [number for batch in read.batches() for number in batch.column("dager").to_pylist()] == [*range(len(LINES))]


def test_the_csv_file_is_the_text(tmp_path: Path) -> None:
    read = taken(tmp_path, iter(LINES), tmp_path / "perioder.csv").read
    assert read.csv == tmp_path / "perioder.csv"
    assert read.csv.read_bytes() == b"lpnr,hoved,dager\n" + b"".join(LINES)
    assert taken(tmp_path, iter(LINES)).read.csv is None


def test_no_rows(tmp_path: Path) -> None:
    read = taken(tmp_path, iter([])).read
    assert (read.rows, read.persons, [*read.batches()]) == (0, 0, [])
    assert read.digest == hashlib.sha256(b"").hexdigest()


def test_what_cannot_be_written_ends_the_taking(tmp_path: Path) -> None:
    """Rows without end are not waited for."""
    with pytest.raises(FileNotFoundError):
        taken(tmp_path / "missing", itertools.cycle(LINES))
    assert threading.active_count() == 1


@pytest.mark.parametrize("after", [0, 1, len(LINES)])
def test_rows_that_end_early_end_the_work(tmp_path: Path, after: int) -> None:
    def lines() -> Iterator[bytes]:
        yield from LINES[:after]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        taken(tmp_path, lines())
    assert threading.active_count() == 1
