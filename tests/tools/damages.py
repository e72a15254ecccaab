"""A correct register of three years, damages that are done to it, and what the controls must then find (spec.md 5).

A damage picks a victim, does something to it as a faulty program would, with everything that follows from it, and names
the keys that the control must then show. It is rolled back.
"""

import runpy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from fdtrygd import kontroll, lasting, settings
from fdtrygd.db import objects
from pytest_postgresql.executors import NoopExecutor

from conftest import Silent, own_database
from loaded import Files

Connection = psycopg.Connection[Any]
#: What the correct register is warned of, by year: controls and keys
Suspicious = dict[int, set[tuple[str, str]]]
YEARS = (2001, 2002, 2003)
SUMS = ("miniregister", "forlop", "varighet")
#: One for each pass
VIEWS = ("arbsok_forlop_funn", "arbsok_registrering_funn", "arbsok_h_arbsok_funn", "arbsok_aargang_funn",
         "arbsok_mistenkelig_funn")  # fmt: skip
#: Counts what each file gave, where that is not counted.
FILLED_IN = runpy.run_path(str(settings.ROOT / "migrations" / "versions" / "0016_tall.py"))["FILES"]
DATES = ("hovedarbdato", "tiltakdato", "ytelsedato")
VALUES = ("hovedarbstat", "tiltak", "ytelse")

#: F_ARBSOK in the order of events, each record beside the person's one before (f_) and after it (n_); registrations
#: with what the rules make of them. Made once, to pick victims from.
PICK_FROM = """
CREATE TEMP TABLE rekke AS
SELECT r.*, concat_ws(' ', r.fnr, r.regdato, r.kode) AS noekkel,
    coalesce(r.f_tilgdato = r.tilgdato, false) AS fortsatt,
    coalesce(r.n_asoktilg = r.asoktilg AND r.n_tilgdato = r.tilgdato, false) AS gruppen_fortsetter,
    s.handling, s.individ, s.tilgang_dato, ARRAY(
        SELECT h.aargang FROM trygdfob.h_arbsok AS h
        WHERE h.fnr = r.fnr AND h.tilgdato = r.tilgdato AND h.avgdato IS NULL
    ) AS lop_ved_slutten_av
FROM (
    SELECT f.*, CASE WHEN f.kode <> '0' THEN 'X' WHEN f.avgdato IS NULL THEN 'G' ELSE 'A' END AS slag,
        lag(f.kode) OVER w AS f_kode, lag(f.regdato) OVER w AS f_regdato, lag(f.tilgdato) OVER w AS f_tilgdato,
        lag(f.asoktilg) OVER w AS f_asoktilg, lag(f.aargang) OVER w AS f_aargang, lag(f.hoved) OVER w AS f_hoved,
        lag(f.hovedarbstat) OVER w AS f_hovedarbstat, lag(f.tiltak) OVER w AS f_tiltak,
        lag(f.ytelse) OVER w AS f_ytelse,
        lag(f.hovedarbdato) OVER w AS f_hovedarbdato, lag(f.tiltakdato) OVER w AS f_tiltakdato,
        lag(f.ytelsedato) OVER w AS f_ytelsedato,
        lead(f.kode) OVER w AS n_kode, lead(f.regdato) OVER w AS n_regdato, lead(f.tilgdato) OVER w AS n_tilgdato,
        lead(f.asoktilg) OVER w AS n_asoktilg, lead(f.aargang) OVER w AS n_aargang, lead(f.avgdato) OVER w AS n_avgdato
    FROM trygdfob.f_arbsok AS f
    WINDOW w AS (PARTITION BY f.fnr ORDER BY f.regdato, f.kode = '0')
) AS r
LEFT JOIN trygdfob.statuskode AS s ON s.status = arbsok.uten_ukebokstav(r.status);

CREATE TEMP TABLE registrert AS
SELECT l.aargang, r.*, concat_ws(' ', r.fnr, r.dagdato) AS noekkel,
    lead(r.status) OVER (PARTITION BY r.fnr ORDER BY r.dagdato) AS n_status
FROM trygdfob.lastet_aargang AS l
CROSS JOIN LATERAL arbsok_lasting.registrering(l.aargang, '', ':') AS r;

CREATE TEMP TABLE h AS
SELECT h.*, h.fnr::text AS noekkel, g.fnr IS NOT NULL AS lop_foer, m.fnr IS NOT NULL AS registrert_da
FROM trygdfob.h_arbsok AS h
LEFT JOIN trygdfob.h_arbsok AS g ON g.fnr = h.fnr AND g.aargang = h.aargang - 1 AND g.avgdato IS NULL
LEFT JOIN trygdfob.miniregister AS m ON m.fnr = h.fnr AND m.dagdato = h.dagdato AND m.aargang = h.aargang;

CREATE TEMP TABLE vrak AS
SELECT w.*, concat_ws(' ', w.fnr, w.dagdato) AS noekkel FROM trygdfob.vrak_arbsok AS w;

CREATE TEMP TABLE fil AS SELECT m.*, to_char(m.mnddato, 'YYYY-MM') AS noekkel FROM trygdfob.maanedsfil AS m;
"""

# What is done to the victim v, a record of F_ARBSOK, and to what stands beside it


def record(assignments: str) -> str:
    return (
        f"UPDATE trygdfob.f_arbsok AS f SET {assignments} FROM v"
        " WHERE f.fnr = v.fnr AND f.regdato = v.regdato AND f.kode = v.kode"
    )


def before(assignments: str) -> str:
    return (
        f"UPDATE trygdfob.f_arbsok AS f SET {assignments} FROM v"
        " WHERE f.fnr = v.fnr AND f.regdato = v.f_regdato AND f.kode = v.f_kode"
    )


def exit_after(assignments: str) -> str:
    """The exit record after the victim, where it closes the same group spell."""
    return (
        f"UPDATE trygdfob.f_arbsok AS f SET {assignments} FROM v"
        " WHERE f.fnr = v.fnr AND f.regdato = v.n_regdato AND f.kode = v.n_kode AND v.n_kode = '0'"
        " AND v.gruppen_fortsetter"
    )


def spell(assignments: str) -> str:
    return f"UPDATE trygdfob.f_arbsok AS f SET {assignments} FROM v WHERE f.fnr = v.fnr AND f.tilgdato = v.tilgdato"


def group(assignments: str) -> str:
    return f"{spell(assignments)} AND f.asoktilg = v.asoktilg"


def copy(changes: str) -> str:
    """A record more, like the victim but for the changes (JSON fields)."""
    return (
        "INSERT INTO trygdfob.forlopsdel SELECT n.* FROM arbsok_lasting.gjeldende_forlop AS f"
        " JOIN v USING (fnr, regdato, kode)"
        f" CROSS JOIN LATERAL jsonb_populate_record(f, jsonb_build_object({changes})) AS n"
    )


DELETE = "DELETE FROM trygdfob.f_arbsok AS f USING v WHERE f.fnr = v.fnr AND f.regdato = v.regdato AND f.kode = v.kode"
#: H_ARBSOK shows the victim's spell as F_ARBSOK now has it
SYNC = """
UPDATE trygdfob.h_arbsok AS h
SET tilgdato = f.tilgdato, asoktilg = f.asoktilg, hovedarbdato = f.hovedarbdato, tiltakdato = f.tiltakdato,
    ytelsedato = f.ytelsedato, avgdato = f.avgdato, status = f.status
FROM (
    SELECT DISTINCT ON (l.aargang) l.aargang AS aar, a.*
    FROM trygdfob.lastet_aargang AS l
    JOIN trygdfob.f_arbsok AS a ON a.aargang <= l.aargang
    JOIN v ON v.fnr = a.fnr
    ORDER BY l.aargang, a.regdato DESC, a.kode = '0' DESC
) AS f
WHERE h.fnr = f.fnr AND h.aargang = f.aar
"""
#: A spell whose exit is gone runs on
RUNS_ON = (DELETE, spell("tomdato = NULL"), group("asoktom = NULL"), before("regtom = NULL"))


def register(assignments: str) -> str:
    """The victim is a registration."""
    return (
        f"UPDATE trygdfob.miniregister AS m SET {assignments} FROM v"
        " WHERE m.fnr = v.fnr AND m.mnddato = v.mnddato AND m.aargang = v.aargang"
    )


def last_registered(assignments: str) -> str:
    """The victim is a row of H_ARBSOK, or the registration that it shows."""
    return f"UPDATE trygdfob.h_arbsok AS a SET {assignments} FROM v WHERE a.fnr = v.fnr AND a.aargang = v.aargang"


def rejected(assignments: str) -> str:
    return f"UPDATE trygdfob.vrak_arbsok AS w SET {assignments} FROM v WHERE w.fnr = v.fnr AND w.dagdato = v.dagdato"


REJECT = """
INSERT INTO trygdfob.vrak_arbsok
SELECT m.fnr, m.hoved, m.hovedarbstat, m.tiltak, m.ytelse, m.dagdato, m.fdagdato, m.mnddato, m.mrk_sys, m.mrk_fnr,
    m.mrk_dl, m.ant_d_as_n, m.henddato, m.as_f, m.as_gr, m.aargang, coalesce(v.status, 'UI300')
FROM trygdfob.miniregister AS m
JOIN v ON v.fnr = m.fnr AND v.mnddato = m.mnddato AND v.aargang = m.aargang
"""


@dataclass(frozen=True)
class Damage:
    """What is done to a correct register, and what the year's control must find."""

    control: str
    what: str
    pick: str
    do: tuple[str, ...]
    year: int = 2002
    table: str = "rekke"
    #: the keys that are found, from v
    found: str = "noekkel"
    #: the year whose row is picked; else that of the control
    of: int | None = None
    #: sums and run log made again, as if the loader had counted what it wrote; with those of the registrations
    counted: bool = False
    registrations_too: bool = False
    #: constraints that forbid it
    against: tuple[str, ...] = ()
    #: keys of maaned_for_liten: a month of nothing is too small as well
    empty: tuple[str, ...] = ()


CHECKS = ("f_arbsok_kode", "f_arbsok_avgang", "f_arbsok_avgdato", "f_arbsok_rekkefolge", "f_arbsok_regdato")
KEY = "concat_ws(' ', fnr, {}, {})".format
NEXT_KEY = KEY("n_regdato", "n_kode")
OPENING = "NOT fortsatt AND kode IN ('1', '3', '9')"
GROUP_ENTRY = "fortsatt AND kode = '1'"
LAST = "n_kode IS NULL"
#: The last record before an exit of the same group, or the last of all
END = f"({LAST} OR (n_kode = '0' AND gruppen_fortsetter))"
#: The year has more of the person than the victim and the record after it
MORE = (
    "EXISTS (SELECT FROM rekke AS later WHERE later.fnr = rekke.fnr AND later.aargang = 2002"
    " AND later.regdato > rekke.n_regdato + 1)"
)
LAST_DAY = "(SELECT max(m.dagdato) FROM trygdfob.maanedsfil AS m WHERE m.aargang = v.aargang)"


@pytest.fixture(scope="session")
def correct(postgresql_noproc: NoopExecutor, files: Files) -> Iterator[Connection]:
    """The years, loaded and correct; and tables to pick victims from. All tests that ask for it share it."""
    with own_database(postgresql_noproc, "kontroller") as connection:
        for year in YEARS:
            lasting.load_year(connection, year, files[year], synthetic=True, progress=Silent())
        connection.execute(f"SET search_path = {', '.join(objects.schemas())}, public")
        connection.execute(PICK_FROM)
        connection.commit()
        yield connection
        connection.rollback()


@pytest.fixture
def sound(correct: Connection) -> Iterator[Connection]:
    """The correct register; what a test does to it is rolled back."""
    correct.rollback()
    yield correct
    correct.rollback()


@pytest.fixture(scope="session")
def suspicious(correct: Connection) -> Suspicious:
    """What the correct register is warned of, by year: a small sample with codes of its own."""
    found = {year: findings(correct, year) for year in YEARS}
    correct.rollback()
    warnings = {
        control for (control,) in correct.execute("SELECT kontroll FROM kontroll.kontroll WHERE alvor = 'advarsel'")
    }
    correct.rollback()
    assert {control for year in found.values() for control, _ in year} <= warnings
    return found


def findings(connection: Connection, year: int) -> set[tuple[str, str]]:
    """What the year's control finds: control and key, as they are kept; the counts agree."""
    controls = kontroll.check(connection, year, "check")
    kept = connection.execute(
        "SELECT kontroll, noekkel FROM kontroll.kontrollfunn WHERE kjoring = %s", [controls[0].run]
    ).fetchall()
    assert {each.control: each.count for each in controls} == {
        each.control: sum(control == each.control for control, _ in kept) for each in controls
    }
    return set(kept)


def of_view(view: str, control: str, year: int) -> str:
    return f"select * from kontroll.{view} where kontrollert_aargang = {year} and kontroll = '{control}';"


def said(connection: Connection, year: int) -> dict[str, str]:
    """The query with which commands and report show what each control of the year finds."""
    return dict(
        connection.execute(
            "SELECT kontroll, sporring FROM kontroll.kontrollstatus WHERE aargang = %s", [year]
        ).fetchall()
    )


def count_again(connection: Connection, damage: Damage) -> None:
    """Sums and run log as a load would have counted them."""
    for name in SUMS + ("registrering",) * damage.registrations_too:
        connection.execute(f"DELETE FROM arbsok_lasting.{name}_tall WHERE aargang = %s", [damage.year])
        counted = "kontroll.arbsok_registrering_opptelt" if name == "registrering" else f"arbsok_lasting.{name}_opptelt"
        connection.execute(f"INSERT INTO arbsok_lasting.{name}_tall SELECT * FROM {counted}(%s)", [damage.year])
    connection.execute("DELETE FROM arbsok_lasting.maanedsfil_tall WHERE aargang = %s", [damage.year])
    connection.execute(FILLED_IN)
    log_again(connection, damage.year)


def log_again(connection: Connection, year: int) -> None:
    connection.execute(
        "UPDATE trygdfob.kjorelogg SET antall = antall || (SELECT coalesce(jsonb_object_agg(a.noekkel,"
        r" substring(a.detalj FROM 'in the tables (\d+)$')::bigint), '{}')"
        " FROM kontroll.arbsok_aargang_kontrollert(%(year)s) AS a WHERE a.kontroll = 'kjorelogg_stemmer')"
        " WHERE aargang = %(year)s AND handling = 'load'",
        {"year": year},
    )


def inflict(connection: Connection, damage: Damage) -> set[str]:
    """Does the damage; the keys that must be found."""
    for constraint in (*CHECKS, *damage.against):
        connection.execute(f"ALTER TABLE trygdfob.forlopsdel DROP CONSTRAINT {constraint}")
    victims = connection.execute(
        f"CREATE TEMP TABLE v AS SELECT * FROM {damage.table} WHERE aargang = {damage.of or damage.year}"
        f' AND ({damage.pick}) ORDER BY to_jsonb({damage.table.split(".")[-1]})::text COLLATE "C" LIMIT 1'
    ).rowcount
    assert victims == 1, "nobody to do it to"
    for statement in damage.do:
        if statement == "LOG":
            log_again(connection, damage.year)
        else:
            connection.execute(statement)
    keys = [key for (key,) in connection.execute(f"SELECT {damage.found} FROM v")]
    if damage.counted:
        count_again(connection, damage)
    return {each for key in keys for each in (key if isinstance(key, list) else [key])}


def damaged(damages: list[Damage]) -> pytest.MarkDecorator:
    """A test of each of the damages."""
    return pytest.mark.parametrize("damage", damages, ids=lambda damage: f"{damage.control}: {damage.what}")


def must_be_found(sound: Connection, suspicious: Suspicious, damage: Damage, damages: list[Damage]) -> None:
    """By its control, with its keys, and nothing else is; the control's view lists the same."""
    keys = inflict(sound, damage)
    assert keys
    found = findings(sound, damage.year) - suspicious[damage.year]
    if damage.control == "lopenr_er_personens":  # by the number the others find a person's records: more may follow
        found = {(control, key) for control, key in found if control == damage.control}
    assert found == {(damage.control, key) for key in keys} | {("maaned_for_liten", key) for key in damage.empty}
    if damage is not next(each for each in damages if each.control == damage.control):
        return  # the view reads what the control reads: once is enough
    before = {key for control, key in suspicious[damage.year] if control == damage.control}
    listed = sound.execute(said(sound, damage.year)[damage.control]).fetchall()
    assert {tuple(row[:2]) for row in listed} == {(damage.year, damage.control)}
    assert {row[2] for row in listed} - before == keys
    assert all(row[3] for row in listed)


def controls_of(connection: Connection, view: str) -> set[str]:
    """The controls of a pass: one without a damage is a promise that nobody has seen broken."""
    query = "SELECT kontroll FROM kontroll.kontroll WHERE visning = %s"
    return {control for (control,) in connection.execute(query, [view])}
