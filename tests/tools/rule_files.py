"""The files of rules, row by row: what leaves one, what comes into it, what moves."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import lasting
from fdtrygd.db import database, objects

from conftest import Register, qualified

Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Rules:
    """A rules file: the row to be taken out, as it begins there and by its key in the table."""

    row: str
    key: str
    #: What the refusal calls the row; None where no year uses rows
    used_as: str | None = None
    #: A row that a user puts in, and its key; None where users add none
    own: str | None = None
    own_key: str | None = None


RULES = {
    "handling": Rules("('vrak', ", "handling = 'vrak'"),
    "statuskode": Rules("('UI100', ", "status = 'UI100'", used_as="UI100"),
    "arbeidssokerstatus": Rules(
        "('3', '34', 'FS', 'VIKARBLED', ",
        "tiltak = 'VIKARBLED' AND hovedarbstat = 'FS'",
        used_as="3 34 FS VIKARBLED",
        own="(as_gr, as_f, hovedarbstat, tiltak, hovedgruppe_tekst, fingruppe_tekst)"
        " VALUES ('3', '32', 'FS', 'ÅÅ', 'Ordinære tiltaksdeltakere', 'Mitt')",
        own_key="tiltak = 'ÅÅ'",
    ),
    "ytelse": Rules(
        "('SA', ", "kode = 'SA'", used_as="SA", own="(kode, tekst) VALUES ('ÅÅ', 'Mitt')", own_key="kode = 'ÅÅ'"
    ),
    "offisiell_statistikk": Rules(
        "(2001, '7', ",
        "aargang = 2001 AND hoved = '7'",
        own="(aargang, hoved, offisiell) VALUES (2006, '1', 62000)",
        own_key="aargang = 2006",
    ),
    "hoved_koding": Rules(
        "('FS', 'VIKARBLED', ",
        "tiltak = 'VIKARBLED'",
        used_as="FS VIKARBLED 1992-01-01",
        own="(hovedarbstat, tiltak, gyldig_fra, gyldig_til, hoved)"
        " VALUES ('FS', 'ÅÅ', '2001-01-01', '2002-09-30', '3')",
        own_key="tiltak = 'ÅÅ'",
    ),
    "flatfilfelt": Rules("('as_gr', 150, ", "felt = 'as_gr'"),
    "dekning_regel": Rules("('variabel', '*', 'mrk_sys', ", "variabel = 'mrk_sys'"),
    "terskel": Rules("('gruppe_borte', ", "navn = 'gruppe_borte'"),
    "tellepost": Rules("('lopende', ", "navn = 'lopende'"),
    "steg": Rules("('fest_aargang', ", "navn = 'fest_aargang'"),
    "kontroll": Rules("('borte_og_tilbake', ", "kontroll = 'borte_og_tilbake'"),
    "form": Rules("('tverrsnitt', ", "form = 'tverrsnitt'"),
    "variabel": Rules("('i_registeret', ", "variabel = 'i_registeret'"),
    "formvariabel": Rules("('tverrsnitt', 140, ", "form = 'tverrsnitt' AND variabel = 'status_inn'"),
    "koderad": Rules("('sluttet', 'loper', ", "kodeliste = 'sluttet' AND kode = 'loper'"),
    "populasjonsvilkar": Rules("('periode', 'begynte', ", "nivaa = 'periode' AND vilkar = 'begynte'"),
    "microdata": Rules("('ARBSOEK2001FDT_YTELSE', ", "datasett = 'ARBSOEK2001FDT_YTELSE'"),
    "gruppering": Rules(
        "('bosatt', ",
        "gruppering = 'bosatt'",
        own="(gruppering, kjennemerke, tekst) VALUES ('min', 'alder', 'Min')",
        own_key="gruppering = 'min'",
    ),
    "klasse": Rules(
        "('bosatt', '0', ",
        "gruppering = 'bosatt' AND kode = '0'",
        own="(gruppering, kode, rekkefolge, tekst, i_alt) VALUES ('bosatt', '2', 30, 'Min', true)",
        own_key="gruppering = 'bosatt' AND kode = '2'",
    ),
    "pakke": Rules(
        "('arbeidssokere', ",
        "pakke = 'arbeidssokere'",
        own="(pakke, tittel, metode, terskel, minste_rettelse, finnes_eksakt)"
        " VALUES ('min', 'Min', 'avrunding', 3, 10, false)",
        own_key="pakke = 'min'",
    ),
    "pakke_lag": Rules(
        "('arbeidssokere', 'andre', ",
        "lag = 'andre'",
        own="(pakke, lag, hoved, tekst) VALUES ('arbeidssokere', 'mitt', '{8}', 'Mitt')",
        own_key="lag = 'mitt'",
    ),
    "pakke_base": Rules(
        "('arbeidssokere', 'andre', 'bosatt')",
        "lag = 'andre' AND gruppering = 'bosatt'",
        own="(pakke, lag, gruppering) VALUES ('arbeidssokere', 'andre', 'alder_to')",
        own_key="lag = 'andre' AND gruppering = 'alder_to'",
    ),
    "tabell": Rules(
        "('ikke_bosatte_snitt', ",
        "tabell = 'ikke_bosatte_snitt'",
        own="(tabell, rekkefolge, pakke, maal, lag, tittel, enhet, kontakt, gyldig_fra)"
        " VALUES ('min', 15, 'arbeidssokere', 'beholdning', '{andre}', 'Min', 'Personer', 'x', '1992-01-01')",
        own_key="tabell = 'min'",
    ),
    "dimensjon": Rules(
        "('ikke_bosatte', 1, ",
        "tabell = 'ikke_bosatte' AND plass = 1",
        own="(tabell, plass, gruppering, tekst) VALUES ('ikke_bosatte', 2, 'kjonn', 'Min')",
        own_key="tabell = 'ikke_bosatte' AND plass = 2",
    ),
    "note": Rules(
        "('varighet_kjent', ",
        "note = 'varighet_kjent'",
        own="(note, rekkefolge, tekst) VALUES ('min', 5, 'Min')",
        own_key="note = 'min'",
    ),
    "koderetting": Rules(
        "('kommune', '2131', ",
        "fra_kode = '2131'",
        own="(kodeliste, fra_kode, til_kode) VALUES ('kommune', '2199', '9999')",
        own_key="fra_kode = '2199'",
    ),
    "statistikkontroll": Rules("('offisielle', ", "kontroll = 'offisielle'"),
}
every = pytest.mark.parametrize("table", RULES)
used = pytest.mark.parametrize("table", [table for table, rules in RULES.items() if rules.used_as])
users = pytest.mark.parametrize("table", [table for table, rules in RULES.items() if rules.own])


def files() -> dict[str, Path]:
    """The rules files by the table that they fill."""
    found = {}
    for file in objects.files():
        table = re.search(r"(?m)^INSERT INTO \w+\.(\w+)", file.read_text(encoding="utf-8"))
        if table:
            found[table[1]] = file
    return found


FILES = files()


def text(table: str) -> str:
    return FILES[table].read_text(encoding="utf-8")


def changed(sql: str, change: Callable[[list[str]], list[str]]) -> str:
    """The file with other rows: each begins as `(…` does in it, without a comma at its end."""
    head, rows, tail = re.split(r"(?<=AS \(VALUES\n)|(?=\n\),\n\nborte)", sql, maxsplit=2)
    each = [row.rstrip().rstrip(",") for row in re.split(r"(?m)^(?=    \()", rows) if row.strip()]
    made = change(each)
    assert made != each
    return head + (",\n".join(made) or f"{each[0]}\n    LIMIT 0") + tail


def without(sql: str, begins: str) -> str:
    """The file without the row that begins so."""

    def change(rows: list[str]) -> list[str]:
        left = [row for row in rows if not row.lstrip().startswith(begins)]
        assert len(left) == len(rows) - 1
        return left

    return changed(sql, change)


def reordered(sql: str, orders: dict[str, int]) -> str:
    """The file with other orders for the rows of these keys."""
    for key, order in orders.items():
        sql, count = re.subn(rf"(?m)^(    \('{key}', )\d+", rf"\g<1>{order}", sql)
        assert count == 1
    return sql


def orders(sql: str) -> dict[str, int]:
    """The order of each row."""
    return {key: int(order) for key, order in re.findall(r"(?m)^    \('(\w+)', (\d+), '", sql)}


def content(connection: Connection, table: str) -> list[str]:
    """The table's rows."""
    return [
        row for (row,) in connection.execute(f'SELECT to_jsonb(t)::text FROM {qualified(table)} AS t ORDER BY 1')
    ]  # fmt: skip


def count(connection: Connection, table: str, key: str) -> int:
    return int(database.scalar(connection, f"SELECT count(*) FROM {qualified(table)} WHERE {key}"))


def apply_rules(connection: Connection, sql: str) -> None:
    """A rules file, and what is made of it."""
    connection.execute(sql)
    if "trygdfob.statuskode" in sql:
        statusvalg = objects.DIRECTORY / "arbsok/regler" / "statusvalg.sql"
        connection.execute(statusvalg.read_text(encoding="utf-8"))


@contextmanager
def refused(*words: str) -> Iterator[None]:
    """SQLSTATE FD006; the sentence has these words, and says what to do."""
    with pytest.raises(psycopg.Error) as caught:
        yield
    assert caught.value.sqlstate == "FD006", caught.value
    message = caught.value.diag.message_primary or ""
    assert [word for word in words if word not in message] == [], message
    assert "sql/objects/arbsok/regler" in (caught.value.diag.message_hint or "")


FNR = ("15837010133", "01926510130", "15830410116")


def month(year: int, number: int) -> list[dict[str, str | None]]:
    """Two persons who are registered always: one in a measure, with a benefit; one whose henddato is from April 2001 to
    September the day after the extraction before, so that June to September 2001 are rejected with UI100."""
    days = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
    day = f"{year % 100:02}{number:02}{days[number]:02}"
    since_last = str(days[number] - 1)
    group = None if (year, number) < (2002, 10) else "3"
    return [
        {"fnr": FNR[0], "as_stat": "FSVIKARBLEDSA", "dagdato": day, "ant_d_as": "", "as_gr": group, "mnd": str(number)},
        {"fnr": FNR[1], "as_stat": "HLIPID", "dagdato": day, "ant_d_as": since_last, "as_gr": group and "1",
         "mnd": str(number)},
    ]  # fmt: skip


def load_two_years(connection: Connection) -> None:
    database.prepare(connection, 1)
    register = Register(connection)
    for year in (2001, 2002):
        register.load_year(year, {number: month(year, number) for number in lasting.MONTHS})
    connection.commit()
