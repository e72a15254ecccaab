"""A month file to the server, of whatever kind it is."""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg

from fdtrygd.files import arrow, csv
from fdtrygd.files.file import BadFile, Copied, MonthFile, modified, regular


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
    load = csv.copy if file.path.suffix.lower() == ".csv" else arrow.copy
    before = _state(regular(file))
    copied = load(connection, file, table, optional, progress or (lambda count: None))
    status = regular(file)
    if _state(status) != before:
        raise BadFile(f"{file.name} changed while it was read. Load it again when it is complete.")
    return replace(copied, modified=modified(status))


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns
