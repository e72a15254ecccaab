"""An opponent: a year's load worked out in polars, outside the database, and copied back in one transaction.

Same job, same result as ``fdtrygd load-year`` (spec.md 2, 3 and 4): twelve CSV month files and the database's state
after the year before become the year's miniregister, VRAK_ARBSOK, H_ARBSOK, the records set aside, and F_ARBSOK: the
year's records, and all earlier ones of the spells that ran when it began. Nothing is handled record by record, nor
grouped by person: the year is sorted once by person and month, with each person's row of H_ARBSOK before his first
month, and what went before is the row above.

Days are numbers (Int32, days since 1970-01-01) until they are written. Month files are UTF-8 CSV and synthetic (they
are entered as such); the year before is loaded. Not written: kjorelogg, the product's own diary.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pyarrow as pa
from psycopg import sql

import copy_back
from copy_back import F_ARBSOK, H_ARBSOK, LAGT_TIL_SIDE, MINIREGISTER, PERSON, VRAK_ARBSOK, Connection

RAW = ("fnr", "as_stat", "dagdato", "ant_d_as", "as_gr", "as_f", "mnd")
#: What a registration says; an exit record carries that of the one before.
REGISTRATION = (
    "hoved", "hovedarbstat", "tiltak", "ytelse", "dagdato", "fdagdato", "henddato",
    "mrk_sys", "mrk_fnr", "as_f", "as_gr",
)  # fmt: skip
#: The dates that stand until an event sets them anew.
RUNNING_DATES = ("tilgdato", "asoktilg", "hovedarbdato", "tiltakdato", "ytelsedato")
DATES = frozenset(
    {*RUNNING_DATES, "regdato", "avgdato", "asokavg", "dagdato", "fdagdato", "henddato", "mnddato",
     "asoktom", "tomdato", "regtom"}
)  # fmt: skip
CODES = ("hoved", "hovedarbstat", "tiltak", "ytelse", "mrk_sys", "mrk_fnr", "as_f", "as_gr", "status")

BLANKS = " \t\n\v\f\r\u00a0"
#: From this month on the main group is NAV's own as_gr (spec.md 2, grkode).
AS_GR_FROM = date(2002, 10, 1)
LONGEST = {"as_gr": 2, "as_f": 3}  # characters; every other field: 14
MOST_DAYS = 99_999
INDIVID = pl.Enum(["ny", "avsluttet", "uten_opphold", "uten_opphold_13_uker", "med_opphold"])
KLASSE = pl.Enum(
    ["-", "uendret", "uoppgitt_eller_etter_dagdato", "ikke_etter_fdagdato", "endret", "endret_dagen_etter_fdagdato"]
)
#: In a person's key the last four bits: H_ARBSOK's row where the last registration is older than the year's first
#: fdagdato, where it is of that day, then January to December. So a difference of 1 is "registered the month before".
OLDER, MONTH_BEFORE, JANUARY = 0, 1, 2

IS_H = pl.col("slot") < JANUARY
#: The facts that decide which rule a record meets.
FACTS = (
    "individ", "seriemaaned", "hoved_5", "etter_start", "etter_fdagdato", "henddato_klasse", "hoved_endret",
    "arbstat_sum",
)  # fmt: skip
#: The attribute whose date is …dato
ATTRIBUTES = {"hovedarb": "hovedarbstat", "tiltak": "tiltak", "ytelse": "ytelse"}
NEVER = -(2**31)  #: stands for "no day" where null means "look further"

BLOCK = 50_000  #: records sent to the server at a time


class Refused(Exception):
    """A year that is not taken in (spec.md 2)."""


@dataclass(frozen=True)
class State:
    """What the database says before the year."""

    serie_start: date
    sammensying_dager: int
    avslutning_dager: int
    testnumre: bool
    nokkel: str
    last_dagdato: int | None
    hoved_koding: pl.DataFrame
    statusvalg: pl.DataFrame
    sysselsetting: pl.DataFrame
    h_arbsok: pl.DataFrame


@dataclass(frozen=True)
class Month:
    """A month file: its records as read, with the record's number from 1 as linje; those that T13 sets aside."""

    month: int
    name: str
    size: int
    sha256: str
    raw: pl.DataFrame
    tall_i_as_stat: pl.DataFrame


@dataclass(frozen=True)
class Year:
    """What is written for the year. `f_arbsok` has all records of the spells that ran when it began, too."""

    files: list[copy_back.MonthFile]
    miniregister: list[pl.DataFrame]
    lagt_til_side: pl.DataFrame
    person: pl.DataFrame
    f_arbsok: pl.DataFrame
    vrak_arbsok: pl.DataFrame
    h_arbsok: pl.DataFrame


class Clock:
    """Seconds by phase."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(("fetching state", "reading files", "computing", "copying back"), 0.0)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] += time.perf_counter() - started


def load_year(dsn: str, directory: Path, year: int) -> dict[str, float]:
    """Loads the year into the database, whole or not at all; returns seconds by phase."""
    clock = Clock()
    try:
        with psycopg.connect(dsn, application_name="polars_year", autocommit=True) as connection:
            with copy_back.transaction(connection):
                work(connection, directory, year, clock)
                done = time.perf_counter()
            clock.seconds["copying back"] += time.perf_counter() - done  # COMMIT
    except psycopg.Error as error:  # the server quotes the record
        raise RuntimeError(f"The database refused ({error.sqlstate}): {error.diag.message_primary}") from None
    return clock.seconds


def work(connection: Connection, directory: Path, year: int, clock: Clock) -> None:
    """The load inside the caller's transaction."""
    with clock.phase("fetching state"):
        state = fetch_state(connection, year)
    with clock.phase("reading files"):
        months = [read_month(directory, year, month) for month in range(1, 13)]
    with clock.phase("computing"):
        dates = right_dates(state, year, months)
        records, aside = registrations(state, year, months, dates)
        spell_records = from_the_start(state, year, records)
        newcomers = persons_without_state(spell_records)
    with clock.phase("fetching state"):
        known = known_persons(connection, newcomers)
    with clock.phase("computing"):
        events = with_running_dates(with_status(state, year, spell_records, known))
        h_arbsok, closed = last_registrations(state, year, spell_records, events, dates["dagdato"][-1])
        written = f_records(year, events, closed)
        numbers = person_numbers(state, written["fnr"])
    with clock.phase("fetching state"):
        earlier = open_records(connection, year)
    with clock.phase("computing"):
        f_arbsok = with_end_dates(written, earlier, numbers)
        result = Year(
            files=[month_file(year, month, dates) for month in months],
            miniregister=miniregister(records, dates, year),
            lagt_til_side=aside,
            person=new_persons(year, events, numbers),
            f_arbsok=f_arbsok,
            vrak_arbsok=rejected(year, dates, events),
            h_arbsok=h_arbsok,
        )
    with clock.phase("copying back"):
        write(connection, year, result)


# ------------------------------------------------------------------------------------------------ fetching state


def fetch(connection: Connection, table: str, schema: Mapping[str, Any], where: str = "true") -> pl.DataFrame:
    """The table's columns of the schema, through COPY; those of type Date as numbers of days, infinity as 9999."""

    def column(name: str, kind: Any) -> str:
        if kind == pl.Date:
            return f"CASE WHEN {name} = 'infinity' THEN date '9999-12-31' ELSE {name} END - date '1970-01-01' AS {name}"
        return f"{name}::integer" if kind == pl.Int32 else name

    columns = ", ".join(column(name, kind) for name, kind in schema.items())
    copy_out = f"COPY (SELECT {columns} FROM {table} WHERE {where}) TO STDOUT (FORMAT csv, HEADER)"
    with connection.cursor() as cursor, cursor.copy(copy_out) as copy:
        content = b"".join(copy)
    return pl.read_csv(content, schema={name: pl.Int32 if kind == pl.Date else kind for name, kind in schema.items()})


def fetch_state(connection: Connection, year: int) -> State:
    """The settings, the rules and H_ARBSOK as they stand before the year."""
    row = connection.execute(
        "SELECT serie_start, sammensying_dager, avslutning_dager, testnumre,"
        " (SELECT nokkel FROM trygdfob.lopenummer_nokkel),"
        " (SELECT max(dagdato) - date '1970-01-01' FROM trygdfob.maanedsfil),"
        " (SELECT max(aargang) FROM trygdfob.lastet_aargang) FROM trygdfob.innstilling"
    ).fetchone()
    assert row is not None
    if row[6] != year - 1:
        raise Refused(f"{year} cannot be loaded after {row[6]}")
    text, number = pl.String, pl.Int32
    return State(
        serie_start=row[0],
        sammensying_dager=row[1],
        avslutning_dager=row[2],
        testnumre=row[3],
        nokkel=row[4],
        last_dagdato=row[5],
        hoved_koding=fetch(
            connection,
            "trygdfob.hoved_koding",
            {"hovedarbstat": text, "tiltak": text, "gyldig_fra": pl.Date, "gyldig_til": pl.Date, "hoved": text},
        ),
        statusvalg=fetch(
            connection,
            "arbsok_lasting.statusvalg",
            dict.fromkeys(FACTS, number)
            | {"individ": INDIVID, "henddato_klasse": KLASSE}
            | dict.fromkeys(("status", "handling", "avgang_dato", "tilgang_dato", "kode"), text),
        ),
        sysselsetting=fetch(
            connection,
            "(SELECT fnr, fradato, coalesce(tildato, 'infinity') AS tildato FROM trygdfob.sysselsetting)",
            {"fnr": text, "fradato": pl.Date, "tildato": pl.Date},
        ),
        h_arbsok=fetch(
            connection,
            "trygdfob.h_arbsok",
            {name: pl.Date if name in DATES else pl.Categorical if name in CODES else text for name in H_ARBSOK[:-1]},
            f"aargang = {year - 1}",
        ),
    )


def with_persons(connection: Connection, persons: pl.Series) -> None:
    """A temporary table of the persons' fnr."""
    connection.execute("DROP TABLE IF EXISTS pg_temp.personer")
    connection.execute("CREATE TEMP TABLE personer ON COMMIT DROP AS SELECT fnr FROM trygdfob.person WITH NO DATA")
    copy_back.copy(connection, sql.Identifier("pg_temp", "personer"), ["fnr"], blocks(persons.to_frame("fnr")))
    connection.execute("ANALYZE pg_temp.personer")


def known_persons(connection: Connection, persons: pl.Series) -> pl.Series:
    """Those of the persons who have a record in F_ARBSOK, and so a number: their last spell is closed."""
    with_persons(connection, persons)
    return fetch(connection, "pg_temp.personer JOIN trygdfob.person USING (fnr)", {"fnr": pl.String})["fnr"]


def open_records(connection: Connection, year: int) -> pl.DataFrame:
    """The earlier records that are not final: those of the spells that run."""
    return fetch(
        connection,
        f"arbsok_lasting.forlop_fra({year - 1})",
        {name: pl.Date if name in DATES else pl.Categorical if name in CODES else pl.String for name in F_ARBSOK[:-1]}
        | {"aargang": pl.Int32},
        "tomdato IS NULL",
    )


# ------------------------------------------------------------------------------------------------- reading files


def read_month(directory: Path, year: int, month: int) -> Month:
    """A month file, every field as text; as_gr and as_f may be absent before October 2002."""
    path = directory / f"arbsok_{year}{month:02}.csv"
    content = path.read_bytes()
    header = content[: content.index(b"\n")].decode("utf-8-sig")
    separator = max(",;", key=header.count)
    names = [name.strip(" \t\r\"'").lower() for name in header.split(separator)]
    raw = pl.read_csv(
        content,
        schema=dict.fromkeys(names, pl.String),
        separator=separator,
        row_index_name="linje",
        row_index_offset=1,
    )
    if date(year, month, 1) < AS_GR_FROM:
        raw = raw.with_columns(pl.lit(None, pl.String).alias(name) for name in ("as_gr", "as_f") if name not in names)
    raw = raw.select("linje", *RAW)
    digits = pl.col("as_stat").str.contains("[0-9]{6}").fill_null(False)
    sha256 = hashlib.sha256(content).hexdigest()
    return Month(month, path.name, len(content), sha256, raw.filter(~digits), raw.filter(digits))


# ------------------------------------------------------------------------------- month files to miniregister


def number_of(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def clean(name: str) -> pl.Expr:
    """A text field trimmed, blank missing."""
    text = pl.col(name).str.strip_chars(BLANKS)
    return pl.when(text != "").then(text)


def datoret(dates: pl.DataFrame) -> pl.DataFrame:
    """Texts YYMMDD as dates: `dato` where the calendar has it, `reparert` also for a day past the month's end."""
    number = clean("dagdato").str.extract(r"^0*([0-9]{1,6})(?:[.,]0*)?$").cast(pl.Int32)
    month, day = number // 100 % 100, number % 100
    century = pl.when(number >= 700_000).then(1900).otherwise(2000)
    first = pl.date(century + number // 10_000, month.clip(1, 12), 1)
    last = first.dt.month_end().dt.day().cast(pl.Int32)
    return dates.with_columns(
        reparert=pl.when(month.is_between(1, 12), day >= 1).then(
            first.cast(pl.Int32) + pl.min_horizontal(day, last) - 1
        ),
        i_kalenderen=day <= last,
    ).with_columns(dato=pl.when("i_kalenderen").then("reparert"))


def right_dates(state: State, year: int, months: list[Month]) -> pl.DataFrame:
    """A row per month: mnddato, dagdato, fdagdato, and the texts of dagdato that are right (spec.md 2, T9)."""
    votes = datoret(
        pl.concat(m.raw.lazy().group_by("dagdato").len().with_columns(month=pl.lit(m.month)) for m in months).collect()
    )
    right = (
        votes.drop_nulls("reparert")
        .group_by("month", "i_kalenderen", pl.col("reparert").alias("rett"))
        .agg(pl.col("len").sum())
        .sort("month", "i_kalenderen", "len", "rett", descending=[False, True, True, True])
        .group_by("month", maintain_order=True)
        .agg(dagdato=pl.col("rett").first())
    )
    texts = votes.join(right, on="month", suffix="_rett").filter(pl.col("dato") == pl.col("dagdato_rett"))
    dates = (
        pl.DataFrame(
            {
                "month": range(1, 13),
                "mnddato": [number_of(date(year, month, 1)) for month in range(1, 13)],
                "neste": [number_of(date(year + month // 12, month % 12 + 1, 1)) for month in range(1, 13)],
            },
            schema={"month": pl.Int32, "mnddato": pl.Int32, "neste": pl.Int32},
        )
        .join(right, on="month", how="left")
        .join(texts.group_by("month").agg(tekster="dagdato"), on="month", how="left")
        .sort("month")
        .with_columns(fdagdato=pl.col("dagdato").shift(1, fill_value=state.last_dagdato))
    )
    start = number_of(state.serie_start)
    refused = dates.filter(
        pl.col("dagdato").is_null()
        | ~pl.col("dagdato").is_between(pl.col("mnddato") - 10, pl.col("neste") + 9)
        | (pl.col("dagdato") <= pl.col("fdagdato")).fill_null(False)
        | ((pl.col("mnddato") == number_of(state.serie_start.replace(day=1))) & (pl.col("dagdato") < start))
    )
    if refused.height:
        raise Refused(f"{months[refused['month'][0] - 1].name}: its dagdato cannot be right")
    return dates


def month_file(year: int, month: Month, dates: pl.DataFrame) -> copy_back.MonthFile:
    """The month file's row of maanedsfil."""
    dagdato, fdagdato = dates.select(pl.col("dagdato", "fdagdato").cast(pl.Date)).row(month.month - 1)
    return copy_back.MonthFile(
        date(year, month.month, 1),
        month.name,
        month.size,
        month.sha256,
        month.raw.height + month.tall_i_as_stat.height,
        dagdato,
        fdagdato,
    )


def refuse_long_fields(months: list[Month]) -> None:
    """Refused where a field is longer than the format allows."""
    for month in months:
        longest = month.raw.select(pl.col(RAW).str.len_chars().max())
        if any((longest[name][0] or 0) > LONGEST.get(name, 14) for name in RAW):  # blanks included: look closer
            longest = month.raw.select(clean(name).str.len_chars().max() for name in RAW)
            for name in RAW:
                if (longest[name][0] or 0) > LONGEST.get(name, 14):
                    raise Refused(f"{month.name}: the field {name} is longer than the format allows")


def as_stat_parts(months: list[Month]) -> pl.DataFrame:
    """Every as_stat of the year with its three parts."""
    text, length = pl.col("tekst"), pl.col("tekst").str.len_chars()

    def part(expression: pl.Expr) -> pl.Expr:
        expression = expression.str.strip_chars(BLANKS)
        return pl.when(expression != "").then(expression)

    return (
        pl.concat(m.raw.lazy().select("as_stat").unique() for m in months)
        .unique()
        .with_columns(tekst=clean("as_stat"))
        .select(
            "as_stat",
            hovedarbstat=part(text.str.head(2)),
            tiltak=pl.when(length >= 5).then(part(text.str.slice(2, length - 4))),
            ytelse=pl.when(length >= 4).then(part(text.str.tail(2))),
        )
        .with_columns(pl.col("hovedarbstat", "tiltak", "ytelse").cast(pl.Categorical))
        .collect()
    )


def whole_days(months: list[Month]) -> pl.DataFrame:
    """Every ant_d_as of the year as a whole number of days; missing where it is none."""
    text = pl.col("tekst")
    days = (
        pl.concat(m.raw.lazy().select("ant_d_as").unique() for m in months)
        .unique()
        .with_columns(tekst=clean("ant_d_as"))
        .select(
            "ant_d_as",
            ant_d_as_n=pl.when(text.str.contains(r"^[0-9]+([.,]0*)?$"))
            .then(text.str.extract("^([0-9]+)"))
            .cast(pl.Int64),
        )
        .collect()
    )
    if days.filter(pl.col("ant_d_as_n") > MOST_DAYS).height:
        raise Refused("the field ant_d_as is longer than the format allows")
    return days.cast({"ant_d_as_n": pl.Int32})


def hoved_of_as_stat(parts: pl.DataFrame, hoved_koding: pl.DataFrame, mnddato: int) -> pl.DataFrame:
    """The parts with the main group that the mapping gives in the month (T8): newest gyldig_fra, activity before *."""
    valid = (
        hoved_koding.filter(pl.lit(mnddato).is_between("gyldig_fra", "gyldig_til"))
        .sort("gyldig_fra")
        .unique(["hovedarbstat", "tiltak"], keep="last")
        .select(pl.col("hovedarbstat", "tiltak", "hoved").cast(pl.Categorical))
    )
    every = valid.filter(pl.col("tiltak") == "*").select("hovedarbstat", alle="hoved")
    return (
        parts.join(valid, on=["hovedarbstat", "tiltak"], how="left")
        .join(every, on="hovedarbstat", how="left")
        .with_columns(hoved=pl.coalesce("hoved", "alle", pl.lit("7").cast(pl.Categorical)))
        .drop("alle")
    )


def mrk_fnr(number: pl.Expr, testnumre: bool) -> pl.Expr:
    """The control of a fødselsnummer given as a number: 0 valid, 1 valid D-number, 2 neither (spec.md 2)."""
    digits = [number // 10**place % 10 for place in range(10, -1, -1)]
    first = sum((w * d for w, d in zip((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), digits, strict=False)), pl.lit(0))
    second = sum((w * d for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), digits, strict=True)), pl.lit(0))
    day, month, year = number // 10**9, number // 10**7 % 100 % (40 if testnumre else 100), number // 10**5 % 100
    last = (
        pl.when(month == 2)
        .then(pl.when(year % 4 == 0).then(29).otherwise(28))
        .when(month.is_in([4, 6, 9, 11]))
        .then(30)
        .otherwise(31)
    )
    valid = (
        (first % 11 == 0) & (second % 11 == 0) & (day < 80) & (day % 40).is_between(1, last) & month.is_between(1, 12)
    )
    return pl.when(~valid).then(pl.lit("2")).when(day > 40).then(pl.lit("1")).otherwise(pl.lit("0"))


def registrations(
    state: State, year: int, months: list[Month], dates: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The year's miniregister records after the rows of H_ARBSOK, by person and month; and what is set aside."""
    refuse_long_fields(months)
    parts, days = as_stat_parts(months), whole_days(months)
    frames = [
        month_records(state, month, dates.row(month.month - 1, named=True), parts, days, date(year, month.month, 1))
        for month in months
    ]
    earlier = state.h_arbsok.with_row_index("h_rad").select(
        "h_rad",
        "fnr",
        *REGISTRATION,
        slot=pl.when(pl.col("dagdato") == dates["fdagdato"][0]).then(MONTH_BEFORE).otherwise(OLDER).cast(pl.Int64),
    )
    rows = pl.concat(
        [
            pl.concat(frames).collect(engine="streaming"),
            earlier.with_columns(key=pl.col("fnr").cast(pl.Int64) * 16 + pl.col("slot")),
        ],
        how="diagonal",
    )
    # T1: whoever has no key has no number of 11 digits.
    order = rows["key"].arg_sort(nulls_last=True).head(rows.height - rows["key"].null_count())
    raw = pl.concat([month.raw for month in months])  # in the order of rows

    def as_read(places: pl.Series, reason: str) -> pl.DataFrame:
        """The records in these places of rows, as they were read."""
        return raw.select(pl.col("linje", *RAW).gather(places)).with_columns(
            mnddato=dates["mnddato"].gather(rows["slot"].gather(places) - JANUARY), grunn=pl.lit(reason)
        )

    # T2; then, among records that give the same, the text as it was read
    same = (pl.col("key") == pl.col("key").shift(1)).fill_null(False)
    twice = (
        pl.DataFrame({"rad": order, "key": rows["key"].gather(order)})
        .with_row_index("sted")
        .filter(same | same.shift(-1, fill_value=False))
    )
    surplus = (
        twice.hstack(rows.select(pl.col("ant_d_as_n", "mrk_dl").gather(twice["rad"])))
        .hstack(as_read(twice["rad"], "dublett").select("linje", *RAW))
        .with_columns(stat=clean("as_stat"), gr=clean("as_gr"), f=clean("as_f"))
        .sort(
            "key", "ant_d_as_n", "stat", pl.col("mrk_dl").is_not_null(), "gr", "f", *RAW, "linje",
            descending=[False, False, True, False, True, True, *[False] * 8],
            nulls_last=True,
        )
        .filter(same)
    )  # fmt: skip
    kept = order.filter(pl.repeat(True, len(order), eager=True).scatter(surplus["sted"], False))
    nobody = rows.select(pl.arg_where(pl.col("key").is_null())).to_series()
    digits = [
        month.tall_i_as_stat.with_columns(mnddato=dates["mnddato"][month.month - 1], grunn=pl.lit("tall_i_as_stat"))
        for month in months
    ]
    aside = pl.concat(
        [as_read(nobody, "ugyldig_fnr"), as_read(surplus["rad"], "dublett"), *digits], how="vertical_relaxed"
    )
    aside = aside.with_columns(pl.col(RAW).replace("", None))  # in quotes, it is missing all the same
    records = rows.select(pl.all().gather(kept)).with_columns(number=pl.col("key") // 16)
    return with_mrk_fnr(records, state.testnumre), aside.with_columns(aargang=pl.lit(year))


def month_records(
    state: State, month: Month, when: dict[str, Any], parts: pl.DataFrame, days: pl.DataFrame, mnddato: date
) -> pl.LazyFrame:
    """A month's records, those that will be set aside among them, coded (spec.md 2)."""
    if mnddato < AS_GR_FROM:
        parts = hoved_of_as_stat(parts, state.hoved_koding, when["mnddato"])
        hoved = pl.col("hoved")
    else:
        hoved = pl.when(pl.col("as_gr") == "-1").then(pl.lit("9")).otherwise(pl.col("as_gr").fill_null("7"))
    slot = month.month - 1 + JANUARY
    # Exactly 11 digits: what the cast to a number takes is, but for a sign, digits.
    identifies = (pl.col("fnr").str.len_bytes() == 11) & ~pl.col("fnr").str.head(1).is_in(["+", "-"])
    registered = state.sysselsetting.filter(pl.lit(when["dagdato"]).is_between("fradato", "tildato"))["fnr"]
    employed = pl.when(pl.col("fnr").is_in(registered.implode())).then(pl.lit("1")).otherwise(pl.lit("0"))
    return (
        month.raw.lazy()
        .with_columns(clean(name) for name in ("fnr", "as_gr", "as_f"))
        .join(parts.lazy(), on="as_stat", how="left", nulls_equal=True, maintain_order="left")
        .join(days.lazy(), on="ant_d_as", how="left", nulls_equal=True, maintain_order="left")
        .select(
            "fnr",
            hoved.alias("hoved"),
            "hovedarbstat",
            "tiltak",
            "ytelse",
            "ant_d_as_n",
            "as_f",
            "as_gr",
            slot=pl.lit(slot, pl.Int64),
            key=pl.when(identifies).then(pl.col("fnr").cast(pl.Int64, strict=False)) * 16 + slot,
            dagdato=pl.lit(when["dagdato"], pl.Int32),
            fdagdato=pl.lit(when["fdagdato"], pl.Int32),
            henddato=pl.lit(when["dagdato"], pl.Int32) - pl.col("ant_d_as_n"),
            mrk_sys=employed if registered.len() else pl.lit(None, pl.String),
            mrk_dl=pl.when(~pl.col("dagdato").is_in(when["tekster"] or [], nulls_equal=True)).then(pl.lit(32)),
        )
        .with_columns(pl.col("hoved", "mrk_sys", "as_f", "as_gr").cast(pl.Categorical))
    )


def with_mrk_fnr(records: pl.DataFrame, testnumre: bool) -> pl.DataFrame:
    """The records with `person` (a number from 0, in their order) and the control of each person's number."""
    person = pl.col("number")
    records = records.with_columns(person=(person != person.shift(1)).fill_null(False).cum_sum())
    marks = (
        records.lazy()
        .select("number")
        .filter((person != person.shift(1)).fill_null(True))
        .select(mrk_fnr(person, testnumre).cast(pl.Categorical).alias("mrk"))
        .collect()["mrk"]
    )
    return records.with_columns(mrk_fnr=pl.coalesce("mrk_fnr", marks.gather(records["person"])))


def miniregister(records: pl.DataFrame, dates: pl.DataFrame, year: int) -> list[pl.DataFrame]:
    """The year's miniregister, a table for each month, by fnr."""
    return pl.collect_all(
        records.lazy()
        .filter(pl.col("slot") == month - 1 + JANUARY)
        .with_columns(mnddato=pl.lit(dates["mnddato"][month - 1], pl.Int32), aargang=pl.lit(year))
        .select(MINIREGISTER)
        for month in range(1, 13)
    )


# ------------------------------------------------------------------------------- which status, and what is written


def from_the_start(state: State, year: int, records: pl.DataFrame) -> pl.DataFrame:
    """What L_ARBSOK has, after the rows of H_ARBSOK: the records from the start of the series on."""
    first = state.serie_start.month if state.serie_start.year == year else 1
    if state.serie_start.year > year:
        return records.clear()
    return (
        records.filter((pl.col("slot") < JANUARY) | (pl.col("slot") >= first - 1 + JANUARY)) if first > 1 else records
    )


def first_of_person() -> pl.Expr:
    """Whether the row above is of somebody else."""
    return (pl.col("number") != pl.col("number").shift(1)).fill_null(True)


def persons_without_state(records: pl.DataFrame) -> pl.Series:
    """The fnr of those who are registered in the year and not in H_ARBSOK."""
    return records.filter(first_of_person() & (pl.col("slot") >= JANUARY))["fnr"]


def rule_key(facts: tuple[str, ...] = FACTS) -> pl.Expr:
    """The facts that a row of statusvalg is about, as one number."""
    key = pl.lit(0, pl.Int32)
    for name in facts:
        fact = pl.col(name)
        if name == "individ":
            fact = fact.cast(INDIVID).to_physical()
        elif name == "henddato_klasse":
            fact = fact.cast(KLASSE).to_physical()
        key = key * 8 + fact.cast(pl.Int32)  # no fact has more than eight values
    return key


def any_of(name: str, *values: str) -> pl.Expr:
    """Whether the column has one of the values; false where it is missing."""
    return pl.col(name).is_in(values).fill_null(False)


def with_status(state: State, year: int, records: pl.DataFrame, known: pl.Series) -> pl.DataFrame:
    """The records that are not simply unchanged, with their status and its dates (spec.md 3).

    The rows of H_ARBSOK are among them (slot below JANUARY, no handling), with what H_ARBSOK has as h_…; every row
    has the registration before it as sist_….
    """
    unchanged = (
        (pl.col("key") - pl.col("key").shift(1) == 1)  # registered the month before
        & (pl.col("hoved") == pl.col("hoved").shift(1))
        & pl.col("hovedarbstat").eq_missing(pl.col("hovedarbstat").shift(1))
        & pl.col("tiltak").eq_missing(pl.col("tiltak").shift(1))
        & pl.col("ytelse").eq_missing(pl.col("ytelse").shift(1))
        & (pl.col("henddato") - pl.col("henddato").shift(1)).is_between(-1, 1)
    ).fill_null(False)
    places = records.select(pl.arg_where((pl.col("slot") < JANUARY) | ~unchanged)).to_series()
    above = (places.cast(pl.Int64) - 1).clip(0)
    events = records.select(pl.all().gather(places)).hstack(
        records.select(pl.col("person", "h_rad", *REGISTRATION).gather(above).name.prefix("sist_"))
    )
    at_h = state.h_arbsok.select(pl.col(*RUNNING_DATES, "avgdato", "status").name.prefix("h_"))
    events = events.hstack(at_h.select(pl.all().gather(events["h_rad"])))
    sist_avsluttet = at_h["h_avgdato"].gather(events["sist_h_rad"]).is_not_null()

    start = number_of(state.serie_start)
    series_month = (year - state.serie_start.year) * 12 + pl.col("slot") - JANUARY + 2 - state.serie_start.month
    first = (pl.col("sist_person") != pl.col("person")) | (pl.int_range(pl.len()) == 0)
    running, henddato = pl.col("lopende"), pl.col("henddato")
    weeks = (pl.col("dagdato") - pl.col("sist_dagdato") + 6) // 7
    letters = pl.Series("bokstav", [None, *"ABCDEFGHIJKLM"], pl.String)
    rules = state.statusvalg.select("handling", "avgang_dato", "tilgang_dato", "kode", regel="status", fakta=rule_key())
    return (
        events.lazy()
        .with_columns(
            effektiv=pl.when(henddato <= pl.col("dagdato")).then("henddato").otherwise("dagdato"),
            individ=pl.when(first)
            .then(pl.when(pl.col("fnr").is_in(known.implode())).then(pl.lit("avsluttet")).otherwise(pl.lit("ny")))
            .when(sist_avsluttet)
            .then(pl.lit("avsluttet"))
            .when(pl.col("sist_dagdato") >= pl.col("fdagdato"))
            .then(pl.lit("uten_opphold"))
            .when(
                (pl.col("sist_hoved") == "5") | (pl.col("hoved") == "5"),
                pl.col("dagdato") - pl.col("sist_dagdato") <= state.sammensying_dager,
            )
            .then(pl.lit("uten_opphold_13_uker"))
            .otherwise(pl.lit("med_opphold"))
            .cast(INDIVID),
        )
        .with_columns(lopende=~any_of("individ", "ny", "avsluttet"))
        .with_columns(
            seriemaaned=pl.when(~running, series_month <= 3).then(series_month).otherwise(0),
            hoved_5=~running & (pl.col("hoved") == "5"),
            etter_start=~running & (pl.col("effektiv") > start),
            etter_fdagdato=~running & (pl.col("effektiv") > pl.col("fdagdato")).fill_null(False),
            henddato_klasse=pl.when(~running)
            .then(pl.lit("-"))
            .when((henddato - pl.col("sist_henddato")).is_between(-1, 1))
            .then(pl.lit("uendret"))
            .when(henddato.is_null() | (henddato > pl.col("dagdato")))
            .then(pl.lit("uoppgitt_eller_etter_dagdato"))
            .when(henddato <= pl.col("fdagdato"))
            .then(pl.lit("ikke_etter_fdagdato"))
            .when(henddato == pl.col("fdagdato") + 1)
            .then(pl.lit("endret_dagen_etter_fdagdato"))
            .otherwise(pl.lit("endret"))
            .cast(KLASSE),
            hoved_endret=running & (pl.col("hoved") != pl.col("sist_hoved")),
            hovedarbstat_endret=running & pl.col("hovedarbstat").ne_missing(pl.col("sist_hovedarbstat")),
            tiltak_endret=running & pl.col("tiltak").ne_missing(pl.col("sist_tiltak")),
            ytelse_endret=running & pl.col("ytelse").ne_missing(pl.col("sist_ytelse")),
        )
        .with_columns(
            arbstat_sum=pl.col("ytelse_endret").cast(pl.Int32)
            + 2 * pl.col("tiltak_endret").cast(pl.Int32)
            + 4 * pl.col("hovedarbstat_endret").cast(pl.Int32)
        )
        .with_columns(fakta=pl.when(~IS_H).then(rule_key()))
        .join(rules.lazy(), on="fakta", how="left", maintain_order="left")
        .with_columns(
            # T6: the letter of the started weeks between the two registrations
            status=pl.when(pl.col("regel").str.ends_with("a"))
            .then(pl.col("regel").str.strip_suffix("a") + pl.lit(letters).gather(weeks.clip(0, 13)))
            .otherwise("regel")
            .cast(pl.Categorical),
            avgang=pl.when(pl.col("avgang_dato") == "siste_dagdato")
            .then("sist_dagdato")
            .when(pl.col("avgang_dato") == "dagdato-1")
            .then(pl.col("dagdato") - 1)
            .when(pl.col("avgang_dato") == "henddato-1")
            .then(pl.col("effektiv") - 1)
            .when(pl.col("avgang_dato") == "fdagdato")
            .then("fdagdato"),
            tilgang=pl.when(pl.col("tilgang_dato") == "henddato")
            .then("effektiv")
            .when(pl.col("tilgang_dato") == "serie_start")
            .then(start)
            .when(pl.col("tilgang_dato") == "fdagdato+1")
            .then(pl.col("fdagdato") + 1)
            .when(pl.col("tilgang_dato") == "dagdato")
            .then("dagdato"),
        )
        .collect()
    )


def with_running_dates(events: pl.DataFrame) -> pl.DataFrame:
    """The events with the dates and the status that stand after them, and the dates that stood before (spec.md 4).

    A person's first row (of H_ARBSOK, or one that opens a spell) sets them all, so that what stands is what was set
    last, whoever's.
    """
    opens = any_of("handling", "venstresensur", "tilgang", "avgang_tilgang")
    group = opens | any_of("handling", "gruppeovergang")
    change = any_of("handling", "endring")
    sets = {
        "tilgdato": opens,
        "asoktilg": group,
        **{f"{name}dato": group | (change & pl.col(f"{attribute}_endret")) for name, attribute in ATTRIBUTES.items()},
    }
    return (
        events.lazy()
        .with_columns(
            pl.when(sets[name]).then("tilgang").otherwise(f"h_{name}").forward_fill().alias(name)
            for name in RUNNING_DATES
        )
        .with_columns(
            pl.col(RUNNING_DATES).shift(1).name.prefix("sist_"),
            status_etter=pl.when(group | change).then("status").otherwise("h_status").forward_fill(),
        )
        .collect()
    )


def last_registrations(
    state: State, year: int, records: pl.DataFrame, events: pl.DataFrame, last_dagdato: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The year's H_ARBSOK; and the exit records of spells not seen for long (spec.md 4, T7, T10)."""
    last = (pl.col("number") != pl.col("number").shift(-1)).fill_null(True)
    # Everybody has a row among the events: both are one row a person, in the same order.
    standing = events.filter(last).select(*RUNNING_DATES, "h_avgdato", status="status_etter")
    too_old = pl.col("dagdato") < last_dagdato - state.avslutning_dager
    text = pl.col("status").cast(pl.String)
    closed_status = (text.str.head(1) + "X" + text.str.slice(2)).cast(pl.Categorical)
    h_arbsok = (
        records.filter(last)
        .select("slot", "fnr", *REGISTRATION)
        .hstack(standing)
        .filter((pl.col("slot") >= JANUARY) | pl.col("h_avgdato").is_null())
        .with_columns(
            avgdato=pl.when(too_old).then("dagdato"),
            status=pl.when(too_old).then(closed_status).otherwise("status"),
            aargang=pl.lit(year),
        )
        .select(H_ARBSOK)
    )
    closed = h_arbsok.filter(pl.col("avgdato").is_not_null()).with_columns(
        kode=pl.lit("0"), regdato="avgdato", asokavg="avgdato"
    )
    return h_arbsok, closed


def f_records(year: int, events: pl.DataFrame, closed: pl.DataFrame) -> pl.DataFrame:
    """The year's records of F_ARBSOK but for lopenr, tomdato, asoktom and regtom (spec.md 4)."""
    columns = [name for name in F_ARBSOK if name not in ("lopenr", "asoktom", "tomdato", "regtom")]
    # The exit: what the last registration said
    exits = events.filter(any_of("handling", "gruppeovergang", "avgang_tilgang")).select(
        "fnr",
        *(pl.col(f"sist_{name}").alias(name) for name in (*REGISTRATION, *RUNNING_DATES)),
        kode=pl.lit("0"),
        regdato="avgang",
        avgdato=pl.when(pl.col("handling") == "avgang_tilgang").then("avgang"),
        asokavg="avgang",
        status="status",
        aargang=pl.lit(year),
    )
    # The entry or the change: what this one says
    entries = events.filter(~any_of("handling", "ingen", "vrak"), ~IS_H).select(
        "fnr",
        *REGISTRATION,
        *RUNNING_DATES,
        kode=pl.col("kode").fill_null("1"),
        regdato="tilgang",
        avgdato=pl.lit(None, pl.Int32),
        asokavg=pl.lit(None, pl.Int32),
        status="status",
        aargang=pl.lit(year),
    )
    return pl.concat(frame.select(columns) for frame in (exits, entries, closed))


def person_numbers(state: State, persons: pl.Series) -> pl.DataFrame:
    """Each of the persons with his number, lopenr. polars has no SHA-256, so that they are taken one by one here."""
    fnr = persons.unique()
    hashes = (hashlib.sha256((state.nokkel + each).encode()).hexdigest()[:16] for each in fnr)
    return pl.DataFrame({"fnr": fnr, "lopenr": pl.Series(hashes, dtype=pl.String)})


def new_persons(year: int, events: pl.DataFrame, numbers: pl.DataFrame) -> pl.DataFrame:
    """Those who get their first record in F_ARBSOK, in the order of their numbers."""
    new = events.filter(pl.col("individ") == "ny", ~IS_H).select("fnr")
    return new.join(numbers, on="fnr").sort("lopenr").with_columns(aargang=pl.lit(year)).select(PERSON)


def rejected(year: int, dates: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """The year's records of VRAK_ARBSOK."""
    vrak = events.filter(any_of("handling", "vrak"))
    return vrak.with_columns(mnddato=dates["mnddato"].gather(vrak["slot"] - JANUARY), aargang=pl.lit(year)).select(
        *MINIREGISTER, "status"
    )


def with_end_dates(written: pl.DataFrame, earlier: pl.DataFrame, numbers: pl.DataFrame) -> pl.DataFrame:
    """The year's records and the earlier ones, with lopenr, tomdato, asoktom and regtom (T12), in the key's order."""
    thin = ["fnr", "kode", "regdato", "avgdato", "asokavg"]
    touched = earlier.with_row_index("gammel").join(numbers, on="fnr", how="semi")
    dated = (
        pl.concat(
            [
                written.select(thin).with_row_index("rad"),
                touched.select(
                    "gammel", "fnr", "kode", "regdato", asokavg=pl.when(pl.col("kode") == "0").then("regdato")
                ),
            ],
            how="diagonal",
        )
        .lazy()
        .with_columns(number=pl.col("fnr").cast(pl.Int64), exit=pl.col("kode") == "0")
        # In the order of events; an exit ends its day. 2 ** 17 days reach from 1790 to 2148.
        .sort(pl.col("number") * 2**18 + (pl.col("regdato") + 2**16) * 2 + pl.col("exit"))
        .with_columns(last=(pl.col("number") != pl.col("number").shift(-1)).fill_null(True))
        .with_columns(
            # A spell's, and a group spell's, end is in the next record that has one, unless the person has no more.
            tomdato=pl.when(pl.col("avgdato").is_not_null() | ~pl.col("last")).then("avgdato").otherwise(NEVER),
            asoktom=pl.when(pl.col("asokavg").is_not_null() | ~pl.col("last")).then("asokavg").otherwise(NEVER),
        )
        .with_columns(pl.col("tomdato", "asoktom").backward_fill().replace(NEVER, None))
        .with_columns(
            regtom=pl.when("exit")
            .then("regdato")
            .when(~pl.col("last") & (pl.col("kode").shift(-1) == "2"))
            .then(pl.col("regdato").shift(-1) - 1)
            .otherwise("asoktom")
        )
        .collect()
    )
    ends = ("asoktom", "tomdato", "regtom")
    new, old = (dated.drop_nulls(place).sort(place) for place in ("rad", "gammel"))
    records = written.hstack(new.select(ends)).join(numbers, on="fnr")
    mended = earlier[old["gammel"]].with_columns(old.select(ends))
    untouched = earlier.join(numbers, on="fnr", how="anti")
    return pl.concat([each.select(F_ARBSOK) for each in (records, mended, untouched)], how="vertical_relaxed").sort(
        "lopenr", "regdato", "kode"
    )


# ------------------------------------------------------------------------------------------------- copying back


def blocks(frame: pl.DataFrame) -> Iterator[memoryview]:
    """The table's records as COPY takes them, days as dates."""
    days = [name for name, kind in frame.schema.items() if name in DATES and kind == pl.Int32]
    frame = frame.with_columns(pl.col(days).cast(pl.Date), pl.col(pl.UInt32).cast(pl.Int64))

    def batches() -> Iterator[pa.RecordBatch]:
        for block in frame.iter_slices(BLOCK):
            yield from block.to_arrow(compat_level=pl.CompatLevel.oldest()).combine_chunks().to_batches()

    return copy_back.binary(batches())


def write(connection: Connection, year: int, result: Year) -> None:
    """Everything into the product's durable tables, with their keys and constraints; the caller commits."""
    copy_back.miniregister_year(connection, year)
    for file, frame in zip(result.files, result.miniregister, strict=True):
        copy_back.miniregister_month(connection, file.mnddato, MINIREGISTER, blocks(frame))
    copy_back.attach_miniregister(connection, year)
    for table, columns, frame in (
        (copy_back.person, PERSON, result.person),
        (copy_back.vrak_arbsok, VRAK_ARBSOK, result.vrak_arbsok),
        (copy_back.lagt_til_side, LAGT_TIL_SIDE, result.lagt_til_side),
    ):
        table(connection, columns, blocks(frame.select(columns)))
    runs = pl.col("tomdato").is_null()
    copy_back.f_arbsok(
        connection, year, F_ARBSOK, blocks(result.f_arbsok.filter(~runs)), blocks(result.f_arbsok.filter(runs))
    )
    copy_back.h_arbsok(connection, year, H_ARBSOK, blocks(result.h_arbsok.select(H_ARBSOK)))
    copy_back.year_loaded(connection, year, result.files)
