"""A file to the server, of whatever kind it is."""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg

from fdtrygd.files import arrow, csv
from fdtrygd.files.file import COLUMNS, BadFile, Copied, File, MonthFile, modified, regular


def copy_month(
    connection: psycopg.Connection[Any],
    file: MonthFile,
    table: str,
    *,
    optional: frozenset[str] = frozenset(),
    progress: Callable[[int], None] | None = None,
) -> Copied:
    """COPY the file's records, in their order, into `table`, which has the columns of `COLUMNS`.

    Columns in `optional` may be absent from the file. `progress` is told how many bytes more have been sent;
    in the end these add up to the file's size. The caller owns the transaction: it rolls back after an error.
    """
    return copy_file(connection, file, table, COLUMNS, optional=optional, progress=progress)


def copy_file(
    connection: psycopg.Connection[Any],
    file: File,
    table: str,
    columns: tuple[str, ...],
    *,
    optional: frozenset[str] = frozenset(),
    progress: Callable[[int], None] | None = None,
) -> Copied:
    """The same for a file with other columns."""
    load = csv.copy if file.path.suffix.lower() == ".csv" else arrow.copy
    before = _state(regular(file))
    copied = load(connection, file, table, columns, optional, progress or (lambda count: None))
    status = regular(file)
    if _state(status) != before:
        raise BadFile(f"{file.name} changed while it was read. Load it again when it is complete.")
    return replace(copied, modified=modified(status))


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns
