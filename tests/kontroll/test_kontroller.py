"""The check catalogue (spec.md 5 and 6): every control is broken on purpose, in every way that it looks for, and finds
that and nothing else; what a load, the command line and the history make of findings.

A damage is made in a correct register and rolled back. It picks a victim, does something to it as a faulty program
would, with everything that follows from it, and names the keys that the control must then show.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
import pytest
import typer
from fdtrygd import cli, database, objects, runner, synthetic
from fdtrygd import input as month_files
from fdtrygd.errors import UserError
from pytest_postgresql.executors import NoopExecutor

from conftest import Silent, address, own_database, qualified
from contents import fingerprint

Connection = psycopg.Connection[Any]
YEARS = (2001, 2002, 2003)
SUMS = ("miniregister", "forlop", "varighet")
#: One for each pass
VIEWS = ("arbsok_forlop_funn", "arbsok_registrering_funn", "arbsok_h_arbsok_funn", "arbsok_aargang_funn",
         "arbsok_mistenkelig_funn")  # fmt: skip
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
        "INSERT INTO trygdfob.f_arbsok SELECT n.* FROM trygdfob.f_arbsok AS f JOIN v USING (fnr, regdato, kode)"
        " CROSS JOIN LATERAL jsonb_populate_record("
        f"NULL::trygdfob.f_arbsok, to_jsonb(f) || jsonb_build_object({changes})) AS n"
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


def forlop() -> Iterator[Damage]:
    """Records of F_ARBSOK (forlop_kontrollert)."""
    yield Damage(
        "nokkel_entydig",
        "a record twice",
        "kode = '2'",
        (copy("'kode', f.kode"),),
        counted=True,
        against=("f_asok_pk",),
    )

    first = "en_apning"
    for kode in ("3", "9"):
        yield Damage(
            first,
            f"a second opening, {kode}",
            "kode = '2'",
            (record(f"kode = '{kode}'"),),
            found=KEY("regdato", f"'{kode}'"),
            counted=True,
        )
    yield Damage(
        first,
        "a second opening, 1",
        "kode = '2' AND asoktilg = tilgdato",
        (record("kode = '1'"),),
        found=KEY("regdato", "'1'"),
        counted=True,
    )
    for what, year, of, where in (
        ("no opening", 2002, 2002, "true"),
        ("no opening, of the year before", 2002, 2001, "2001 = ANY (lop_ved_slutten_av)"),
        ("no opening, in the first year", 2001, 2001, "true"),
    ):
        yield Damage(
            first,
            what,
            f"{OPENING} AND {where}",
            (record("kode = '2'"),),
            year=year,
            of=of,
            found=KEY("regdato", "'2'"),
            counted=True,
        )
    yield Damage(
        first,
        "opens after tilgdato",
        f"{OPENING} AND (n_regdato > regdato + 1 OR {LAST})",
        (record("regdato = f.regdato + 1"),),
        found=KEY("regdato + 1", "kode"),
        counted=True,
    )

    yield Damage(
        "en_avgang",
        "closed twice",
        "slag = 'A' AND n_aargang = 2002 AND n_regdato > regdato + 2",
        (
            copy("'regdato', f.regdato + 1, 'asokavg', f.regdato + 1, 'avgdato', f.regdato + 1"),
            spell("tomdato = v.regdato + 1"),
            group("asoktom = v.regdato + 1"),
            record("regtom = f.regdato + 1"),
        ),
        found=KEY("regdato + 1", "kode"),
        counted=True,
    )
    yield Damage(
        "innenfor_tilfellet",
        "the new group before the old one's exit",
        f"{GROUP_ENTRY} AND f_asoktilg < f_regdato - 1 AND {MORE}",
        (record("regdato = f.regdato - 2"),),
        found=KEY("regdato - 2", "kode"),
    )

    overlap = "ingen_overlapp"
    yield Damage(
        overlap, "the spell before runs on", "slag = 'A' AND n_aargang = 2002", RUNS_ON, found=NEXT_KEY, counted=True
    )
    for what, days in (("the day it ends", 0), ("after the next began", 1)):
        date = f"v.n_tilgdato + {days}"
        yield Damage(
            overlap,
            f"another spell begins: {what}",
            f"slag = 'A' AND {MORE}",
            (
                record(f"regdato = {date}, asokavg = {date}, avgdato = {date}, regtom = {date}, dagdato = {date}"),
                spell(f"tomdato = {date}"),
                group(f"asoktom = {date}"),
                before(f"regtom = {date}"),
            ),
            found=NEXT_KEY,
        )
    yield Damage(
        overlap,
        "the spell of an earlier year runs on",
        f"{OPENING} AND individ = 'avsluttet' AND f_aargang = 2001",
        (
            "DELETE FROM trygdfob.f_arbsok AS f USING v WHERE f.fnr = v.fnr AND f.regdato = v.f_regdato"
            " AND f.kode = '0'",
        ),
    )

    groups = "grupper_dekker"
    yield Damage(
        groups,
        "a record after the group's exit",
        GROUP_ENTRY,
        (copy("'kode', '2', 'asoktilg', v.f_asoktilg"),),
        found="unnest(ARRAY[noekkel, concat_ws(' ', fnr, regdato, '2')])",
        counted=True,
    )
    yield Damage(
        groups,
        "a second entry",
        "kode = '2' AND asoktilg <> tilgdato",
        (record("kode = '1'"),),
        found=KEY("regdato", "'1'"),
        counted=True,
    )
    yield Damage(
        groups,
        "no exit",
        "slag = 'G'",
        (DELETE, group("asoktom = NULL"), before("regtom = NULL")),
        found=NEXT_KEY,
        counted=True,
    )
    day = ", ".join(f"{column} = v.regdato" for column in ("regdato", "asoktilg", *DATES))
    yield Damage(
        groups,
        "no exit from a group of one day",
        "slag = 'G' AND f_kode IN ('1', '3', '9') AND f_regdato = tilgdato AND f_aargang = 2001",
        (before(f"{day}, asoktom = NULL, regtom = NULL"), spell("tilgdato = v.regdato"), DELETE, SYNC),
        found=NEXT_KEY,
        counted=True,
    )
    yield Damage(groups, "no entry", GROUP_ENTRY, (record("kode = '2'"),), found=KEY("regdato", "'2'"), counted=True)
    for what, days in (("a gap", -1), ("a day in both", 1)):
        date = f"v.regdato + {days}"
        yield Damage(
            groups,
            what,
            f"slag = 'G' AND f_regdato < regdato - 1 AND {MORE}",
            (
                record(f"regdato = {date}, asokavg = {date}, regtom = {date}"),
                group(f"asoktom = {date}"),
                before(f"regtom = {date}"),
            ),
            found=NEXT_KEY,
        )
    yield Damage(
        groups,
        "nothing after the exit, of the year after",
        "slag = 'A' AND status LIKE '_X%' AND 2002 = ANY (lop_ved_slutten_av)",
        (record("avgdato = NULL"), spell("tomdato = NULL")),
        of=2003,
    )

    for slag in ("G", "A"):
        yield Damage(
            "en_hovedgruppe",
            f"another one at the exit, {slag}",
            f"slag = '{slag}'",
            (record("hoved = '8'"), SYNC),
            counted=True,
        )
    yield Damage(
        "en_hovedgruppe",
        "the same one before and after",
        f"{GROUP_ENTRY} AND f_asoktilg = tilgdato AND (SELECT every(g.aargang = 2001 OR g.kode = '0')"
        " FROM trygdfob.f_arbsok AS g WHERE g.fnr = rekke.fnr AND g.asoktilg = rekke.f_asoktilg)",
        ("UPDATE trygdfob.f_arbsok AS f SET hoved = v.hoved FROM v WHERE f.fnr = v.fnr AND f.asoktilg = v.f_asoktilg",),
        counted=True,
    )

    for date, value in zip(DATES, VALUES, strict=True):
        for what, where, year in (
            ("opening", f"{OPENING} AND kode = '1'", 2002),
            ("left-censored opening", f"{OPENING} AND kode <> '1'", 2001),
            ("group entry", GROUP_ENTRY, 2002),
        ):
            yield Damage(
                "datoer_ved_tilgang",
                f"{date}, {what}",
                f"{where} AND {END}",
                (record(f"{date} = f.{date} - 1"), exit_after(f"{date} = f.{date} - 1"), SYNC),
                year=year,
            )
        others = [other for other in DATES if other != date]
        yield Damage(
            "endring_er_endring",
            f"{date} of what did not change",
            f"kode = '2' AND {date} <> regdato AND {END}",
            (record(f"{date} = v.regdato"), exit_after(f"{date} = v.regdato"), SYNC),
        )
        yield Damage(
            "endring_er_endring",
            f"not {date} of what changed",
            f"kode = '2' AND {date} = regdato AND regdato IN ({', '.join(others)}) AND {END}",
            (record(f"{date} = v.f_{date}"), exit_after(f"{date} = v.f_{date}"), SYNC),
            year=2003,
        )
        yield Damage(
            "uendret_beholder_dato",
            date,
            f"kode = '2' AND {date} <> regdato AND {END}",
            (record(f"{date} = f.{date} - 1"), exit_after(f"{date} = f.{date} - 1"), SYNC),
        )
        yield Damage("avgang_viser_siste", date, "slag = 'A'", (record(f"{date} = f.{date} - 1"), SYNC))
        yield Damage("avgang_viser_siste", value, "slag = 'G'", (record(f"{value} = 'ZZ'"),))
        yield Damage(
            "avgang_viser_siste",
            f"{value} is missing",
            f"slag = 'A' AND {value} IS NOT NULL",
            (record(f"{value} = NULL"),),
        )
    as_before = ", ".join(f"{column} = v.f_{column}" for column in DATES + VALUES)
    yield Damage(
        "endring_er_endring",
        "nothing changes, of the year before",
        f"kode = '2' AND 2001 = ANY (lop_ved_slutten_av) AND {END}",
        (record(as_before), exit_after(as_before), SYNC),
        of=2001,
    )

    closed = "tomdato IS NOT NULL"
    for what, where, of, value in (
        ("opening", f"{OPENING} AND {closed}", 2002, "f.tomdato + 1"),
        ("change", f"kode = '2' AND {closed}", 2002, "NULL"),
        ("exit", "slag = 'A'", 2002, "f.tomdato - 1"),
        ("group exit", f"slag = 'G' AND {closed}", 2002, "f.asokavg"),
        ("of a running spell", f"kode <> '0' AND {LAST}", 2002, "f.dagdato"),
        ("of the year before", f"{closed} AND 2001 = ANY (lop_ved_slutten_av)", 2001, "NULL"),
        ("of the year after", f"kode = '2' AND {closed} AND 2002 = ANY (lop_ved_slutten_av)", 2003, "NULL"),
    ):
        yield Damage("tomdato", what, where, (record(f"tomdato = {value}"),), of=of)
    ended = "asoktom IS NOT NULL"
    for what, where, of, value in (
        ("opening", f"{OPENING} AND {ended}", 2002, "f.asoktom + 1"),
        ("group entry", f"{GROUP_ENTRY} AND {ended}", 2002, "NULL"),
        ("change", f"kode = '2' AND {ended}", 2002, "f.asoktom - 1"),
        ("exit", "slag = 'A'", 2002, "NULL"),
        ("group exit", "slag = 'G'", 2002, "f.tomdato"),
        ("of a running spell", f"kode <> '0' AND {LAST}", 2002, "f.dagdato"),
        ("of the year before", f"{ended} AND 2001 = ANY (lop_ved_slutten_av)", 2001, "NULL"),
    ):
        distinct = f" AND {value.replace('f.', '')} IS DISTINCT FROM asoktom"
        yield Damage("asoktom", what, where + distinct, (record(f"asoktom = {value}"),), of=of)
    for what, where, of, value in (
        ("before a change", "n_kode = '2' AND gruppen_fortsetter", 2002, "v.n_regdato"),
        ("before an exit", "n_kode = '0' AND gruppen_fortsetter", 2002, "v.n_regdato - 1"),
        ("still open before a change", "n_kode = '2' AND gruppen_fortsetter", 2002, "NULL"),
        ("exit", "slag = 'A'", 2002, "f.regdato - 1"),
        ("group exit", "slag = 'G'", 2002, "NULL"),
        ("still holds", LAST + " AND kode <> '0'", 2002, "f.dagdato"),
        ("of the year before", "n_kode = '2' AND gruppen_fortsetter AND n_aargang = 2002", 2001, "v.regdato"),
    ):
        yield Damage("regtom", what, where, (record(f"regtom = {value}"),), of=of)

    everything = ", ".join(f"{column} = v.tilgdato - 1" for column in ("tilgdato", "asoktilg", *DATES))
    yield Damage(
        "fra_serie_start",
        "a day before",
        f"{OPENING} AND regdato = DATE '2001-05-01' AND n_kode = '0' AND n_avgdato IS NOT NULL AND n_aargang = 2001",
        (exit_after(everything), record(f"{everything}, regdato = v.regdato - 1"), SYNC),
        found=f"unnest(ARRAY[{KEY('regdato - 1', 'kode')}, {NEXT_KEY}])",
        year=2001,
    )

    fits = "status_og_kode"
    yield Damage(
        fits,
        "X on a group exit",
        "slag = 'G'",
        (record("status = overlay(f.status placing 'X' from 2 for 1)"),),
        counted=True,
    )
    for slag, status in (("A", "UK111"), ("A", "UK101"), ("A", "ZZ999"), ("G", "OK100"), ("G", "ZZ999")):
        where = f"slag = '{slag}' AND status NOT LIKE '_X%' AND status <> '{status}' AND n_aargang = 2002"
        yield Damage(fits, f"{status} on {slag}", where, (record(f"status = '{status}'"), SYNC), counted=True)
    for kode in ("1", "3"):
        yield Damage(
            fits,
            f"left-censored is not {kode}",
            f"{OPENING} AND kode = '9'",
            (record(f"kode = '{kode}'"),),
            year=2001,
            found=KEY("regdato", f"'{kode}'"),
            counted=True,
        )
    for status, rule in (
        ("UK111", "handling = 'avgang_tilgang'"),
        ("OK100", "handling = 'gruppeovergang'"),
        ("NK070", "handling = 'ingen', tilgang_dato = NULL"),
        ("UK101", "kode = '9'"),
    ):
        yield Damage(
            fits,
            f"the rule table has {status} otherwise",
            f"status = '{status}'",
            (f"UPDATE trygdfob.statuskode SET {rule} WHERE status = '{status}'",),
            found="(SELECT array_agg(r.noekkel) FROM rekke AS r WHERE r.aargang = 2002 AND r.status = v.status)",
        )

    dated = "datering"
    a_day_later = ", ".join(
        f"{date} = CASE WHEN f.{date} = f.regdato THEN f.regdato + 1 ELSE f.{date} END" for date in DATES
    )
    yield Damage(
        dated,
        "change",
        f"kode = '2' AND {LAST}",
        (record(f"{a_day_later}, regdato = f.regdato + 1"), before("regtom = v.regdato"), SYNC),
        found=KEY("regdato + 1", "kode"),
    )
    yield Damage(
        dated,
        "entry",
        f"{OPENING} AND {LAST}",
        (record(f"{a_day_later}, regdato = f.regdato + 1, tilgdato = f.regdato + 1, asoktilg = f.regdato + 1"), SYNC),
        found=KEY("regdato + 1", "kode"),
    )
    yield Damage(dated, "exit", "slag = 'A' AND status NOT LIKE '_X%'", (record("dagdato = f.dagdato - 1"),))
    yield Damage(
        dated, "exit at the year's end", "slag = 'A' AND status LIKE '_X%'", (record("dagdato = f.dagdato - 1"),)
    )

    known = "ny_eller_kjent"
    for slag, there, other in (("G", "UK111", "UI110"), ("A", "OK100", "OK101")):
        yield Damage(
            known,
            f"exit and entry differ, {slag}",
            f"slag = '{slag}' AND status = '{there}' AND n_aargang = 2002",
            (record(f"status = '{other}'"), SYNC),
            counted=True,
        )
    back = f"{OPENING} AND individ = 'avsluttet' AND f_aargang = 2001"
    yield Damage(
        known,
        "back from nowhere",
        back,
        ("DELETE FROM trygdfob.f_arbsok AS f USING v WHERE f.fnr = v.fnr AND f.aargang = 2001",),
    )
    yield Damage(known, "back, but the year's end closed nothing", back, (before("status = 'OK100'"),))
    yield Damage(
        known,
        "closed at the year's end, but not back",
        "slag = 'A' AND status LIKE 'O%' AND status NOT LIKE '_X%' AND n_aargang = 2002 AND dagdato < '2002-08-01'",
        (record("status = overlay(f.status placing 'X' from 2 for 1)"),),
        found=NEXT_KEY,
        counted=True,
    )
    yield Damage(
        "aargang_er_registreringens",
        "a record of the year before",
        "kode = '2' AND 2001 = ANY (lop_ved_slutten_av)",
        (record("aargang = 2002"),),
        of=2001,
        counted=True,
    )
    for what, year in (("", 2002), (", in the first year", 2001)):
        date = f"{LAST_DAY} - 91"
        yield Damage(
            "avslutning",
            f"13 weeks to the day{what}",
            "slag = 'A' AND status LIKE '_X%'",
            (
                record(f"regdato = {date}, asokavg = {date}, avgdato = {date}, regtom = {date}, dagdato = {date}"),
                spell(f"tomdato = {date}"),
                group(f"asoktom = {date}"),
                before(f"regtom = {date}"),
                SYNC,
            ),
            year=year,
            found=KEY(f"{LAST_DAY} - 91", "kode"),
        )


def registrations() -> Iterator[Damage]:
    """Registrations, and what stands for them (registrering_kontrollert)."""
    has = "record_har_registrering"
    yield Damage(
        has,
        "a record of nobody's",
        f"{OPENING} AND individ = 'ny' AND NOT fortsatt AND {LAST} AND dagdato = (SELECT max(dagdato) FROM fil)",
        (
            "DELETE FROM trygdfob.miniregister AS m USING v WHERE m.fnr = v.fnr AND m.dagdato = v.dagdato",
            "DELETE FROM trygdfob.h_arbsok AS h USING v WHERE h.fnr = v.fnr",
            "UPDATE trygdfob.maanedsfil AS m SET antall = m.antall - 1 FROM v WHERE m.dagdato = v.dagdato",
        ),
        year=2003,
        found="concat_ws(' ', fnr, dagdato)",
        counted=True,
        registrations_too=True,
    )
    yield Damage(
        has,
        "nobody's is rejected",
        "true",
        (rejected("fnr = '01010100000'"), REJECT.replace("JOIN v ON v.fnr = m.fnr", "JOIN v ON v.fnr = m.fnr")),
        table="vrak",
        found="'01010100000 ' || dagdato",
    )
    yield Damage(has, "rejected in another month", "true", (rejected("mnddato = w.mnddato + 31"),), table="vrak")

    # The registration confirms a spell, and so does the one after it
    quiet = "status = 'UK000' AND n_status = 'UK000' AND ant_d_as_n > 5 AND mnddato >= '{0}-11-01'"
    dates = "miniregister_datoer"
    for year in (2002, 2003):
        where = quiet.format(year).replace(">=", "=")
        yield Damage(
            dates,
            f"dagdato, {year}",
            where,
            (register("dagdato = m.dagdato + 1, ant_d_as_n = m.ant_d_as_n + 1"),),
            table="registrert",
            year=year,
            found="concat_ws(' ', fnr, dagdato + 1)",
        )
        yield Damage(
            dates, f"fdagdato, {year}", where, (register("fdagdato = m.fdagdato - 1"),), table="registrert", year=year
        )
        yield Damage(
            dates,
            f"number of days, {year}",
            where,
            (register("ant_d_as_n = m.ant_d_as_n + 1"),),
            table="registrert",
            year=year,
        )
    yield Damage(dates, "no number of days", where, (register("ant_d_as_n = NULL"),), table="registrert", year=2003)
    yield Damage(
        dates, "no date, but a number of days", "henddato IS NULL", (register("ant_d_as_n = 5"),), table="registrert"
    )
    codes = "miniregister_koder"
    for column, value in (("mrk_dl", "31"), ("mrk_fnr", "'2'")):
        for year in YEARS:
            yield Damage(
                codes,
                f"{column}, {year}",
                f"{column} IS DISTINCT FROM {value}",
                (register(f"{column} = {value}"),),
                table="registrert",
                year=year,
                counted=True,
            )
    for what, where, value in (
        ("other group", "hoved = '1' AND as_gr = '1'", "'2'"),
        ("9", "hoved = '1'", "'-1'"),
        ("7", "hoved = '1'", "NULL"),
        ("not 7", "hoved = '7' AND as_gr = '7'", "'1'"),
    ):
        yield Damage(
            codes,
            f"as_gr, {what}",
            f"mnddato = '2002-10-01' AND {where}",
            (register(f"as_gr = {value}"),),
            table="registrert",
            counted=True,
        )

    account = "registrering_gjort_rede_for"
    yield Damage(account, "rejected where it confirms", "handling = 'ingen'", (REJECT,), table="registrert")
    yield Damage(account, "rejected before the start", "NOT fra_start", (REJECT,), table="registrert", year=2001)
    yield Damage(account, "record and rejected", "handling = 'endring'", (REJECT,), table="registrert")
    yield Damage(
        account,
        "neither",
        "true",
        ("DELETE FROM trygdfob.vrak_arbsok AS w USING v WHERE w.fnr = v.fnr AND w.dagdato = v.dagdato",),
        table="vrak",
    )
    rule = "status_etter_reglene"
    yield Damage(
        rule,
        "another change",
        "kode = '2' AND status = 'UK101'",
        (record("status = 'UK901'"), SYNC),
        counted=True,
        found="concat_ws(' ', fnr, dagdato)",
    )
    yield Damage(rule, "rejected for another reason", "true", (rejected("status = 'XXXXX'"),), table="vrak")
    yield Damage(
        rule,
        "a change is rejected",
        f"kode = '2' AND {LAST}",
        (
            DELETE,
            before("regtom = NULL"),
            SYNC,
            REJECT.replace("v.mnddato = m.mnddato AND v.aargang", "v.dagdato = m.dagdato AND v.aargang"),
        ),
        found="concat_ws(' ', fnr, dagdato)",
        counted=True,
    )

    shows = "record_viser_registreringen"
    alone = f"{OPENING} AND {LAST} AND tilgang_dato = 'henddato'"
    for column, value in (
        ("hoved", "'8'"),
        ("hovedarbstat", "'ZZ'"),
        ("tiltak", "'ZZ'"),
        ("ytelse", "'ZZ'"),
        ("fdagdato", "f.fdagdato - 1"),
    ):
        yield Damage(
            shows, column, alone, (record(f"{column} = {value}"),), found="concat_ws(' ', fnr, dagdato)", counted=True
        )
    yield Damage(
        shows,
        "henddato",
        "kode = '2' AND tilgang_dato = 'fdagdato+1'",
        (record("henddato = f.henddato - 1"),),
        found="concat_ws(' ', fnr, dagdato)",
    )
    for column, value in (
        ("hoved", "'8'"),
        ("hovedarbstat", "'ZZ'"),
        ("tiltak", "'ZZ'"),
        ("ytelse", "'ZZ'"),
        ("fdagdato", "w.fdagdato - 1"),
        ("henddato", "coalesce(w.henddato, w.dagdato) - 1"),
    ):
        yield Damage(shows, f"{column}, rejected", "true", (rejected(f"{column} = {value}"),), table="vrak")


def last_registrations() -> Iterator[Damage]:
    """H_ARBSOK (h_arbsok_kontrollert and registrering_kontrollert)."""
    right = "h_er_siste_registrering"
    for column, value in (
        ("hoved", "'8'"),
        ("hovedarbstat", "'ZZ'"),
        ("tiltak", "'ZZ'"),
        ("ytelse", "'ZZ'"),
        ("fdagdato", "a.fdagdato - 1"),
        ("henddato", "coalesce(a.henddato, a.dagdato) - 1"),
    ):
        yield Damage(
            right,
            f"{column}, registered",
            "registrert_da",
            (last_registered(f"{column} = {value}"),),
            table="h",
            found="concat_ws(' ', fnr, dagdato)",
            counted=True,
        )
        yield Damage(
            right,
            f"{column}, not registered",
            "NOT registrert_da",
            (last_registered(f"{column} = {value}"),),
            table="h",
            counted=True,
        )
    yield Damage(
        right,
        "dagdato, registered",
        "registrert_da",
        (last_registered("dagdato = a.dagdato - 1"),),
        table="h",
        found="unnest(ARRAY[noekkel, concat_ws(' ', fnr, dagdato)])",
    )
    yield Damage(
        right,
        "dagdato, not registered",
        "NOT registrert_da",
        (last_registered("dagdato = DATE '2002-12-01'"),),
        table="h",
    )
    for column in ("tilgdato", "asoktilg", *DATES):
        yield Damage(right, column, "avgdato IS NOT NULL", (last_registered(f"{column} = a.{column} - 1"),), table="h")
    yield Damage(
        right, "no record", "avgdato IS NOT NULL", (last_registered("tilgdato = a.tilgdato + 9999"),), table="h"
    )
    yield Damage(right, "status", "true", (last_registered("status = 'ZZ'"),), table="h")
    ends_here = "fnr IN (SELECT r.fnr FROM rekke AS r WHERE r.n_kode IS NULL AND r.aargang = 2002)"
    yield Damage(
        right,
        "closed",
        f"avgdato IS NULL AND {ends_here}",
        (last_registered("avgdato = a.dagdato"),),
        table="h",
        counted=True,
    )
    yield Damage(right, "runs", "avgdato IS NOT NULL", (last_registered("avgdato = NULL"),), table="h", counted=True)
    gone = "DELETE FROM trygdfob.h_arbsok AS a USING v WHERE a.fnr = v.fnr AND a.aargang = v.aargang"
    yield Damage(
        right,
        "missing, registered",
        "registrert_da AND NOT lop_foer",
        (gone,),
        table="h",
        found="concat_ws(' ', fnr, dagdato)",
        counted=True,
    )
    yield Damage(right, "missing, not registered", "NOT registrert_da AND lop_foer", (gone,), table="h", counted=True)
    yield Damage(
        right,
        "one too many",
        "avgdato IS NOT NULL AND fnr NOT IN (SELECT a.fnr FROM trygdfob.h_arbsok AS a WHERE a.aargang = 2002)",
        (
            "INSERT INTO trygdfob.h_arbsok SELECT n.* FROM trygdfob.h_arbsok AS a JOIN v USING (fnr, aargang)"
            " CROSS JOIN LATERAL jsonb_populate_record("
            "NULL::trygdfob.h_arbsok, to_jsonb(a) || jsonb_build_object('aargang', 2002)) AS n",
        ),
        table="h",
        of=2001,
    )
    for year in (2001, 2002):
        yield Damage(
            "avsluttet_i_tide",
            f"{year}",
            "slag = 'A' AND status LIKE '_X%'",
            (*RUNS_ON, SYNC),
            year=year,
            found="fnr",
            counted=True,
        )


def moved(to: str) -> tuple[str, ...]:
    """The victim's month with another extraction date; nothing hangs on those before the start of the series."""
    return (
        f"UPDATE trygdfob.miniregister AS m SET dagdato = {to}, henddato = {to} - m.ant_d_as_n FROM v"
        " WHERE m.mnddato = v.mnddato",
        f"UPDATE trygdfob.miniregister AS m SET fdagdato = {to} FROM v"
        " WHERE m.mnddato = v.mnddato + interval '1 month'",
        f"UPDATE trygdfob.maanedsfil AS m SET dagdato = {to} FROM v WHERE m.mnddato = v.mnddato",
        f"UPDATE trygdfob.maanedsfil AS m SET fdagdato = {to} FROM v WHERE m.mnddato = v.mnddato + interval '1 month'",
    )


def follows(previous: str) -> tuple[str, ...]:
    """The victim's month says that the extraction date before it was another."""
    return (
        f"UPDATE trygdfob.miniregister AS m SET fdagdato = {previous} FROM v WHERE m.mnddato = v.mnddato",
        f"UPDATE trygdfob.maanedsfil AS m SET fdagdato = {previous} FROM v WHERE m.mnddato = v.mnddato",
    )


def without(month: str) -> tuple[str, ...]:
    """A month is not there at all."""
    return tuple(
        f"DELETE FROM {qualified(table)} WHERE mnddato = '{month}'"
        for table in ("miniregister", "lagt_til_side", "maanedsfil")
    )


def years() -> Iterator[Damage]:
    """Files, sums, run log (aargang_kontrollert) and what is suspicious (aargang_mistenkelig)."""
    month = "mnddato = '2001-{:02}-01'".format
    connected: dict[str, Any] = {
        "control": "maaneder_henger_sammen",
        "table": "fil",
        "year": 2001,
        "counted": True,
        "registrations_too": True,
    }
    yield Damage(what="early", pick=month(1), do=moved("DATE '2000-12-21'"), **connected)
    yield Damage(what="late", pick=month(2), do=moved("DATE '2001-03-11'"), **connected)
    yield Damage(what="before the month before", pick=month(2), do=moved("v.fdagdato - 1"), **connected)
    yield Damage(what="the same day", pick=month(2), do=moved("v.fdagdato"), **connected)
    yield Damage(what="another day before", pick=month(3), do=follows("v.fdagdato - 1"), **connected)
    yield Damage(what="no day before", pick=month(3), do=follows("NULL"), **connected)
    yield Damage(
        what="no extraction date",
        pick=month(1),
        do=(
            "DELETE FROM trygdfob.miniregister WHERE mnddato = '2001-01-01'",
            "DELETE FROM trygdfob.lagt_til_side WHERE mnddato = '2001-01-01'",
            "UPDATE trygdfob.maanedsfil SET dagdato = NULL, antall = 0 WHERE mnddato = '2001-01-01'",
            "UPDATE trygdfob.maanedsfil SET fdagdato = NULL WHERE mnddato = '2001-02-01'",
            "UPDATE trygdfob.miniregister SET fdagdato = NULL WHERE mnddato = '2001-02-01'",
        ),
        empty=("2001-01",),
        **connected,
    )
    yield Damage(what="no January", pick=month(2), do=without("2001-01-01"), found="'2001'", **connected)
    yield Damage(
        what="no February",
        pick=month(3),
        do=(*follows("(SELECT fil.dagdato FROM fil WHERE fil.mnddato = '2001-01-01')"), *without("2001-02-01")),
        found="unnest(ARRAY['2001', noekkel])",
        **connected,
    )

    read: dict[str, Any] = {"control": "alle_innleste_gjort_rede_for", "table": "fil", "counted": True}
    aside = "EXISTS (SELECT FROM trygdfob.lagt_til_side AS s WHERE s.mnddato = fil.mnddato)"
    for what, where, number in (
        ("lost", aside, "+ 1"),
        ("lost, none set aside", f"NOT {aside}", "+ 1"),
        ("won", "true", "- 1"),
    ):
        yield Damage(
            what=what,
            pick=where,
            do=(f"UPDATE trygdfob.maanedsfil AS m SET antall = m.antall {number} FROM v WHERE m.mnddato = v.mnddato",),
            **read,
        )
    for reason, of in (("dublett", 2002), ("ugyldig_fnr", 2003)):
        yield Damage(
            year=of,
            what=f"{reason} is gone",
            pick=aside.replace("fil.mnddato", f"fil.mnddato AND s.grunn = '{reason}'"),
            do=(
                "DELETE FROM trygdfob.lagt_til_side AS s USING v"
                " WHERE (s.mnddato, s.linje) = (SELECT t.mnddato, t.linje"
                f" FROM trygdfob.lagt_til_side AS t WHERE t.mnddato = v.mnddato AND t.grunn = '{reason}' LIMIT 1)",
            ),
            **read,
        )
    yield Damage(
        what="a month is lost",
        pick=month(2),
        do=(
            "DELETE FROM trygdfob.miniregister WHERE mnddato = '2001-02-01'",
            "DELETE FROM trygdfob.lagt_til_side WHERE mnddato = '2001-02-01'",
        ),
        registrations_too=True,
        empty=("2001-02",),
        **read | {"year": 2001},
    )

    sums: dict[str, Any] = {"control": "summer_stemmer"}
    register_sum = "'miniregister_tall ' || concat_ws(' ', mnddato, hoved, mrk_fnr, mrk_dl)"
    spell_sum = "'forlop_tall ' || concat_ws(' ', status, kode, hoved, tilfelle)"
    length_sum = (
        "'varighet_tall ' || CASE WHEN avsluttet THEN 'ended' ELSE 'running' END || ' ' || coalesce(hoved, '-')"
    )
    for table, where, key in (
        ("miniregister_tall", "mrk_dl IS NULL", register_sum),
        ("miniregister_tall", "mrk_dl = 32", register_sum),
        ("miniregister_tall", "mrk_fnr = '1'", register_sum),
        ("forlop_tall", "kode = '0' AND tilfelle", spell_sum),
        ("forlop_tall", "kode = '0' AND NOT tilfelle", spell_sum),
        ("forlop_tall", "kode = '1' AND NOT tilfelle", spell_sum),
        ("forlop_tall", "kode = '2'", spell_sum),
        ("varighet_tall", "avsluttet AND hoved IS NULL", length_sum),
        ("varighet_tall", "avsluttet AND hoved = '5'", length_sum),
        ("varighet_tall", "NOT avsluttet AND hoved IS NULL", length_sum),
        ("varighet_tall", "NOT avsluttet AND hoved = '5'", length_sum),
        ("registrering_tall", "status = 'UK000'", "'registrering_tall ' || mnddato"),
    ):
        this = f"UPDATE {qualified(table)} AS t SET antall = t.antall + 1 FROM v WHERE to_jsonb(t) = to_jsonb(v)"
        log = ("LOG",) if table == "registrering_tall" else ()
        yield Damage(
            what=f"{table}: {where}", pick=where, do=(this, *log), table=f"{qualified(table)}", found=key, **sums
        )
    for table, key in (
        ("miniregister_tall", register_sum),
        ("forlop_tall", spell_sum),
        ("varighet_tall", length_sum),
        ("registrering_tall", "'registrering_tall ' || mnddato"),
    ):
        yield Damage(
            what=f"no {table}",
            pick="true",
            table=f"{qualified(table)}",
            do=(
                f"CREATE TEMP TABLE alle AS SELECT DISTINCT {key} AS noekkel"
                f" FROM {qualified(table)} WHERE aargang = 2002",
                f"DELETE FROM {qualified(table)} WHERE aargang = 2002",
                "LOG",
            ),
            found="(SELECT array_agg(alle.noekkel) FROM alle)",
            **sums,
        )
    for table, row, key in (
        (
            "miniregister_tall",
            "'2002-01-01', '{}', NULL, NULL, NULL, NULL, '0', NULL, 1",
            "'miniregister_tall 2002-01-01 {} 0'",
        ),
        (
            "registrering_tall",
            "'2002-0{}-02', 'bekreftet', 'UK000', 'ingen', false, 1",
            "'registrering_tall 2002-0{}-02'",
        ),
        ("forlop_tall", "'2002-01-01', 'ZZ', '2', '{}', NULL, false, 1", "'forlop_tall ZZ 2 {} f'"),
        ("varighet_tall", "'{}', 1, false, false, 1", "'varighet_tall running {}'"),
    ):
        yield Damage(
            what=f"sums of nothing, {table}",
            pick="true",
            table="fil",
            **sums,
            do=(*(f"INSERT INTO {qualified(table)} VALUES (2002, {row.format(n)})" for n in (8, 9)), "LOG"),
            found=f"unnest(ARRAY[{key.format(8)}, {key.format(9)}])",
        )

    logged = (
        "lagsasf",
        "nokkel_miniregister",
        "fra_start",
        "asok_insert_forlop",
        "asok_insert_vrak",
        "vrakede",
        "tilganger",
        "avganger",
        "venstresensurerte",
        "endringer",
        "gruppeoverganger",
        "avsluttede",
        "tall_i_as_stat",
        "ugyldig_fnr",
        "dublett",
        "lopende",
    )
    for what, value, year in (
        ("one more", "jsonb_object_agg(e.key, e.value::bigint + 1)", 2002),
        ("one less", "jsonb_object_agg(e.key, e.value::bigint - 1)", 2001),
        ("nothing", "coalesce(jsonb_object_agg(e.key, 0) FILTER (WHERE false), '{}')", 2003),
    ):
        yield Damage(
            "kjorelogg_stemmer",
            what,
            "true",
            (
                f"UPDATE trygdfob.kjorelogg SET antall = (SELECT {value} FROM jsonb_each_text(antall) AS e)"
                f" WHERE aargang = {year}",
            ),
            year=year,
            table="fil",
            # A run log without it is from before T13, when none was set aside for it
            found=f"unnest(array_remove('{{{','.join(logged)}}}', '{'tall_i_as_stat' if what == 'nothing' else ''}'))",
        )
    yield Damage(
        "kjorelogg_stemmer",
        "no load",
        "true",
        ("UPDATE trygdfob.kjorelogg SET handling = 'unload' WHERE aargang = 2002",),
        table="fil",
        found=f"unnest('{{{','.join(logged)}}}'::text[])",
    )

    number = "lopenr_er_personens"
    # With the key as it is: the other person has no such record, and nobody has 0000000000000000
    others = (
        "SELECT min(p.lopenr) FROM trygdfob.person AS p, v WHERE p.fnr <> v.fnr"
        " AND NOT EXISTS (SELECT FROM rekke AS r WHERE r.fnr = p.fnr AND r.regdato = v.regdato)"
    )
    yield Damage(number, "another person's", "kode = '2'", (record(f"lopenr = ({others})"),))
    yield Damage(number, "another person's, exit", "slag = 'A'", (record(f"lopenr = ({others})"),), year=2001)
    yield Damage(number, "nobody's", OPENING, (record("lopenr = '0000000000000000'"),))
    every_record = "(SELECT array_agg(r.noekkel) FROM rekke AS r WHERE r.fnr = v.fnr AND r.aargang = {})".format
    for what, where, of, year in (
        ("new in the year", f"{OPENING} AND individ = 'ny'", 2002, 2002),
        ("known before", f"{OPENING} AND individ = 'ny' AND 2001 = ANY (lop_ved_slutten_av)", 2001, 2002),
        ("in the first year", OPENING, 2001, 2001),
    ):
        more = f"{where} AND fnr IN (SELECT r.fnr FROM rekke AS r WHERE r.aargang = {year} AND r.kode = '2')"
        for change, person in (
            ("not in person", "DELETE FROM trygdfob.person AS p USING v WHERE p.fnr = v.fnr"),
            (
                "another number in person",
                "UPDATE trygdfob.person AS p SET lopenr = '0000000000000000' FROM v WHERE p.fnr = v.fnr",
            ),
        ):
            yield Damage(number, f"{change}, {what}", more, (person,), of=of, year=year, found=every_record(year))
    yield Damage(
        number,
        "two persons have each other's",
        f"{OPENING} AND individ = 'ny'",
        (
            "CREATE TEMP TABLE begge AS SELECT p.* FROM trygdfob.person AS p"
            " WHERE p.fnr IN (SELECT v.fnr FROM v UNION ALL (SELECT r.fnr FROM rekke AS r, v"
            " WHERE r.fnr <> v.fnr AND r.aargang = 2002 ORDER BY r.fnr LIMIT 1))",
            "DELETE FROM trygdfob.person AS p USING begge WHERE p.fnr = begge.fnr",
            "INSERT INTO trygdfob.person SELECT a.fnr, b.lopenr, a.aargang FROM begge AS a, begge AS b WHERE a <> b",
        ),
        found="(SELECT array_agg(r.noekkel) FROM rekke AS r JOIN begge AS t ON t.fnr = r.fnr WHERE r.aargang = 2002)",
    )
    for year in (2001, 2002):
        yield Damage(
            number,
            f"a person without record, {year}",
            "true",
            (f"INSERT INTO trygdfob.person VALUES ('01010100000', '0000000000000000', {year})",),
            year=year,
            table="fil",
            found="'01010100000'",
        )
    yield Damage(
        number,
        "a person with records of another year alone",
        "fnr NOT IN (SELECT r.fnr FROM rekke AS r WHERE r.aargang = 2002)",
        ("UPDATE trygdfob.person AS p SET aargang = 2002 FROM v WHERE p.fnr = v.fnr",),
        of=2001,
        found="fnr",
    )

    before_start: dict[str, Any] = {"year": 2001, "counted": True, "registrations_too": True}
    yield Damage(
        "maaned_for_liten",
        "a third of a month is gone",
        month(3),
        (
            "DELETE FROM trygdfob.miniregister AS m USING v WHERE m.mnddato = v.mnddato AND left(m.fnr, 2) < '11'",
            "UPDATE trygdfob.maanedsfil AS m SET antall = (SELECT count(*) FROM trygdfob.miniregister AS r"
            " WHERE r.mnddato = v.mnddato)"
            " + (SELECT count(*) FROM trygdfob.lagt_til_side AS s WHERE s.mnddato = v.mnddato) FROM v"
            " WHERE m.mnddato = v.mnddato",
        ),
        table="fil",
        **before_start,
    )
    yield Damage(
        "gruppe_borte",
        "all are in another",
        month(3),
        ("UPDATE trygdfob.miniregister AS m SET hoved = '1' FROM v WHERE m.mnddato = v.mnddato AND m.hoved = '5'",),
        table="fil",
        found="noekkel || ' 5'",
        **before_start,
    )
    # An activity of two characters is as expected before October 2002
    unknown = {column: "ZZZ" if column == "tiltak" else "ZZ" for column in (*VALUES, "as_gr")}
    for column in unknown:
        yield Damage(
            "ny_kode",
            column,
            "NOT fra_start AND mnddato = '2001-03-01'",
            (register(f"{column} = '{unknown[column]}'"),),
            table="registrert",
            found=f"'{column} {unknown[column]}'",
            **before_start,
        )
    yield Damage(
        "borte_og_tilbake",
        "in the sums",
        "status = 'UK000' AND mnddato = '2003-02-01' AND NOT en_maaned_borte",
        (
            "UPDATE arbsok_lasting.registrering_tall AS t SET en_maaned_borte = true FROM v"
            " WHERE to_jsonb(t) = to_jsonb(v)",
        ),
        year=2003,
        table="arbsok_lasting.registrering_tall",
        found="'2003-02'",
    )
    for control, assignment in (("faa_gjengangere", "status = 'FK070'"), ("mange_endringer", "status = 'UI0012'")):
        yield Damage(
            control,
            "in the sums",
            "status = 'UK000' AND mnddato = '2003-02-01' AND NOT en_maaned_borte",
            (f"UPDATE arbsok_lasting.registrering_tall AS t SET {assignment} FROM v WHERE to_jsonb(t) = to_jsonb(v)",),
            year=2003,
            table="arbsok_lasting.registrering_tall",
            found="'2003-02'",
        )
    yield Damage(
        "fil_endret",
        "another file was seen",
        month(3),
        (
            "INSERT INTO trygdfob.avvikende_fil (mnddato, fil, bytes, sha256)"
            " SELECT v.mnddato, v.fil, v.bytes, md5('x') FROM v",
        ),
        year=2001,
        table="fil",
    )


def deliveries() -> Iterator[Damage]:
    """What a file is judged by (filmaal): the rules take care of each record, somebody must see how many they are."""
    of_file: dict[str, Any] = {
        "table": "fil", "pick": "mnddato = '2001-03-01'", "year": 2001, "counted": True, "registrations_too": True,
    }  # fmt: skip
    for control, assignments in (
        ("mange_uten_dager", "ant_d_as_n = NULL, henddato = NULL"),
        ("mange_rettede_datoer", "mrk_dl = 32"),
        ("mange_like_dager", "ant_d_as_n = least(ant_d_as_n, 365), henddato = m.dagdato - least(ant_d_as_n, 365)"),
    ):
        of_month = f"UPDATE trygdfob.miniregister AS m SET {assignments} FROM v WHERE m.mnddato = v.mnddato"
        yield Damage(control, "all of the month", do=(of_month,), **of_file)
    for control, reason in (
        ("mange_ugyldige_fnr", "ugyldig_fnr"),
        ("mange_tall_i_as_stat", "tall_i_as_stat"),
        ("mange_dubletter", "dublett"),
    ):
        aside = (
            "INSERT INTO trygdfob.lagt_til_side (aargang, mnddato, linje, grunn)"
            f" SELECT v.aargang, v.mnddato, 900000 + n, '{reason}' FROM v, generate_series(1, 9) AS n"
        )
        more = "UPDATE trygdfob.maanedsfil AS m SET antall = m.antall + 9 FROM v WHERE m.mnddato = v.mnddato"
        yield Damage(control, "nine more", do=(aside, more), **of_file)
    yield Damage(
        "mange_feil_i_fnr",
        "as it was counted",
        "mnddato = '2002-03-01'",
        ("UPDATE arbsok_lasting.maanedsfil_tall AS t SET feil_i_fnr = 9 FROM v WHERE t.mnddato = v.mnddato",),
        table="fil",
    )
    yield Damage(
        "mange_vrakede",
        "in the sums",
        "status = 'UK000' AND mnddato = '2003-02-01' AND NOT en_maaned_borte",
        (
            "UPDATE arbsok_lasting.registrering_tall AS t SET utfall = 'vraket' FROM v WHERE to_jsonb(t) = to_jsonb(v)",
            "LOG",
        ),
        year=2003,
        table="arbsok_lasting.registrering_tall",
        found="'2003-02'",
    )
    yield Damage(
        "tall_i_kode",
        "loaded before T13",
        "NOT fra_start AND mnddato = '2001-03-01'",
        (
            register("tiltak = '1234567'"),
            "UPDATE trygdfob.kjorelogg SET antall = antall - 'tall_i_as_stat' WHERE aargang = 2001",
        ),
        table="registrert",
        year=2001,
        counted=True,
        registrations_too=True,
        found="'2001-03'",
    )


DAMAGES = [*forlop(), *registrations(), *last_registrations(), *years(), *deliveries()]
FIRST = {damage.control: damage for damage in reversed(DAMAGES)}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Any]:
    """Three years of synthetic month files."""
    path = tmp_path_factory.mktemp("kontroller") / "files"
    synthetic.make(path, last=(2003, 12), persons=160)
    return month_files.find_month_files(path)


@pytest.fixture(scope="module")
def loaded(postgresql_noproc: NoopExecutor, files: dict[int, Any]) -> Iterator[psycopg.Connection[Any]]:
    """The years, loaded and correct; and tables to pick victims from."""
    with own_database(postgresql_noproc, "kontroller") as connection:
        for year in YEARS:
            runner.load_year(connection, year, files[year], synthetic=True, progress=Silent())
        connection.execute("SET search_path = arbsok, trygdfob, arbsok_lasting, kontroll, public")
        connection.execute(PICK_FROM)
        connection.commit()
        yield connection
        connection.rollback()


@pytest.fixture
def sound(loaded: Connection) -> Iterator[Connection]:
    """The correct register; what a test does to it is rolled back."""
    loaded.rollback()
    yield loaded
    loaded.rollback()


@pytest.fixture(scope="module")
def suspicious(loaded: Connection) -> dict[int, set[tuple[str, str]]]:
    """What the correct register is warned of, by year: a small sample with codes of its own."""
    found = {year: findings(loaded, year) for year in YEARS}
    loaded.rollback()
    warnings = {control for (control,) in loaded.execute("SELECT kontroll FROM kontroll WHERE alvor = 'advarsel'")}
    loaded.rollback()
    assert {control for year in found.values() for control, _ in year} <= warnings
    return found


def findings(connection: Connection, year: int) -> set[tuple[str, str]]:
    """What the year's control finds: control and key, as they are kept; the counts agree."""
    controls = runner.check(connection, year, "check")
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
        connection.execute(
            f"INSERT INTO arbsok_lasting.{name}_tall SELECT * FROM {qualified(f'{name}_opptelt')}(%s)", [damage.year]
        )
    connection.execute("DELETE FROM arbsok_lasting.maanedsfil_tall WHERE aargang = %s", [damage.year])
    connection.execute(sums_of_earlier_years())
    log_again(connection, damage.year)


def log_again(connection: Connection, year: int) -> None:
    connection.execute(
        "UPDATE trygdfob.kjorelogg SET antall = antall || (SELECT coalesce(jsonb_object_agg(a.noekkel,"
        r" substring(a.detalj FROM 'in the tables (\d+)$')::bigint), '{}')"
        " FROM kontroll.aargang_kontrollert(%(year)s) AS a WHERE a.kontroll = 'kjorelogg_stemmer')"
        " WHERE aargang = %(year)s AND handling = 'load'",
        {"year": year},
    )


def inflict(connection: Connection, damage: Damage) -> set[str]:
    """Does the damage; the keys that must be found."""
    for constraint in (*CHECKS, *damage.against):
        connection.execute(f"ALTER TABLE trygdfob.f_arbsok DROP CONSTRAINT {constraint}")
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


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: f"{damage.control}: {damage.what}")
def test_the_damage_is_found_and_nothing_else(
    sound: Connection, suspicious: dict[int, set[tuple[str, str]]], damage: Damage
) -> None:
    keys = inflict(sound, damage)
    assert keys
    found = findings(sound, damage.year) - suspicious[damage.year]
    if damage.control == "lopenr_er_personens":  # by the number the others find a person's records: more may follow
        found = {(control, key) for control, key in found if control == damage.control}
    assert found == {(damage.control, key) for key in keys} | {("maaned_for_liten", key) for key in damage.empty}
    if damage is not FIRST[damage.control]:
        return  # the view reads what the control reads: once is enough
    before = {key for control, key in suspicious[damage.year] if control == damage.control}
    listed = sound.execute(said(sound, damage.year)[damage.control]).fetchall()
    assert {tuple(row[:2]) for row in listed} == {(damage.year, damage.control)}
    assert {row[2] for row in listed} - before == keys
    assert all(row[3] for row in listed)


# ------------------------------------------------------------------------------------------------- the catalogue


def test_every_control_is_broken_by_some_test(sound: Connection) -> None:
    """A row of the catalogue without a damage of its own is a promise that nobody has seen broken."""
    catalogue = {control for (control,) in sound.execute("SELECT kontroll FROM kontroll.kontroll")}
    assert {damage.control for damage in DAMAGES} == catalogue


def test_every_control_says_what_it_promises_and_has_a_view(sound: Connection) -> None:
    views = set()
    for control, view, *texts in sound.execute("SELECT kontroll, visning, tittel, lover, kilde FROM kontroll.kontroll"):
        assert all(text.strip() for text in texts), control
        views.add(view)
    assert sorted(views) == sorted(VIEWS)
    for view in views:
        columns = sound.execute(f"SELECT * FROM kontroll.{view} LIMIT 0").description or []
        assert [column.name for column in columns[:4]] == ["kontrollert_aargang", "kontroll", "noekkel", "detalj"], view


def test_a_query_for_a_year_reads_no_other(sound: Connection) -> None:
    """The year is looked up first, and the pass runs for that one: the views are nested loops with a row outside."""
    for view in VIEWS:
        (plan,) = sound.execute(
            f"EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM kontroll.{view} WHERE kontrollert_aargang = 2002"
        ).fetchone() or ([],)
        nodes = list(below(plan[0]["Plan"]))
        outside = [node for node in nodes if "(aargang = 2002)" in (node.get("Index Cond", ""), node.get("Filter", ""))]
        assert "lastet_aargang" in {node["Relation Name"] for node in outside}, view
        read = {node["Relation Name"] for node in nodes if "Relation Name" in node and node["Actual Loops"]}
        assert not [table for table in read if re.match(r"miniregister_(2001|2003)", table) or table.endswith("_2003")]


def below(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A plan's nodes."""
    yield node
    for each in node.get("Plans", []):
        yield from below(each)


def persons(connection: Connection, year: int, occasion: str, jobs: int, in_parts: bool) -> list[tuple[str, str]]:
    """What a run finds in the persons' records: control and key."""
    run = runner.scalar(
        connection,
        "INSERT INTO kontroll.kontrollkjoring (anledning, aargang, produktversjon, objektversjon)"
        " VALUES (%s, %s, '', '') RETURNING kjoring",
        occasion,
        year,
    )
    found = runner.scalar(connection, "SELECT kontroll.asok_konsistenskontroll(%s, %s, %s)", run, jobs, in_parts)
    kept = connection.execute(
        "SELECT kontroll, noekkel FROM kontroll.kontrollfunn WHERE kjoring = %s", [run]
    ).fetchall()
    assert len(kept) == found
    return kept


@pytest.mark.parametrize(
    ("in_parts", "jobs"), [(False, 1), (True, 1), (True, 3)], ids=["at once", "in parts", "side by side"]
)
def test_a_correct_register_breaks_nothing(sound: Connection, in_parts: bool, jobs: int) -> None:
    """Nor does it matter whether the persons are taken part by part, or side by side; the registrations are counted
    alike."""
    counted = fingerprint(sound)["registrering_tall"]
    assert counted[0] > 100
    sound.execute("DELETE FROM arbsok_lasting.registrering_tall")
    for year in YEARS:
        assert persons(sound, year, "load", jobs, in_parts) == []
    assert fingerprint(sound)["registrering_tall"] == counted
    assert persons(sound, 2002, "check", jobs, in_parts) == []
    assert fingerprint(sound)["registrering_tall"] == counted


def test_an_accurate_load_breaks_nothing(sound: Connection, suspicious: dict[int, set[tuple[str, str]]]) -> None:
    """The load's own control, which counts the registrations before it holds the sums against them."""
    counted = fingerprint(sound)["registrering_tall"]
    sound.execute("DELETE FROM arbsok_lasting.registrering_tall")
    for year in YEARS:
        controls = runner.check(sound, year, "load")
        assert [each.control for each in controls if each.is_error] == []
        assert sum(each.count for each in controls) == len(suspicious[year])
    assert fingerprint(sound)["registrering_tall"] == counted


def test_a_record_twice_under_two_numbers(sound: Connection, suspicious: dict[int, set[tuple[str, str]]]) -> None:
    """The key of F_ARBSOK allows it, the key of spec.md 5.1 does not: the two controls together see what it misses."""
    sound.execute("CREATE TEMP TABLE v AS SELECT * FROM rekke WHERE aargang = 2002 AND kode = '2' ORDER BY fnr LIMIT 1")
    (key,) = sound.execute("SELECT noekkel FROM v").fetchone() or ("",)
    sound.execute(copy("'lopenr', '0000000000000000'"))
    count_again(sound, Damage("", "", "", (), counted=True))
    twice = {("nokkel_entydig", key), ("lopenr_er_personens", key)}
    assert findings(sound, 2002) - suspicious[2002] == twice
    # Both numbers wrong: one finding, not an error of the database
    sound.execute(record("lopenr = '0000000000000001'") + " AND f.lopenr = v.lopenr")
    assert findings(sound, 2002) - suspicious[2002] == twice


#: Finds, in each part, the part and the process that took it
WHO = """
CREATE OR REPLACE FUNCTION kontroll.personkontroll(p_aargang integer, p_del integer) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
BEGIN
    RETURN jsonb_build_object('tall', '[]'::jsonb, 'funn', jsonb_build_array(jsonb_build_object('kontroll', 'tomdato',
        'noekkel', format('%s, %s', coalesce(p_del::text, 'all'), pg_backend_pid()), 'detalj', '')));
END
$$
"""


SETTINGS = "SELECT name, setting FROM pg_settings WHERE name LIKE '%parallel%' ORDER BY name"


def test_parts_side_by_side_have_processes_of_their_own(sound: Connection) -> None:
    """The statement's plan gives them, inside a function that writes; this session's own leaves them all of it."""
    sound.execute(WHO)
    sound.execute("SET LOCAL parallel_leader_participation = off")
    before = sound.execute(SETTINGS).fetchall()
    own = sound.info.backend_pid
    for jobs, apart in ((1, False), (3, True)):
        took = dict(key.split(", ") for _, key in persons(sound, 2002, "check", jobs, in_parts=True))
        assert sorted(took) == [str(part) for part in runner.PARTS]
        assert (str(own) not in took.values()) == apart
    assert sound.execute(SETTINGS).fetchall() == before


@pytest.mark.parametrize(("registrations", "parts"), [(199_999, ["all"]), (200_000, list("01234567"))])
def test_persons_are_taken_in_parts_where_they_are_many(
    sound: Connection, registrations: int, parts: list[str]
) -> None:
    sound.execute(WHO)
    sound.execute(
        "UPDATE trygdfob.maanedsfil SET antall = CASE WHEN mnddato = '2002-12-01' THEN %s ELSE 0 END"
        " WHERE aargang = 2002",
        [registrations],
    )
    found = findings(sound, 2002)
    assert sorted(key.split(", ")[0] for control, key in found if control == "tomdato") == parts


def test_too_old_is_by_the_setting_of_the_load_to_the_day(
    sound: Connection, suspicious: dict[int, set[tuple[str, str]]]
) -> None:
    """avslutning_dager as the run log has it: so many days are not too old, and what was closed was older (T7)."""
    last = "(SELECT max(m.dagdato) FROM trygdfob.maanedsfil AS m WHERE m.aargang = 2002)"
    running = f"SELECT {last} - h.dagdato AS dager, h.fnr::text FROM h WHERE h.aargang = 2002 AND h.avgdato IS NULL"
    closed = (
        f"SELECT {last} - r.dagdato AS dager, r.noekkel FROM rekke AS r WHERE r.aargang = 2002 AND r.status LIKE '_X%'"
    )
    oldest = runner.scalar(sound, f"SELECT max(dager) FROM ({running}) AS q")
    youngest = runner.scalar(sound, f"SELECT min(dager) FROM ({closed}) AS q")
    assert 0 < oldest <= 91 < youngest

    def found(days: int) -> set[tuple[str, str]]:
        sound.execute(
            "UPDATE trygdfob.kjorelogg SET innstillinger ="
            " innstillinger || jsonb_build_object('avslutning_dager', %s::integer) WHERE aargang = 2002",
            [days],
        )
        return findings(sound, 2002) - suspicious[2002]

    assert found(oldest) == set()
    too_old = {("avsluttet_i_tide", key) for days, key in sound.execute(running) if days == oldest}
    assert found(oldest - 1) == too_old
    assert found(youngest - 1) == set()
    too_young = {("avslutning", key) for days, key in sound.execute(closed) if days == youngest}
    assert found(youngest) == too_young


def test_a_damage_is_found_part_by_part(sound: Connection) -> None:
    """One in each pass, in the first part and in the last."""
    for order in ("", "DESC"):
        for table, change in (
            ("f_arbsok", "tomdato = '1999-12-31'"),
            ("miniregister", "ant_d_as_n = -1"),
            ("h_arbsok", "status = 'ZZ'"),
        ):
            sound.execute(
                f"UPDATE {qualified(table)} AS t SET {change} WHERE t.aargang = 2002 AND t.fnr ="
                f" (SELECT u.fnr FROM {qualified(table)} AS u WHERE u.aargang = 2002 ORDER BY u.fnr {order} LIMIT 1)"
            )
    found = findings(sound, 2002)
    part_by_part = set(persons(sound, 2002, "check", 2, in_parts=True))
    of_persons = "SELECT kontroll FROM kontroll.kontroll WHERE visning ~ '_(forlop|registrering|h_arbsok)_'"
    assert part_by_part == {each for each in found if (each[0],) in sound.execute(of_persons).fetchall()}
    for control in ("tomdato", "miniregister_datoer", "h_er_siste_registrering"):
        assert len({key[:11] for name, key in found if name == control}) == 2, control
    every = " UNION ALL ".join(
        f"SELECT kontroll, noekkel FROM kontroll.{view} WHERE kontrollert_aargang = 2002" for view in VIEWS
    )
    assert sorted(sound.execute(every).fetchall()) == sorted(found)
    sound.rollback()


# ------------------------------------------------------------------------------------------------------ the load

WRONG = """
CREATE OR REPLACE FUNCTION arbsok_lasting.lag_tomdato(neste_avgang date, avsluttet date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(neste_avgang + 1, avsluttet);
"""


@pytest.fixture
def wrong(sound: Connection) -> Connection:
    """2003 is to be loaded by a program that writes a wrong tomdato."""
    sound.execute("SELECT arbsok_lasting.ta_tilbake_aargang(2003)")
    sound.execute(WRONG)
    return sound


def load(connection: Connection, files: dict[int, Any], year: int = 2003, **options: Any) -> runner.YearReport:
    return runner.load_year(connection, year, files[year], synthetic=True, progress=Silent(), **options)


def test_an_error_refuses_the_year(wrong: Connection, files: dict[int, Any]) -> None:
    before = fingerprint(wrong)
    with pytest.raises(UserError) as refusal:
        load(wrong, files)
    assert fingerprint(wrong) == before
    sentence = str(refusal.value)
    assert re.search(
        r"2003 is refused.*: the controls find [1-9]\d* against tomdato \(tomdato is the avgdato", sentence
    )
    assert "against" not in sentence.replace("against tomdato", "")
    assert re.search(r"\d{11}", sentence) is None


def test_an_accepted_error_is_kept_with_its_reason(wrong: Connection, files: dict[int, Any]) -> None:
    """Only what it finds is said to be accepted; and it is the control by name, not the year, that is."""
    with pytest.raises(UserError, match="against tomdato"):
        load(wrong, files, accept={"regtom": "not this one"})
    report = load(wrong, files, accept={"tomdato": "known, mended next year", "regtom": "in case"})
    count = {each.control: each.count for each in report.controls}
    assert count["tomdato"] > 0
    said = wrong.execute(
        "SELECT godtatt, kontroller FROM trygdfob.kjorelogg WHERE aargang = 2003 ORDER BY kjoring DESC LIMIT 1"
    ).fetchone()
    assert said == ({"tomdato": "known, mended next year"}, count)
    kept = wrong.execute(
        "SELECT r.kontroll, r.antall, r.godtatt FROM kontroll.kontrollresultat AS r"
        " JOIN kontroll.kontrollkjoring AS k USING (kjoring)"
        " WHERE k.aargang = 2003 AND k.anledning = 'load' AND r.godtatt IS NOT NULL"
    ).fetchall()
    assert kept == [("tomdato", count["tomdato"], "known, mended next year")]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"accept": ["tomdato"]}, "--accept and --why go together"),
        ({"accept": ["tomdato"], "why": "  "}, "--accept and --why go together"),
        ({"why": "because"}, "--accept and --why go together"),
        ({"accept": ["tomdatoo"], "why": "because"}, "--accept tomdatoo: there is no such control"),
        ({"accept": ["tomdato", "ny_kode"], "why": "because"}, "--accept ny_kode: .* only warns"),
    ],
)
def test_what_cannot_be_accepted(
    postgresql: Connection, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], sentence: str
) -> None:
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(postgresql))
    with pytest.raises(UserError, match=sentence):
        cli.load_year(2001, **options)
    assert runner.loaded_years(postgresql) == []


# ---------------------------------------------------------------------------------------------- the command line


def test_the_command_check(
    postgresql: Connection, files: dict[int, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1 where something is wrong, 0 where something is only suspicious. What holds is a number, or a
    line for each promise."""
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(postgresql))
    cli.check(None, jobs=1)
    assert "No year is loaded" in capsys.readouterr().out
    with database.connect(address(postgresql)) as connection:
        connection.execute("TRUNCATE trygdfob.arbeidssokerstatus")  # all codes of hovedarbstat and as_gr are unknown
        load(connection, files, 2001)
        cli.check(None, jobs=2)
        short = capsys.readouterr().out.splitlines()
        cli.check(None, jobs=2, verbose=True)
        year, *lines = capsys.readouterr().out.splitlines()
        assert year == "2001"
        held = [line for line in lines if line.startswith("ok   ")]
        place = short.index("In short")
        assert short[:place] == [year, *(line for line in lines[: lines.index("In short")] if line not in held),
            f"ok   {len(held)} controls hold"]  # fmt: skip
        assert short[place:-1] == lines[lines.index("In short") :]
        assert short[-1].endswith("make check VERBOSE=1, fdtrygd check --verbose.")
        promises = [line for line in lines[: lines.index("In short")] if not line.startswith(" ")]
        assert len(promises) == runner.scalar(connection, "SELECT count(*) FROM kontroll.kontroll")
        assert {line[:5] for line in promises} == {"ok   ", "warn "}
        where = [line for line in lines if line.startswith("     ") and " found: " in line]
        assert lines[-1] == "     2001: warnings: " + ", ".join(
            line.split()[1].rstrip(":") for line in lines if line.startswith("warn ")
        )
        assert len(where) == sum(line.startswith("warn ") for line in lines)
        said = [line.strip() for line in lines if " is in no code list and in no year before; " in line]
        assert len(said) == runner.MOST_SENTENCES
        assert any(line.endswith(of_view("arbsok_mistenkelig_funn", "ny_kode", 2001)) for line in where)

        connection.execute("UPDATE trygdfob.f_arbsok SET tomdato = regdato WHERE kode <> '0'")
        with pytest.raises(typer.Exit) as end:
            cli.check(2001, jobs=1)
        assert end.value.exit_code == 1
        out = capsys.readouterr().out
        assert "FAIL tomdato: does not hold: tomdato is the avgdato" in out
        assert "     2001: errors: tomdato" in out
        assert re.search(r"\d{11}", out) is None
        with pytest.raises(UserError, match=r"2002 is not loaded\. Loaded: 2001\."):
            cli.check(2002, jobs=1)


# ------------------------------------------------------------------------------------------------------ warnings


def sums_of(connection: Connection, year: int, *months: dict[str, int]) -> None:
    """The year's files and sums, by hand: of each month, registrations by main group."""
    for number, groups in enumerate(months, start=1):
        file_of(connection, date(year, number, 1), i_miniregisteret=sum(groups.values()))
        for group, count in groups.items():
            connection.execute(
                "INSERT INTO arbsok_lasting.miniregister_tall (aargang, mnddato, hoved, mrk_fnr, antall)"
                " VALUES (%(year)s, make_date(%(year)s, %(month)s, 1), %(group)s, '0', %(count)s)",
                {"year": year, "month": number, "group": group, "count": count},
            )


def file_of(connection: Connection, month: date, **counts: int) -> None:
    """A month's file, and what it gave: nothing but what is said."""
    connection.execute(
        "INSERT INTO trygdfob.maanedsfil (mnddato, aargang, maaned, fil, bytes, sha256, antall)"
        " VALUES (%(month)s, %(year)s, %(number)s, %(file)s, 0, '', %(antall)s)",
        {
            "month": month,
            "year": month.year,
            "number": month.month,
            "file": f"arbsok_{month:%Y%m}.csv",
            "antall": counts.get("i_miniregisteret", 0),
        },
    )
    names = [
        *("tall_i_as_stat", "ugyldig_fnr", "dublett", "i_miniregisteret"),
        *("uten_henddato", "rettet_dagdato", "feil_i_fnr", "lengste_dager", "paa_lengste_dager"),
    ]
    connection.execute(
        f"INSERT INTO arbsok_lasting.maanedsfil_tall (mnddato, aargang, {', '.join(names)})"
        f" VALUES (%s, %s{', %s' * len(names)})",
        [month, month.year, *(counts.get(name, 0) for name in names)],
    )


def suspected(connection: Connection, year: int, control: str) -> dict[str, str]:
    """What the year is warned of: keys and sentences."""
    query = "SELECT noekkel, detalj FROM kontroll.aargang_mistenkelig(%s) WHERE kontroll = %s"
    return dict(connection.execute(query, [year, control]).fetchall())


@pytest.fixture
def no_sums(sound: Connection) -> Connection:
    """No files of the years, and no sums."""
    for table in ("miniregister_tall", "registrering_tall", "maanedsfil_tall", "maanedsfil"):
        sound.execute(f"DELETE FROM {qualified(table)}")
    return sound


@pytest.mark.parametrize(
    ("before", "count", "after", "warned"),
    [(1000, 900, 1000, False), (1000, 899, 1000, True), (800, 810, 1000, False), (800, 809, 1000, True)],
)
def test_a_small_month(no_sums: Connection, before: int, count: int, after: int, warned: bool) -> None:
    """More than 10 per cent fewer than the mean of the months on both sides."""
    sums_of(no_sums, 2002, {"1": before}, {"1": count}, {"1": after})
    found = suspected(no_sums, 2002, "maaned_for_liten")
    assert list(found) == ["2002-02"] * warned
    if warned:
        assert found["2002-02"].startswith(
            f"arbsok_200202.csv: {count} of the {(before + after) // 2} registrations that the months beside it have"
        )


def test_a_small_month_at_the_turn_of_the_year(no_sums: Connection) -> None:
    """The neighbour of another year counts; at either end of the series there is one neighbour."""
    sums_of(no_sums, 2001, *[{"1": 1000}] * 11, {"1": 899})
    assert list(suspected(no_sums, 2001, "maaned_for_liten")) == ["2001-12"]
    sums_of(no_sums, 2002, {"1": 899})
    assert list(suspected(no_sums, 2001, "maaned_for_liten")) == []  # 5.8 per cent fewer
    assert list(suspected(no_sums, 2002, "maaned_for_liten")) == []
    no_sums.execute("UPDATE arbsok_lasting.maanedsfil_tall SET i_miniregisteret = 809 WHERE aargang = 2002")
    assert list(suspected(no_sums, 2002, "maaned_for_liten")) == ["2002-01"]


def test_a_month_of_nothing(no_sums: Connection) -> None:
    """It has no row in the sums, and nobody counted it, as where another program loaded the year: the file is there."""
    sums_of(no_sums, 2002, {"1": 100}, {}, {"1": 100})
    assert list(suspected(no_sums, 2002, "maaned_for_liten")) == ["2002-02"]
    no_sums.execute("DELETE FROM arbsok_lasting.maanedsfil_tall WHERE mnddato = '2002-02-01'")
    found = suspected(no_sums, 2002, "maaned_for_liten")
    assert found["2002-02"].startswith(
        "arbsok_200202.csv: 0 of the 100 registrations that the months beside it have on average: 100"
    )
    assert suspected(no_sums, 2002, "gruppe_borte") == {}  # one sentence is enough


@pytest.mark.parametrize(
    ("control", "reason"),
    [
        ("mange_ugyldige_fnr", "ugyldig_fnr"),
        ("mange_dubletter", "dublett"),
        ("mange_tall_i_as_stat", "tall_i_as_stat"),
    ],
)
def test_a_month_that_is_small_by_what_was_set_aside(no_sums: Connection, control: str, reason: str) -> None:
    """The file is whole: not «is it cut off», but what set them aside. A file that is small all the same is."""
    sums_of(no_sums, 2002, {"1": 1000}, {"1": 800}, {"1": 1000}, {"1": 700}, {"1": 1000})
    months = "WHERE mnddato IN ('2002-02-01', '2002-04-01')"
    no_sums.execute(f"UPDATE arbsok_lasting.maanedsfil_tall SET {reason} = 100 {months}")
    no_sums.execute(f"UPDATE trygdfob.maanedsfil SET antall = antall + 100 {months}")
    assert list(suspected(no_sums, 2002, "maaned_for_liten")) == ["2002-04"]
    assert list(suspected(no_sums, 2002, control)) == ["2002-02", "2002-04"]


def test_a_small_month_of_a_small_register(no_sums: Connection) -> None:
    """Less than 25 fewer is chance, whatever the share."""
    sums_of(no_sums, 2002, {"1": 25}, {"1": 1}, {"1": 25}, {"1": 0}, {"1": 25})
    assert list(suspected(no_sums, 2002, "maaned_for_liten")) == ["2002-04"]
    no_sums.execute("UPDATE arbsok_lasting.maanedsfil_tall SET dublett = 1 WHERE mnddato = '2002-04-01'")
    assert suspected(no_sums, 2002, "maaned_for_liten") == {}  # the file had one


@pytest.mark.parametrize(("count", "warned"), [(9, False), (10, True)])
def test_a_group_gone(no_sums: Connection, count: int, warned: bool) -> None:
    """One per cent of a month's registrations, and none the month after; also from December to January."""
    sums_of(no_sums, 2001, *[{"1": 1000}] * 11, {"1": 1000 - count, "4": count})
    sums_of(no_sums, 2002, {"1": 1000}, {"1": 1000 - count, "4": count}, {"1": 1000}, {"1": 1000, "4": 1})
    found = suspected(no_sums, 2002, "gruppe_borte")
    assert sorted(found) == ["2002-01 4", "2002-03 4"] * warned
    if warned:
        assert found["2002-03 4"].startswith(
            f"arbsok_200203.csv: main group 4 has no registrations, and {count} in 2002-02."
        )


def test_a_code_never_seen(no_sums: Connection) -> None:
    """Not in a code list, and not in a year before: warned of in its first year alone."""
    for year in YEARS:
        sums_of(no_sums, year, {"1": 10})
    for variable, known in (("hovedarbstat", "HL"), ("tiltak", "IP"), ("ytelse", "DP"), ("as_gr", "1")):
        no_sums.execute(f"UPDATE arbsok_lasting.miniregister_tall SET {variable} = '{known}'")
        assert suspected(no_sums, 2002, "ny_kode") == {}
        code = "ZZZ" if variable == "tiltak" else "ZZ"
        no_sums.execute(f"UPDATE arbsok_lasting.miniregister_tall SET {variable} = '{code}' WHERE aargang > 2001")
        found = suspected(no_sums, 2002, "ny_kode")
        sentence = (
            f"{variable} {code} is in no code list and in no year before; in 10 of the registrations, from 2002-01 on."
        )
        assert list(found) == [f"{variable} {code}"]
        assert found[f"{variable} {code}"].startswith(sentence)
        for other in (2001, 2003):
            assert suspected(no_sums, other, "ny_kode") == {}
        no_sums.execute(f"UPDATE arbsok_lasting.miniregister_tall SET {variable} = NULL")


def test_a_code_of_before_the_known_break(no_sums: Connection) -> None:
    """The two-character activities of before October 2002 are as expected (T8), in the first year and later; from the
    break on they are not, nor is what is longer, nor another variable's code. As the report's field Koder has it."""
    for year, month in ((2001, 2), (2002, 9), (2002, 10)):
        for variable, value in (("tiltak", f"Q{month % 10}"), ("tiltak", f"Q{month:02}"), ("ytelse", f"Q{month % 10}")):
            no_sums.execute(
                f"INSERT INTO arbsok_lasting.miniregister_tall (aargang, mnddato, hoved, mrk_fnr, {variable}, antall)"
                " VALUES (%s, make_date(%s, %s, 1), '7', '0', %s, 5)",
                [year, year, month, value],
            )
    assert set(suspected(no_sums, 2001, "ny_kode")) == {"tiltak Q02", "ytelse Q2"}
    assert set(suspected(no_sums, 2002, "ny_kode")) == {
        "tiltak Q09", "ytelse Q9", "tiltak Q10", "ytelse Q0", "tiltak Q0",
    }  # fmt: skip


@pytest.mark.parametrize(("back", "warned"), [(5, False), (6, True)])
def test_many_gone_and_back(no_sums: Connection, back: int, warned: bool) -> None:
    """More than 5 per cent of a month's persons, of those from the start of the series on, were away for one month."""
    sums_of(no_sums, 2002, {"1": 1100}, {"1": 50})
    for month, outcome, away, count in (
        (1, "foer_start", False, 1000),
        (1, "bekreftet", False, 100 - back),
        (1, "ga_record", True, back),
        (2, "ga_record", False, 50),
    ):
        no_sums.execute(
            "INSERT INTO arbsok_lasting.registrering_tall (aargang, mnddato, utfall, en_maaned_borte, antall)"
            " VALUES (2002, make_date(2002, %s, 1), %s, %s, %s)",
            [month, outcome, away, count],
        )
    found = suspected(no_sums, 2002, "borte_og_tilbake")
    assert list(found) == ["2002-01"] * warned
    if warned:
        assert found["2002-01"].startswith(
            "arbsok_200201.csv: 6 of 100 persons had been there two months before, but not in the month between: 6 "
        )


@pytest.mark.parametrize(
    ("before", "count", "again", "warned"),
    [
        (100, 100, 50, False),
        (100, 100, 49, True),
        (100, 100, 0, True),
        # Of the month's where they are fewer: a small month is another warning
        (100, 60, 30, False),
        (100, 60, 29, True),
        (60, 100, 30, False),
        (60, 100, 29, True),
        # At least 25
        (40, 40, 16, False),
        (40, 40, 15, True),
    ],
)
def test_few_of_the_month_before(no_sums: Connection, before: int, count: int, again: int, warned: bool) -> None:
    """Under half of the persons of the month before are there again, also from December to January; not in the first
    month of the series, nor before it."""
    for year, number, groups in (
        (2001, 10, {("foer_start", None, None): 500}),
        (2001, 11, {("ga_record", "FK030", "venstresensur"): before}),
        (2001, 12, {("bekreftet", "UK000", "ingen"): before - 10, ("vraket", "UI300", "vrak"): 10}),
        (2002, 1, {("bekreftet", "UK000", "ingen"): again, ("ga_record", "FK070", "tilgang"): count - again}),
    ):
        file_of(no_sums, date(year, number, 1), i_miniregisteret=sum(groups.values()))
        for kind, persons in groups.items():
            no_sums.execute(
                "INSERT INTO arbsok_lasting.registrering_tall (aargang, mnddato, utfall, status, handling, antall)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [year, date(year, number, 1), *kind, persons],
            )
    assert suspected(no_sums, 2001, "faa_gjengangere") == {}
    found = suspected(no_sums, 2002, "faa_gjengangere")
    assert list(found) == ["2002-01"] * warned
    if warned:
        assert found["2002-01"].startswith(
            f"arbsok_200201.csv: of the {before} persons of the month before, this file of {count} has {again}."
            " Are the numbers scrambled, or is this file, or that of the month before, of another register? To load"
        )


@pytest.mark.parametrize(
    ("month", "of", "changed", "warned"),
    [(9, 100, 60, False), (9, 100, 61, True), (10, 100, 100, False), (9, 40, 24, False), (9, 40, 25, True)],
)
def test_many_have_changed(no_sums: Connection, month: int, of: int, changed: int, warned: bool) -> None:
    """Of those who were there the month before too, not by their days alone; nor in October 2002, when the codes
    are known to change."""
    file_of(no_sums, date(2002, month, 1), i_miniregisteret=of)
    for outcome, status, persons in (
        ("bekreftet", "UK000", of - changed - 1),
        ("ga_record", "UK900", 1),
        ("ga_record", "UK111", 1),
        ("ga_record", "UI311", 1),
        ("ga_record", "UI0012", changed - 2),
        ("ga_record", "FK070", 500),
        ("ga_record", "OK111", 500),
    ):
        if persons > 0:
            no_sums.execute(
                "INSERT INTO arbsok_lasting.registrering_tall (aargang, mnddato, utfall, status, antall)"
                " VALUES (2002, %s, %s, %s, %s)",
                [date(2002, month, 1), outcome, status, persons],
            )
    found = suspected(no_sums, 2002, "mange_endringer")
    assert list(found) == [f"2002-{month:02}"] * warned
    if warned:
        assert found["2002-09"].startswith(
            f"arbsok_200209.csv: {changed} of {of} persons who were there the month before too had another status code"
        )


#: What a file is warned of: the control, its count, the count that goes with it and is not warned of
JUDGED = {
    "mange_uten_dager": "uten_henddato",
    "mange_ugyldige_fnr": "ugyldig_fnr",
    "mange_dubletter": "dublett",
    "mange_rettede_datoer": "rettet_dagdato",
    "mange_feil_i_fnr": "feil_i_fnr",
}


@pytest.mark.parametrize(
    ("control", "column", "count", "of", "warned"),
    [
        (control, column, *case)
        for control, column in JUDGED.items()
        # More than one per cent, and at least five
        for case in ((10, 1000, False), (11, 1000, True), (4, 100, False), (5, 100, True))
    ]
    + [("mange_tall_i_as_stat", "tall_i_as_stat", *case) for case in ((0, 1000, False), (1, 100_000, True))]
    + [
        ("mange_like_dager", "paa_lengste_dager", *case)
        for case in ((50, 1000, False), (51, 1000, True), (24, 100, False), (25, 100, True))
    ],
)
def test_a_file_is_judged(no_sums: Connection, control: str, column: str, count: int, of: int, warned: bool) -> None:
    """By a share and by a smallest number; the sentence says how many of how many."""
    file_of(no_sums, date(2002, 5, 1), i_miniregisteret=of, **{column: count})
    found = suspected(no_sums, 2002, control)
    assert list(found) == ["2002-05"] * warned
    if warned:
        assert found["2002-05"].startswith(f"arbsok_200205.csv: {count} of {of} records ")
        assert "make unload-year YEAR=2002" in found["2002-05"]


@pytest.mark.parametrize(
    ("count", "of", "warned"), [(10, 1000, False), (11, 1000, True), (4, 99, False), (5, 99, True)]
)
def test_rejected_registrations(no_sums: Connection, count: int, of: int, warned: bool) -> None:
    """Of those from the start of the series on."""
    sums_of(no_sums, 2002, {"1": of})
    for outcome, number in (("foer_start", 100_000), ("bekreftet", of - count), ("vraket", count)):
        no_sums.execute(
            "INSERT INTO arbsok_lasting.registrering_tall (aargang, mnddato, utfall, antall)"
            " VALUES (2002, '2002-01-01', %s, %s)",
            [outcome, number],
        )
    found = suspected(no_sums, 2002, "mange_vrakede")
    assert list(found) == ["2002-01"] * warned
    if warned:
        assert found["2002-01"].startswith(f"arbsok_200201.csv: {count} of {of} registrations rejected")


def test_the_largest_number_of_days(sound: Connection) -> None:
    """What more than a hundredth of the records reach: strays above it hide nothing; no days do not count."""

    def counted(*groups: tuple[int | None, int]) -> tuple[Any, ...]:
        rows = ", ".join(f"({'NULL' if days is None else days}::integer, {count})" for days, count in groups)
        return (
            sound.execute(
                "SELECT i_miniregisteret, uten_henddato, lengste_dager, paa_lengste_dager"
                " FROM arbsok_lasting.maanedens_tall(%s)",
                [
                    "(SELECT d.dager AS ant_d_as_n, NULL::integer AS mrk_dl, '0' AS mrk_fnr"
                    f" FROM (VALUES {rows}) AS d (dager, antall), generate_series(1, d.antall))"
                ],
            ).fetchone()
            or ()
        )

    assert counted((365, 50), (10, 950)) == (1000, 0, 365, 50)
    assert counted((99999, 1), (400, 9), (365, 50), (10, 940)) == (1000, 0, 365, 50)
    assert counted((400, 11), (365, 50), (10, 939)) == (1000, 0, 400, 11)
    assert counted((None, 9000), (99999, 10), (365, 50), (10, 940)) == (10_000, 9000, 365, 50)
    assert counted((7, 3), (5, 2)) == (5, 0, 7, 3)
    assert counted((None, 3)) == (3, 3, None, 0)


def test_what_files_gave_is_counted_alike_by_load_and_upgrade(sound: Connection) -> None:
    """A year that was loaded before there was a table of it gets the same row; so the same is warned of."""
    by_load = fingerprint(sound)["maanedsfil_tall"]
    assert by_load[0] == 36
    sound.execute("DELETE FROM arbsok_lasting.maanedsfil_tall WHERE aargang > 2001")
    sound.execute(sums_of_earlier_years())
    assert fingerprint(sound)["maanedsfil_tall"] == by_load


def test_thresholds_of_one_s_own(postgresql: Connection) -> None:
    """They hold instead of the product's, also after an upgrade, which puts back what the product has."""

    def holds() -> Any:
        row = postgresql.execute(
            "SELECT gjelder_prosent, gjelder_minst FROM trygdfob.terskel WHERE navn = 'mange_dubletter'"
        ).fetchone()
        postgresql.commit()
        return row

    assert holds() == (1, 5)
    postgresql.execute(
        "UPDATE trygdfob.terskel SET egen_prosent = 3, prosent = 2, minst = 7 WHERE navn = 'mange_dubletter'"
    )
    postgresql.execute("INSERT INTO trygdfob.terskel (navn, prosent, minst, merknad) VALUES ('en_gammel', 1, 1, '')")
    postgresql.execute("UPDATE trygdfob.objektversjon SET digest = ''")
    assert holds() == (3, 7)
    database.upgrade(address(postgresql))
    assert holds() == (3, 5)
    postgresql.execute("UPDATE trygdfob.terskel SET egen_prosent = NULL")
    assert holds() == (1, 5)
    assert not postgresql.execute("SELECT FROM trygdfob.terskel WHERE navn = 'en_gammel'").fetchall()


def test_a_share_is_at_most_all(postgresql: Connection) -> None:
    """What moves against the year before may move by more than all of it."""
    names = [name for (name,) in postgresql.execute("SELECT navn FROM trygdfob.terskel ORDER BY 1").fetchall()]
    refused = []
    for name in names:
        try:
            with postgresql.transaction():
                postgresql.execute("UPDATE trygdfob.terskel SET egen_prosent = 100.1 WHERE navn = %s", [name])
        except psycopg.errors.CheckViolation as error:
            refused.append((name, error.diag.constraint_name))
    shares = [name for name in names if not name.startswith("aarsendring_") or name == "aarsendring_ung_serie"]
    assert refused == [(name, "terskel_egen_prosent_er_en_andel") for name in shares]
    postgresql.execute("UPDATE trygdfob.terskel SET egen_prosent = 100")


def test_every_warning_has_a_sentence_in_two_languages(sound: Connection) -> None:
    """Which say the same values, the way back beside it, and a threshold where it counts something."""
    of_the_way_back = {
        control: tuple(back)
        for control, *back in sound.execute("SELECT kontroll, vei_tilbake, vei_tilbake_norsk FROM kontroll.kontroll")
    }
    for control, severity, *said in sound.execute(
        "SELECT kontroll, alvor, setning, setning_norsk FROM kontroll.kontroll ORDER BY rekkefolge"
    ).fetchall():
        if severity == "feil" and control != "tall_i_kode":
            assert (said, of_the_way_back[control]) == ([None, None], (None, None)), control
            continue
        english, norwegian = (sorted(set(re.findall(r"%(\d)\$s", sentence))) for sentence in said)
        assert english == norwegian, control
        assert len({sentence.count("%") for sentence in said}) == 1, control
        assert not any("unload-year" in sentence for sentence in said), control
        # A code that is new is a good one more often than not
        back = of_the_way_back[control]
        assert control == "ny_kode" or all("make unload-year YEAR=%" in sentence for sentence in back), control
        assert (control == "ny_kode") == (back == (None, None)), control
        # A number may be one: it counts a part of something, and no verb goes by it
        for sentence in said:
            counted = r"(?<!of )(?<!of the )(?<!av )(?<!av de )%\d\$s (records|reg|person|da[gy])"
            assert not re.search(counted + r"|%3\$s \w+ (have|are|were|stand)\b", sentence), control
    judged = {name for (name,) in sound.execute("SELECT navn FROM trygdfob.terskel WHERE navn !~ '^aarsendring_'")}
    warnings = {name for (name,) in sound.execute("SELECT kontroll FROM kontroll.kontroll WHERE alvor = 'advarsel'")}
    assert judged == warnings - {"ny_kode", "fil_endret"}  # of which one is enough


def test_a_finding_is_said_in_norwegian_too(sound: Connection) -> None:
    """The values that the sentence takes are kept with the finding."""
    sound.execute("UPDATE arbsok_lasting.maanedsfil_tall SET dublett = 99 WHERE mnddato = '2002-03-01'")
    findings(sound, 2002)
    said = sound.execute(
        "SELECT f.detalj, format(k.setning_norsk, VARIADIC f.verdier) FROM kontroll.kontrollfunn AS f"
        " JOIN kontroll.kontroll AS k USING (kontroll) WHERE k.kontroll = 'mange_dubletter'"
    ).fetchall()
    ((english, norwegian),) = said
    assert english.startswith("arbsok_200203.csv: 99 of ")
    assert re.match(r"arbsok_200203.csv: 99 av \d+ records gjelder en person som har en annen", norwegian)
    assert not sound.execute(
        "SELECT FROM kontroll.kontrollfunn AS f JOIN kontroll.kontroll AS k USING (kontroll)"
        " WHERE (k.setning IS NULL) <> (f.verdier IS NULL)"
        "    OR f.detalj IS DISTINCT FROM coalesce(format(k.setning || coalesce(' ' || k.vei_tilbake, ''),"
        "        VARIADIC f.verdier), f.detalj)"
    ).fetchall()


def test_gone_for_one_month_is_counted_by_month(sound: Connection) -> None:
    """Registered two months before and not in the month between, whatever the year: nobody else."""
    expected = sound.execute(
        "WITH dag AS (SELECT fnr, mnddato, mnddato >= '2001-05-01' AS fra_start FROM trygdfob.miniregister)"
        " SELECT d.mnddato, count(*) FROM dag AS d JOIN dag AS b ON b.fnr = d.fnr"
        " AND b.mnddato = d.mnddato - interval '2 months' AND b.fra_start = d.fra_start"
        " WHERE NOT EXISTS (SELECT FROM dag AS m"
        " WHERE m.fnr = d.fnr AND m.mnddato = d.mnddato - interval '1 month') GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert len(expected) > 12
    counted = (
        "SELECT mnddato, sum(antall) FROM arbsok_lasting.registrering_tall WHERE en_maaned_borte GROUP BY 1 ORDER BY 1"
    )
    assert sound.execute(counted).fetchall() == expected


def test_warnings_refuse_nothing_and_are_kept(sound: Connection, files: dict[int, Any]) -> None:
    """In the report and in the run log: of many of a kind the first ones, and where the others are."""
    sound.execute("SELECT arbsok_lasting.ta_tilbake_aargang(2003)")
    sound.execute("TRUNCATE trygdfob.arbeidssokerstatus")
    report = load(sound, files)
    of_codes = [warning for warning in report.warnings if warning.startswith("ny_kode: ")]
    count = {each.control: each.count for each in report.controls}["ny_kode"]
    assert count > runner.MOST_SENTENCES == len(of_codes) - 1
    assert re.fullmatch(
        r"ny_kode: \w+ \w+ is in no code list and in no year before; in \d+ of the registrations, .*", of_codes[0]
    )
    query = of_view("arbsok_mistenkelig_funn", "ny_kode", 2003)
    assert of_codes[-1] == f"ny_kode: {count - runner.MOST_SENTENCES} more; {query}"
    assert len(sound.execute(query).fetchall()) == count
    log = runner.scalar(sound, "SELECT advarsler FROM trygdfob.kjorelogg ORDER BY kjoring DESC LIMIT 1")
    assert log == report.warnings


# ------------------------------------------------------------------------------------------------------- history


def test_what_became_of_each_finding(sound: Connection) -> None:
    """From one run to the next of the same year, record by record; beside the year before."""

    def wrong_at(*keys: str) -> None:
        sound.execute(
            "UPDATE trygdfob.f_arbsok AS f SET tomdato = r.tomdato FROM rekke AS r WHERE (f.fnr, f.regdato, f.kode)"
            " = (r.fnr, r.regdato, r.kode) AND f.tomdato IS DISTINCT FROM r.tomdato"
        )
        sound.execute(
            "UPDATE trygdfob.f_arbsok AS f SET tomdato = '1999-12-31'"
            " WHERE concat_ws(' ', fnr, regdato, kode) = ANY (%s)",
            [list(keys)],
        )

    def status(year: int = 2002) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = sound.execute(
            "SELECT antall, nye, loeste, fortsatt, forrige_aar FROM kontroll.kontrollstatus"
            " WHERE aargang = %s AND kontroll = 'tomdato'",
            [year],
        ).fetchone()
        return row

    def changed() -> dict[str, str]:
        return dict(
            sound.execute(
                "SELECT noekkel, endring FROM kontroll.kontrollfunn_endret"
                " WHERE aargang = 2002 AND kontroll = 'tomdato'"
            ).fetchall()
        )

    sound.execute("DELETE FROM kontroll.kontrollkjoring")
    a, b, c = (
        key
        for (key,) in sound.execute(
            "SELECT noekkel FROM rekke WHERE kode <> '0' AND aargang = 2002 AND NOT fortsatt ORDER BY 1 LIMIT 3"
        )
    )
    (earlier,) = sound.execute(
        "SELECT noekkel FROM rekke WHERE slag = 'A' AND aargang = 2001 ORDER BY 1 LIMIT 1"
    ).fetchone() or ("",)
    wrong_at(a, b, earlier)
    findings(sound, 2001)
    findings(sound, 2002)
    assert status() == (2, None, None, None, 1)  # nothing to compare with yet
    assert status(2001) == (1, None, None, None, None)
    assert changed() == {a: "ny", b: "ny"}
    wrong_at(b, c)
    findings(sound, 2002)
    assert status() == (2, 1, 1, 1, 1)
    assert changed() == {a: "loest", b: "fortsatt", c: "ny"}
    findings(sound, 2003)  # another year's run is no run of this one
    unfinished = "INSERT INTO kontroll.kontrollkjoring (anledning, aargang, produktversjon, objektversjon)"
    sound.execute(f"{unfinished} VALUES ('check', 2002, '', '')")
    assert status() == (2, 1, 1, 1, 1)
    wrong_at()
    findings(sound, 2002)
    assert status() == (0, 0, 2, 0, 1)
    assert changed() == {b: "loest", c: "loest"}
    findings(sound, 2002)
    assert status() == (0, 0, 0, 0, 1)
    assert changed() == {}
