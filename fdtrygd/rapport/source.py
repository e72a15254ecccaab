"""What the report reads: sums and views, never the millions of records, and all as it is at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from psycopg import sql
from psycopg.rows import dict_row

from fdtrygd.db.database import Connection
from fdtrygd.errors import UserError
from fdtrygd.rapport import text
from fdtrygd.screen import one_line

Row = dict[str, Any]

#: What is read of each view or table. %(year)s is the report's year.
QUERIES = {
    "lastet_aargang": "trygdfob.lastet_aargang AS t ORDER BY aargang",
    "kontrollstatus": "kontroll.kontrollstatus AS t WHERE aargang = %(year)s"
    " ORDER BY (SELECT k.rekkefolge FROM kontroll.kontroll AS k"
    " WHERE k.kontroll = t.kontroll), kontroll",
    "kontroll": "kontroll.kontroll AS t ORDER BY rekkefolge",
    "kontrollkjoring": "kontroll.kontrollkjoring AS t WHERE aargang = %(year)s ORDER BY kjoring",
    # Errors of any year that nobody has accepted
    "uavklart": "kontroll.kontrollstatus AS t WHERE alvor = 'feil' AND antall > 0 AND godtatt IS NULL",
    "kjorelogg": "trygdfob.kjorelogg AS t ORDER BY kjoring",
    "tellepost": "arbsok_lasting.tellepost AS t ORDER BY rekkefolge",
    "innstilling": "trygdfob.innstilling AS t",
    "miniregister_kontroll": "arbsok.miniregister_kontroll AS t ORDER BY aargang",
    "asok_kontroll": "arbsok.asok_kontroll AS t ORDER BY aargang, length(hoved), hoved",
    "hendelser_konsistens": "arbsok.hendelser_konsistens AS t ORDER BY aargang",
    "sammensyinger_13_uker": "arbsok.sammensyinger_13_uker AS t ORDER BY rekkefolge, aargang",
    "oppsplittinger_sammensyinger": "arbsok.oppsplittinger_sammensyinger AS t ORDER BY rekkefolge, aargang",
    "tilganger_avganger": "arbsok.tilganger_avganger AS t ORDER BY aar, retning, status",
    "asok_status": "arbsok.asok_status AS t ORDER BY aargang, status",
    "regnskap": "arbsok.regnskap AS t WHERE aargang = %(year)s ORDER BY mnddato",
    "regnskap_aargang": "arbsok.regnskap_aargang AS t ORDER BY aargang",
    "kodebruk": "arbsok.kodebruk AS t WHERE aargang = %(year)s AND (ny OR NOT i_kodeliste)"
    " ORDER BY variabel, antall DESC, verdi",
    "varighet_kontroll": "arbsok.varighet_kontroll AS t WHERE aargang IN (%(year)s, %(year)s - 1)",
    "overlevelse": "arbsok.overlevelse AS t WHERE aargang = %(year)s ORDER BY dager",
    "beholdning_maaned": "arbsok.beholdning_maaned AS t ORDER BY mnddato",
    "strom_maaned": "arbsok.strom_maaned AS t ORDER BY maaned",
    "aarsendring": "arbsok.aarsendring AS t WHERE aargang = %(year)s ORDER BY rekkefolge",
    "statuskode": "trygdfob.statuskode AS t ORDER BY rekkefolge",
    "dekning_regel": "arbsok.dekning_regel AS t WHERE navn = '*' AND brudd IS NOT NULL ORDER BY brudd",
}
#: What a run of the year's controls found, in Norwegian.
SENTENCES = """
SELECT k.kontroll, k.tittel, kontroll.sporring(k.visning, k.kontroll, %(year)s) AS sporring,
    CASE WHEN f.verdier IS NULL OR k.setning_norsk IS NULL THEN f.detalj
        ELSE format(k.setning_norsk, VARIADIC f.verdier) END AS setning,
    CASE WHEN f.verdier IS NOT NULL THEN format(k.vei_tilbake_norsk, VARIADIC f.verdier) END AS vei_tilbake
FROM kontroll.kontrollfunn AS f
JOIN kontroll.kontroll AS k ON k.kontroll = f.kontroll
WHERE {}
ORDER BY k.rekkefolge, f.noekkel
"""
#: Which findings: all that the load warned of (those without values as they were said then), and of the newest run
#: those that have a sentence, since others may name a fødselsnummer.
FINDINGS = {
    "advarsel": "k.alvor = 'advarsel' AND f.kjoring = (SELECT max(r.kjoring) FROM kontroll.kontrollkjoring AS r"
    " WHERE r.aargang = %(year)s AND r.anledning = 'load')",
    "funn": "f.verdier IS NOT NULL AND k.setning_norsk IS NOT NULL AND f.kjoring = (SELECT max(r.kjoring)"
    " FROM kontroll.kontrollkjoring AS r WHERE r.aargang = %(year)s AND r.ferdig IS NOT NULL)",
}


@dataclass
class Source:
    """The rows of each view, and what all chapters must know of them."""

    year: int
    rows: dict[str, list[Row]]

    def __getitem__(self, name: str) -> list[Row]:
        return self.rows[name]

    @property
    def years(self) -> list[int]:
        return [row["aargang"] for row in self["lastet_aargang"]]

    def of_year(self, name: str) -> list[Row]:
        """The view's rows of the report's year."""
        return [row for row in self[name] if row["aargang"] == self.year]

    @property
    def load(self) -> Row:
        """The run that loaded the report's year."""
        return [row for row in self["kjorelogg"] if row["aargang"] == self.year and row["handling"] == "load"][-1]

    @property
    def start(self) -> date:
        """The start of the series."""
        return cast(date, self["innstilling"][0]["serie_start"])

    @property
    def synthetic(self) -> bool:
        """Whether a loaded year has persons who do not exist."""
        return any(row["syntetisk"] for row in self["lastet_aargang"])

    @property
    def catalogue(self) -> dict[str, Row]:
        """The controls, by name."""
        return {row["kontroll"]: row for row in self["kontroll"]}

    def group(self, hoved: str | None) -> str:
        """A main group's code and name; None is all of them: the main spell."""
        if hoved is None:
            return "Hele tilfellet"
        name = {row["hoved"]: row["gruppe"] for row in self["asok_kontroll"]}.get(hoved)
        return f"{text.code(hoved)} {name}" if name else text.code(hoved)


def refuse_not_loaded(connection: Connection, year: int) -> None:
    """UserError unless the year is loaded."""
    years = [row[0] for row in connection.execute("SELECT aargang FROM trygdfob.lastet_aargang ORDER BY aargang")]
    if year not in years:
        loaded = f"loaded are {years[0]} to {years[-1]}" if years else "no year is"
        raise UserError(f"{year} is not loaded ({loaded}), so there is nothing to report. First: make load-year.")


def refuse_missing(connection: Connection, relations: Iterable[str]) -> None:
    """UserError where the database lacks a view: the report never leaves a table out in silence."""
    missing = [
        name
        for (name,) in connection.execute(
            "SELECT n FROM unnest(%s::text[]) AS n WHERE to_regclass(n) IS NULL", [list(relations)]
        )
    ]
    if missing:
        raise UserError(f"The database lacks what the report reads: {', '.join(missing)}. Run make upgrade.")


def read(connection: Connection, year: int) -> Source:
    """Everything that the report of the year needs, as it is at one moment."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute("SET LOCAL jit = off")
        return read_rows(connection, year)


def read_rows(connection: Connection, year: int) -> Source:
    """The same, in the transaction that the connection is in."""
    refuse_not_loaded(connection, year)
    refuse_missing(connection, (query.split()[0] for query in QUERIES.values()))
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = {
            name: cursor.execute(
                f"SELECT t.* FROM {query}",  # noqa: S608 – constants
                {"year": year},
            ).fetchall()
            for name, query in QUERIES.items()
        }
        for name, which in FINDINGS.items():
            query = sql.SQL(SENTENCES).format(sql.SQL(which))
            rows[name] = cursor.execute(query, {"year": year}).fetchall()
    return Source(
        year, {name: [{key: shown(value) for key, value in row.items()} for row in rows[name]] for name in rows}
    )


def shown(value: Any) -> Any:
    """The value; in a text what cannot be seen is written as its number, as on a screen."""
    if isinstance(value, list):
        return [shown(each) for each in value]
    return one_line(value) if isinstance(value, str) else value
