"""F_ARBSOK is what the rows of lastet_aargang make of its partitions: nobody sees half a year, or waits for one.

docs/decisions/0009-a-year-beside.md
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import psycopg
import pytest
from fdtrygd import lasting
from fdtrygd.db import database, locks

from conftest import address
from contents import CLOCK, LOG, fingerprint
from loaded import Files, load

Connection = psycopg.Connection[Any]

PARTITIONS = (
    "SELECT c.relname FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid"
    " WHERE i.inhparent = 'trygdfob.forlopsdel'::regclass AND c.relname <> 'forlopsdel_ingen' ORDER BY c.relname"
)
COUNT = "SELECT count(*), md5(string_agg(f::text, '' ORDER BY f.fnr, f.regdato, f.kode)) FROM trygdfob.f_arbsok AS f"


def partitions(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute(PARTITIONS).fetchall()]


def unload(connection: Connection, year: int) -> None:
    with locks.alone(connection):
        lasting.unload_year(connection, year)


def state(connection: Connection) -> dict[str, tuple[int, str]]:
    return fingerprint(connection, without=CLOCK, but=LOG)


@contextmanager
def reader(connection: Connection) -> Iterator[Connection]:
    """Another session, with a snapshot that it keeps; it has read F_ARBSOK in it."""
    with database.connect(address(connection)) as other:
        other.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        other.execute(COUNT)
        yield other


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_snapshot_sees_one_state(clone: Connection, files: Files, jobs: int) -> None:
    """What was committed while it was read is not in it: not what a load attaches, nor what an unload takes away; and
    neither waits for whoever reads."""
    with reader(clone) as before:
        two_years = before.execute(COUNT).fetchone()
        load(clone, 2003, files, jobs=jobs)
        three_years = clone.execute(COUNT).fetchone()
        assert before.execute(COUNT).fetchone() == two_years != three_years
        with reader(clone) as between:
            unload(clone, 2003)
            assert between.execute(COUNT).fetchone() == three_years
            assert before.execute(COUNT).fetchone() == clone.execute(COUNT).fetchone() == two_years


def test_what_nobody_needs_goes_with_the_next_run(clone: Connection, files: Files) -> None:
    """Running spells of the last year but one are kept: they count again when the last year is taken back."""
    first, ended = "lopende_2001_01", ["forlop_2001_01", "forlop_2002_01"]
    assert partitions(clone) == [*ended, first, "lopende_2002_01"]
    load(clone, 2003, files)
    assert partitions(clone) == [*ended, "forlop_2003_01", first, "lopende_2002_01", "lopende_2003_01"]
    unload(clone, 2003)  # begins with what the load has left
    assert partitions(clone) == [*ended, "forlop_2003_01", "lopende_2002_01", "lopende_2003_01"]
    clone.execute("SELECT arbsok_lasting.rydd_forlopsdeler()")
    assert partitions(clone) == [*ended, "lopende_2002_01"]
    assert clone.execute("SELECT arbsok_lasting.rydd_forlopsdeler()").fetchone() == (0,)


def test_whoever_reads_is_not_waited_for(clone: Connection, files: Files) -> None:
    """A year whose tables somebody keeps from being dropped is loaded again beside them, and what is left of them does
    not come back with it."""
    load(clone, 2003, files)
    three_years = state(clone)
    with reader(clone) as other:
        seen = other.execute(COUNT).fetchone()
        unload(clone, 2003)
        assert clone.execute("SELECT arbsok_lasting.rydd_forlopsdeler()").fetchone() == (0,)
        load(clone, 2003, files)
        assert {"forlop_2003_01", "forlop_2003_02"} < set(partitions(clone))
        assert state(clone) == three_years
        assert other.execute(COUNT).fetchone() == seen
    unload(clone, 2003)
    load(clone, 2003, files)
    assert state(clone) == three_years
    assert not {"forlop_2003_02", "lopende_2003_02"} & set(partitions(clone))


def test_a_year_s_spells_lie_whole_in_its_tables(clone: Connection, files: Files) -> None:
    load(clone, 2003, files)
    of_year = (
        "SELECT count(*) FROM arbsok_lasting.gjeldende_forlop AS f"
        " WHERE EXISTS (SELECT FROM arbsok_lasting.gjeldende_forlop AS g WHERE g.lopenr = f.lopenr"
        " AND g.tilgdato = f.tilgdato AND g.aargang = 2003)"
    )
    assert database.scalar(clone, of_year) == database.scalar(clone, of_year + " AND abs(f.lasting) = 200301") > 100
    for year in (2001, 2002, 2003):
        of_year = "SELECT count(*) FROM {} WHERE aargang = %s"
        assert database.scalar(clone, of_year.format("trygdfob.f_arbsok"), year) == database.scalar(
            clone, of_year.format("arbsok_lasting.forlop_fra(%s)"), year, year
        )
    split = (
        "SELECT count(*) FROM (SELECT FROM arbsok_lasting.gjeldende_forlop"
        " GROUP BY lopenr, tilgdato"
        " HAVING count(DISTINCT lasting) > 1 OR bool_or((lasting < 0) <> (tomdato IS NULL))) AS s"
    )
    assert database.scalar(clone, split) == 0


def test_running_spells_are_made_anew_as_they_were(clone: Connection, files: Files) -> None:
    """Where the table that a load kept is gone: the rule gives the same records, byte for byte."""
    load(clone, 2003, files)
    kept = "SELECT count(*), md5(string_agg(l::text, '' ORDER BY l.lopenr, l.regdato, l.kode)) FROM trygdfob.{} AS l"
    was = clone.execute(kept.format("lopende_2002_01")).fetchone()
    clone.execute("DROP TABLE trygdfob.lopende_2002_01")
    assert clone.execute("SELECT arbsok_lasting.gjenskap_lopende(2003)").fetchone() == was[:1] != (0,)  # type: ignore[index]
    assert clone.execute(kept.format("lopende_2002_01")).fetchone() == was
    assert clone.execute("SELECT arbsok_lasting.gjenskap_lopende(2003)").fetchone() == (0,)


def test_a_row_order_of_numbers(clone: Connection, files: Files) -> None:
    """In each table the rows lie in ranges of person numbers, each in the order of the key."""
    load(clone, 2003, files, jobs=2)
    for table in partitions(clone):
        rows = clone.execute(f"SELECT lopenr, regdato, kode FROM trygdfob.{table} ORDER BY ctid").fetchall()
        for first in "048c":
            of_range = [row for row in rows if f"{first}" <= row[0][0] <= "37bf"["048c".index(first)]]
            # But for some that found room on another page, where two write at a time
            ascents = sum(one < other for one, other in pairwise(of_range))
            assert ascents >= 0.8 * (len(of_range) - 1), table


def test_what_was_unloaded_is_no_part_of_a_plan(clone: Connection, files: Files) -> None:
    """A query reads the partitions that count, and no others."""
    load(clone, 2003, files)
    unload(clone, 2003)
    somebody = database.scalar(clone, "SELECT max(lopenr) FROM trygdfob.f_arbsok WHERE tomdato IS NOT NULL")
    lines = clone.execute(
        f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) SELECT * FROM trygdfob.f_arbsok WHERE lopenr = '{somebody}'"
    )
    read = [line for (line,) in lines.fetchall() if " on " in line and "never executed" not in line]
    assert not [line for line in read if "2003" in line]
    assert not [line for line in read if "lopende_2001" in line]
