"""The same month files give the same rows, however many connections load them, in whatever order and kind of file
(spec.md 2 and 5.5).

Every person is made up: 80 is added to the month of the fødselsnummer.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from fdtrygd import files as month_files
from fdtrygd import lasting, synthetic
from fdtrygd.cli.load_year import load_year
from fdtrygd.db import database, locks, objects
from fdtrygd.errors import UserError

from conftest import RAW, eventually, offending, qualified
from contents import CLOCK, LOG, fingerprint, no_lock_is_held, rows
from folders import SAS, Folder, Record, field, month_records
from strategies import lag_fnr

Connection = psycopg.Connection[Any]


# ---------------------------------------------------------------------------------- connections side by side


@pytest.fixture(scope="module")
def three_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2001 to 2003 of a few hundred persons."""
    path = tmp_path_factory.mktemp("three years") / "files"
    synthetic.make(path, last=(2003, 12), persons=250)
    return path


def test_any_number_of_connections_gives_the_same_rows(bare: Connection, three_years: Path) -> None:
    found = {}
    for jobs in (1, 2, 3, 8):
        load_year(2002, three_years, jobs)
        found[jobs] = fingerprint(bare, without=CLOCK, but=LOG)
        assert offending(bare) == {}
        for year in (2002, 2001):
            with locks.alone(bare):
                lasting.unload_year(bare, year)
    for table in ("f_arbsok", "vrak_arbsok", "h_arbsok_2002", "miniregister_2002_12", "lagt_til_side"):
        assert found[1][table][0] > 0, table
    for jobs in found:
        assert found[jobs] == found[1], jobs


STEPS_BY_HAND = """
    SELECT format('SELECT arbsok_lasting.%I(%s)', s.navn, concat_ws(', ', 2001, n.nummer))
    FROM arbsok_lasting.steg AS s
    LEFT JOIN LATERAL generate_series(lower(s.numre), upper(s.numre) - 1) AS n (nummer) ON true
    ORDER BY s.rekkefolge, n.nummer
"""


def test_a_year_loaded_by_hand(bare: Connection, three_years: Path) -> None:
    """With what is in the database alone, as psql can call it: the session, the files, the steps in order."""
    load_year(2001, three_years, 3)
    # Which the controls fill
    but = (*LOG, "miniregister_tall", "forlop_tall", "varighet_tall", "registrering_tall")
    loaded = fingerprint(bare, without=CLOCK, but=but)
    with locks.alone(bare):
        lasting.unload_year(bare, 2001)
    bare.execute("SELECT trygdfob.forbered_sesjon()")
    with bare.transaction():
        for month, file in month_files.find_month_files(three_years)[2001].items():
            bare.execute("SELECT arbsok_lasting.tom_raa(%s)", [month])
            copied = month_files.copy_month(
                bare, file, f"arbsok_lasting.raa_{month:02}", optional=frozenset(("as_gr", "as_f"))
            )
            bare.execute(
                "SELECT arbsok_lasting.registrer_fil(2001, %s, %s, %s, %s, %s, %s, true)",
                [month, file.name, copied.size, copied.sha256, copied.modified, copied.records],
            )
        for (call,) in bare.execute(STEPS_BY_HAND).fetchall():
            bare.execute(call)
        bare.execute("SELECT arbsok_lasting.rydd_arbeidstabeller()")
    assert fingerprint(bare, without=CLOCK, but=but) == loaded


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_file_at_fault_refuses_the_year_however_many_connections(db: Connection, folder: Folder, jobs: int) -> None:
    folder.year(2002)
    field(7, as_stat="HL" + "X" * 11 + "DP")(folder)
    before = fingerprint(db)
    with pytest.raises(UserError, match=r"arbsok_200207\.csv, line 3: the field as_stat"):
        load_year(2002, folder.path, jobs)
    assert fingerprint(db) == before
    folder.write(2002, 7)
    load_year(2002, folder.path, jobs)
    assert lasting.loaded_years(db) == [2001, 2002]


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("step", ["sjekkfnr_dub", "oppdater_h_arbsok", "asok_insert_forlop", "fest_forlop"])
def test_a_step_that_fails_for_some_leaves_nothing(db: Connection, folder: Folder, step: str, jobs: int) -> None:
    """A month, or a part of the persons, that fails when others are done, in any phase; and what comes after them."""
    folder.year(2002)
    before = fingerprint(db)
    names = "a" if step == "fest_forlop" else "ab"
    arguments = ", ".join(f"{name} integer" for name in names)
    db.execute(f"ALTER FUNCTION {qualified(step)} RENAME TO as_it_was")
    db.execute(
        f"CREATE FUNCTION {qualified(step)}({arguments}) RETURNS bigint LANGUAGE plpgsql AS $$ DECLARE n bigint;"
        f" BEGIN n := arbsok_lasting.as_it_was({', '.join(names)}); IF {'true' if names == 'a' else 'b > 2'} THEN"
        " RAISE 'no room'; END IF; RETURN n; END $$"
    )
    with pytest.raises(UserError, match="SQLSTATE P0001\\) Nothing is left of the year 2002"):
        load_year(2002, folder.path, jobs)
    assert fingerprint(db) == before
    eventually(lambda: no_lock_is_held(db))


def test_a_load_keeps_to_its_memory(bare: Connection, three_years: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """arbeidsminne_mb is shared by the connections and by the sorts and hash tables of a statement; what does not fit
    goes to temporary files."""
    load_year(2001, three_years, 3)
    roomy = rows(bare)
    with locks.alone(bare):
        lasting.unload_year(bare, 2001)
    bare.execute("UPDATE trygdfob.innstilling SET arbeidsminne_mb = 16")
    said = set()
    copy_month = month_files.copy_month

    def look(worker: Connection, *arguments: Any, **options: Any) -> Any:
        said.add(database.scalar(worker, "SELECT setting::integer FROM pg_settings WHERE name = 'work_mem'"))
        return copy_month(worker, *arguments, **options)

    monkeypatch.setattr(month_files, "copy_month", look)
    for jobs, connections in ((1, 1), (3, 4)):
        load_year(2001, three_years, jobs)
        assert said == {16 * 1024 // (connections * 4)}
        said.clear()
        with locks.alone(bare):
            lasting.unload_year(bare, 2001)

    # So small a sample needs no more than the least that PostgreSQL gives
    settings_of_a_load = (objects.DIRECTORY / "felles" / "forbered_sesjon.sql").read_text(encoding="utf-8")
    bare.execute(settings_of_a_load.replace("noder constant integer := 4", "noder constant integer := 64"))
    files = "SELECT temp_files FROM pg_stat_database WHERE datname = current_database()"
    before = database.scalar(bare, files)
    load_year(2001, three_years, 3)
    assert said == {64}
    eventually(lambda: database.scalar(bare, files) > before)  # a session counts them when it ends
    small = rows(bare)
    assert small.pop("innstilling") != roomy.pop("innstilling")
    assert small == roomy


# ---------------------------------------------------------------------------------- what makes no difference


#: What a second record of the same person and month has, for each of as many persons: most are equal by T2
NEARLY_THE_SAME: list[Record] = [
    {},
    {"ant_d_as": "912"},
    {"ant_d_as": "911.0"},
    {"ant_d_as": "0911"},
    {"ant_d_as": " 911 "},
    {"ant_d_as": ""},
    {"as_stat": "HLIPDP "},
    {"as_stat": "YHKFAT"},
    {"dagdato": "20630"},
    {"dagdato": " 020630"},
    {"dagdato": "020629"},
    {"dagdato": ""},
    {"mnd": "05"},
    {"mnd": "6"},
    {"mnd": ""},
    {"as_gr": "2"},
    {"as_gr": " 1"},
    {"as_f": ""},
    {"as_f": "1 "},
    {"fnr": " {}"},
    {"fnr": "{}\t", "mnd": "07"},
]


def pairs(month: int) -> list[Record]:
    """The second records, and for each person the first one."""
    result: list[Record] = []
    for number, other in enumerate(NEARLY_THE_SAME):
        fnr = lag_fnr(1 + number, month, 60, 300)
        first: Record = {**month_records(2002, month)[0], "fnr": fnr}
        second = {**first, **other}
        second["fnr"] = (other.get("fnr") or "{}").format(fnr)
        result += [first, second]
    return result


def test_order_of_the_records(db: Connection, folder: Folder) -> None:
    """The files in any order of their records: the same rows, also of what is set aside (spec.md 5.5)."""
    orders: list[Callable[[list[Record]], list[Record]]] = [
        lambda records: records,
        lambda records: records[::-1],
        lambda records: records[len(records) // 2 :] + records[: len(records) // 2],
        lambda records: records[::2] + records[1::2],
    ]
    found = []
    for order in orders:
        folder.year(2002)
        for month in range(1, 13):
            folder.write(2002, month, order(month_records(2002, month) + pairs(6) * (month == 6)))
        load_year(2002, folder.path)
        found.append(rows(db))
        with locks.alone(db):
            lasting.unload_year(db, 2002)
    assert found[0]["lagt_til_side"][0] > len(NEARLY_THE_SAME)
    for other in found[1:]:
        assert other == found[0]


def foreign(month: int, records: list[Record]) -> None:
    """A field beyond ASCII, and blanks."""
    records[0]["as_stat"] = "HLBÆRID"
    records[1]["ant_d_as"] = None


def write_parquet(folder: Folder, **types: pa.DataType) -> None:
    """The year as Parquet; some columns in another type than text."""
    schema = pa.schema([(name, types.get(name, pa.string())) for name in RAW])
    for month in range(1, 13):
        records = month_records(2002, month)
        foreign(month, records)
        table = pa.Table.from_pylist(
            [
                {name: int(value) if value and name in types else value for name, value in record.items()}
                for record in records
            ],
            schema,
        )
        pq.write_table(table, folder.file(2002, month, "parquet"))


def test_kind_of_file(db: Connection, folder: Folder) -> None:
    """The same records in any form: the same rows."""
    forms: dict[str, Callable[[Folder], None]] = {
        "CSV": lambda into: into.year(2002, foreign),
        "semicolons": lambda into: into.year(2002, foreign, delimiter=";"),
        "Latin-1": lambda into: into.year(2002, foreign, encoding="latin-1"),
        "byte order mark": lambda into: into.year(2002, foreign, encoding="utf-8-sig"),
        "upper case": lambda into: into.year(2002, foreign, header=str.upper),
        "other order, other columns": lambda into: into.year(2002, foreign, columns=("fnr2", *RAW[::-1])),
        "Parquet": write_parquet,
        "Parquet with numbers": lambda into: write_parquet(
            into, dagdato=pa.int64(), ant_d_as=pa.int32(), mnd=pa.int8(), as_f=pa.int16()
        ),
    }
    found = {}
    for name, write in forms.items():
        into = Folder(folder.path / name)
        write(into)
        load_year(2002, into.path)
        found[name] = rows(db)
        with locks.alone(db):
            lasting.unload_year(db, 2002)
    numbers = found.pop("Parquet with numbers")
    for name in found:
        assert found[name] == found["CSV"], name
    del numbers["lagt_til_side"]  # there the fields stand as they were delivered
    assert numbers == {name: found["CSV"][name] for name in numbers}


def test_sas_month(bare: Connection, folder: Folder) -> None:
    """A month of SAS's own format among the others: the same rows as its records as CSV."""
    bare.execute("UPDATE trygdfob.innstilling SET serie_start = '2004-01-01', testnumre = true")
    folder.year(2004)
    folder.file(2004, 6).unlink()
    shutil.copy(SAS, folder.path)
    load_year(2004, folder.path)
    of_sas = rows(bare)
    june = bare.execute(
        "SELECT count(*), count(*) FILTER (WHERE mrk_dl = 32), count(*) FILTER (WHERE mrk_fnr = '0')"
        " FROM trygdfob.miniregister WHERE mnddato = '2004-06-01'"
    ).fetchall()
    assert june == [(20, 3, 20)]
    with locks.alone(bare):
        lasting.unload_year(bare, 2004)
    (folder.path / SAS.name).unlink()
    data, _ = pyreadstat.read_sas7bdat(SAS, output_format="dict")
    data["dagdato"] = [None if number is None else str(int(number)) for number in data["dagdato"]]
    folder.write(2004, 6, [dict(zip(data, values, strict=True)) for values in zip(*data.values(), strict=True)])
    load_year(2004, folder.path)
    assert rows(bare) == of_sas
