"""What became of each row from one delivery of an order to the next (leveranse.sammenlign_tabell).

The two sides are folders, or what the register gives for an earlier delivery today. Both go to the server by COPY,
and are compared there. Nothing of a person is shown: what is said is counts, and the rows go into files.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import psycopg
from psycopg import sql

from fdtrygd.db.database import Connection, scalar
from fdtrygd.errors import UserError
from fdtrygd.leveranse import catalogue, folder, manifest, stream

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "sammenligning.json"
SCHEMA = 1  #: version of the file's own form
#: What became of rows, as recipients read it, in the order in which it is told.
KINDS = {
    "ny": "begynner etter den eldre leveransens siste dag",
    "fikk_slutt": "løp i den eldre leveransen, og har nå en slutt",
    "uendret": "står som før",
    "endret": "er endret på annen måte",
    "borte": "er ikke med lenger",
    "kommet_til": "er kommet til, enda de begynner senest den eldre leveransens siste dag",
    "bare_i_eldre": "om personer som bare den eldre leveransen gjelder",
    "bare_i_nyere": "om personer som bare den nyere leveransen gjelder",
}
#: The rows of these kinds are listed; the others are only counted.
LISTED = ("ny", "fikk_slutt", "endret", "borte", "kommet_til")
#: What an order says that decides how its files are written, and not what is in them.
WRITTEN = {"formater", "koder"}
#: Kinds that no load of a further year gives.
OTHERWISE = ("endret", "borte", "kommet_til")
#: Why nothing is compared, as recipients read it.
FIRST = "Det finnes ingen tidligere leveranse av bestillingen å sammenligne med."
OTHER_ROWS = (
    "Registeret gir ikke lenger de samme radene som i leveranse {}: en årgang er tatt ut og lastet annerledes siden. "
    "Den kan bare sammenlignes med mappen som ble levert."
)
WITHOUT_FOLDER = "Leveransen ble sammenlignet med mappen til en tidligere leveranse, og den er ikke med i gjentakelsen."
#: What the server says of a missing value, a value or a row that cannot be taken
UNREADABLE = (psycopg.errors.DataError, psycopg.errors.IntegrityError)


@dataclass(frozen=True)
class Part:
    """A table of a delivery that is compared."""

    name: str
    form: str
    columns: tuple[str, ...]
    #: the row filter
    rows: Mapping[str, Any]
    #: the rows in batches with the catalogue's types; None: in no format that can be read here
    batches: "Callable[[], Iterator[pa.RecordBatch]] | None"


@dataclass(frozen=True)
class Side:
    """A delivery that is compared."""

    number: int
    project: str
    order: str
    version: int
    last: date
    content: Mapping[str, Any]
    parts: Mapping[str, Part]

    @property
    def days_as(self) -> catalogue.Days:
        return cast(catalogue.Days, self.content.get("dato", "dato"))


@dataclass(frozen=True)
class Count:
    rows: int
    persons: int


@dataclass(frozen=True)
class TableCompared:
    """What became of the rows of a table."""

    name: str
    form: str
    #: in Norwegian, where it is not compared
    why_not: str | None = None
    #: kind -> counts
    counts: Mapping[str, Count] = field(default_factory=dict)
    #: column -> rows in which it changed
    changed: Mapping[str, int] = field(default_factory=dict)
    #: older rows of months that were not over
    outside: int = 0
    columns: tuple[str, ...] = ()
    only_older: tuple[str, ...] = ()
    only_newer: tuple[str, ...] = ()
    #: whether its row filter lets rows in or out as time goes, whatever was loaded
    moving: bool = False
    #: the file of its rows
    file: str | None = None

    @property
    def otherwise(self) -> bool:
        """Whether the register must have been changed in its final part, where both orders ask for the same."""
        return any(kind in self.counts for kind in (OTHERWISE[:1] if self.moving else OTHERWISE))


@dataclass(frozen=True)
class Run:
    """A run of the run log that loaded a year or took it back."""

    number: int
    unload: bool
    year: int

    @property
    def in_words(self) -> str:
        return f"run {self.number} {'took' if self.unload else 'loaded'} {self.year}{' back' if self.unload else ''}"


@dataclass(frozen=True)
class Compared:
    """A delivery held against an earlier one of the same order."""

    newer: Side
    older: Side | None = None
    #: in Norwegian, where nothing is compared
    why_not: str | None = None
    #: whether both orders ask for the same, but for the last day
    agree: bool = False
    tables: tuple[TableCompared, ...] = ()
    #: the runs since, where a year was loaded otherwise
    runs: tuple[Run, ...] = ()
    #: register, or folder (mappe)
    source: str | None = None

    @property
    def reloaded(self) -> bool:
        """Whether a year was taken back and loaded otherwise: nothing else explains what changed."""
        return self.agree and any(table.otherwise for table in self.tables)

    def as_logged(self) -> dict[str, Any]:
        """For the log and the manifest: with what it was compared."""
        return {"eldre": self.older and self.older.number, "fra": self.source, "hvorfor_ikke": self.why_not}

    def as_json(self) -> dict[str, Any]:
        """For programs: the file sammenligning.json."""

        def side(of: Side | None) -> dict[str, Any] | None:
            return {"utlevering": of.number, "versjon": of.version, "til": of.last.isoformat()} if of else None

        return {
            "skjemaversjon": SCHEMA,
            "prosjekt": self.newer.project,
            "bestilling": self.newer.order,
            "eldre": side(self.older),
            "nyere": side(self.newer),
            "hvorfor_ikke": self.why_not,
            "like_bestillinger": self.agree,
            "lastet_annerledes": self.reloaded,
            "kjoringer": [
                {"kjoring": run.number, "handling": "unload" if run.unload else "load", "aargang": run.year}
                for run in self.runs
            ],
            "tabeller": [
                {
                    "navn": table.name,
                    "form": table.form,
                    "hvorfor_ikke": table.why_not,
                    "fil": table.file,
                    "kolonner": table.columns,
                    "bare_i_eldre": table.only_older,
                    "bare_i_nyere": table.only_newer,
                    "slag": {
                        kind: {"rader": count.rows, "personer": count.persons} for kind, count in table.counts.items()
                    },
                    "endrede_kolonner": table.changed,
                    "utenfor": table.outside,
                }
                for table in self.tables
            ],
        }


def of_reads(description: catalogue.Description, reads: list[stream.Read]) -> Side:
    """The side of a delivery whose rows have just been read."""
    return Side(
        description.number,
        description.project["navn"],
        description.order,
        description.version,
        description.last,
        description.content,
        {read.table.name: part(read) for read in reads},
    )


def part(read: stream.Read) -> Part:
    """A table whose rows have been read."""
    columns = tuple(each.name for each in read.table.variables)
    return Part(read.table.name, read.table.form, columns, read.table.rows, read.batches)


# ---------------------------------------------------------------------------------------------------------------------
# Folders


def of_folder(connection: Connection, path: Path) -> Side:
    """The side of a delivery's folder; UserError where it is none, or is not as it was delivered."""
    content = checked(path)
    types = dict(connection.execute("SELECT variabel, type FROM leveranse.variabel WHERE type IS NOT NULL").fetchall())
    parts = {}
    for table in content["tabeller"]:
        ordered = {each["navn"]: each.get("rader", {}) for each in content["innhold"]["tabell"]}
        columns = tuple(table["kolonner"])
        batches = None
        if not set(columns) - types.keys() and content["innhold"].get("dato") != "maaned":
            batches = batches_of(path, table["navn"], {each: types[each] for each in columns}, content)
        parts[table["navn"]] = Part(table["navn"], table["form"], columns, ordered.get(table["navn"], {}), batches)
    return Side(
        content["utlevering"],
        content["prosjekt"]["navn"],
        content["bestilling"],
        content["versjon"],
        date.fromisoformat(content["til"]),
        content["innhold"],
        parts,
    )


def checked(path: Path) -> dict[str, Any]:
    """The folder's manifest, where every file that it names is there as it says; UserError else."""
    try:
        content: dict[str, Any] = json.loads((path / manifest.NAME).read_text(encoding="utf-8"))
        if content["skjemaversjon"] != manifest.SCHEMA:
            raise UserError(
                f"{path}: {manifest.NAME} is of form {content['skjemaversjon']}, and this program reads form "
                f"{manifest.SCHEMA}. Nothing was changed."
            )
        named = {each["fil"]: each["sha256"] for each in content["filer"]}
        date.fromisoformat(content["til"])
        for key in ("utlevering", "versjon"):
            int(content[key])
        content["prosjekt"]["navn"], content["bestilling"], content["innhold"]["populasjon"]
        for table in (*content["tabeller"], *content["innhold"]["tabell"]):
            table["navn"], table["form"]
        [tuple(table["kolonner"]) for table in content["tabeller"]]
    except OSError as error:
        raise UserError(
            f"{path} is no delivery: {manifest.NAME} cannot be read: {error.strerror}. Nothing was changed."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise UserError(f"{path} is no delivery: {manifest.NAME} is not what one has. Nothing was changed.") from None
    for name, sha256 in named.items():
        file = path / name
        if Path(name).name != name or not file.is_file() or file.is_symlink():
            raise UserError(f"{path}: {name}, which {manifest.NAME} names, is no file there. Nothing was changed.")
        if folder.sha256(file) != sha256:
            raise UserError(f"{path}: {name} is not as it was delivered. Nothing was changed.")
    content["_filer"] = named
    return content


def batches_of(
    path: Path, name: str, types: Mapping[str, catalogue.Type], content: Mapping[str, Any]
) -> "Callable[[], Iterator[pa.RecordBatch]] | None":
    """The batches of a table's file, CSV or Parquet, with days as days."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv
    import pyarrow.parquet

    numbers = content["innhold"].get("dato") == "tall"
    arrow = {"tekst": pa.string(), "dato": pa.date32(), "heltall": pa.int32(), "logisk": pa.bool_()}
    wanted = {each: arrow[kind] for each, kind in types.items()}
    written = {each: pa.int32() if numbers and kind == "dato" else arrow[kind] for each, kind in types.items()}

    def days(batch: "pa.RecordBatch") -> "pa.RecordBatch":
        columns = []
        for each, kind in types.items():
            column = batch.column(each)
            if numbers and kind == "dato":
                parsed = pc.strptime(pc.cast(column, pa.string()), format="%Y%m%d", unit="s", error_is_null=False)
                column = pc.cast(parsed, pa.date32())
            columns.append(pc.cast(column, wanted[each]))
        return pa.RecordBatch.from_arrays(columns, names=list(types))

    def csv() -> "Iterator[pa.RecordBatch]":
        options = pyarrow.csv.ConvertOptions(
            column_types=written,
            include_columns=list(types),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        )
        with pyarrow.csv.open_csv(
            path / f"{name}.csv",
            read_options=pyarrow.csv.ReadOptions(block_size=stream.BLOCK, use_threads=False),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=options,
        ) as reader:
            for batch in reader:
                yield days(batch)

    def parquet() -> "Iterator[pa.RecordBatch]":
        with pyarrow.parquet.ParquetFile(path / f"{name}.parquet") as file:
            for batch in file.iter_batches(columns=list(types)):
                yield days(batch)

    if f"{name}.parquet" in content["_filer"]:
        return parquet
    return csv if f"{name}.csv" in content["_filer"] else None


# ---------------------------------------------------------------------------------------------------------------------
# An earlier delivery, as the register gives it today


def same_version(connection: Connection, number: int) -> int | None:
    """The last delivery of the same version of the order, if it was delivered before."""
    return cast(
        int | None,
        scalar(
            connection,
            "SELECT max(d.utlevering) FROM leveranse.utlevering AS u JOIN leveranse.utlevering AS d"
            " USING (prosjekt, bestilling, versjon)"
            " WHERE u.utlevering = %s AND d.slag = 'leveranse' AND d.tilstand = 'ferdig'",
            number,
        ),
    )


def earlier(connection: Connection, number: int, before: Side | None, new: bool) -> int | None:
    """The delivery that delivery `number` is compared with: that of the folder, else the last one up to its day.

    A version that is delivered again has the same rows, and is compared with what it was compared with the first
    time; a new delivery of it has other rows, and is compared with the former one.
    """
    if before:
        return before.number if known(connection, before) else None
    return cast(
        int | None,
        scalar(
            connection,
            "SELECT d.utlevering FROM leveranse.utlevering AS u JOIN leveranse.utlevering AS d"
            " ON (d.prosjekt, d.bestilling) = (u.prosjekt, u.bestilling) AND d.til <= u.til"
            " AND d.slag = 'leveranse' AND d.tilstand = 'ferdig'"
            " WHERE u.utlevering = %s AND (d.versjon <> u.versjon OR %s)"
            " ORDER BY d.til DESC, d.versjon DESC, d.utlevering DESC LIMIT 1",
            number,
            new,
        ),
    )


def as_before(connection: Connection, number: int) -> tuple[int | None, str | None]:
    """What a delivery was compared with, for its repeat; or why with nothing."""
    logged = scalar(
        connection, "SELECT tall -> 'sammenligning' FROM leveranse.utlevering WHERE utlevering = %s", number
    )
    if logged["fra"] == "register":
        return logged["eldre"], None
    return None, logged["hvorfor_ikke"] or WITHOUT_FOLDER


def refuse_another(before: Side, content: Mapping[str, Any]) -> None:
    """UserError where the folder is not that of an earlier delivery of the order."""
    if (before.project, before.order) != (content.get("prosjekt"), content.get("bestilling")):
        raise UserError(
            f"--previous is a delivery of order {before.order} of project {before.project}: compared are deliveries of "
            "one order. Nothing is delivered."
        )
    if str(content.get("til", "")) < before.last.isoformat():
        raise UserError(
            f"--previous goes to {before.last}, and the order no further than {content.get('til')}. "
            "Nothing is delivered."
        )


def read_earlier(
    connection: Connection, number: int, older: int, spool: Path, progress: Callable[[int], None]
) -> Side | int:
    """Delivery `older` as the register gives it in the transaction in which delivery `number` is read; its number alone
    where these are not the rows that it has in the log."""
    project, order, version, last, content = connection.execute(
        "SELECT u.prosjekt, u.bestilling, u.versjon, u.til, b.innhold FROM leveranse.utlevering AS u"
        " JOIN leveranse.bestilling AS b USING (prosjekt, bestilling, versjon) WHERE u.utlevering = %s",
        [older],
    ).fetchall()[0]
    scalar(connection, "SELECT leveranse.finn_personer(%s, %s)", number, older)
    variables: dict[str, list[catalogue.Variable]] = {}
    for table, name, kind in connection.execute(
        "SELECT tabell, variabel, type FROM leveranse.bestilt_variabel"
        " WHERE (prosjekt, bestilling, versjon) = (%s, %s, %s) ORDER BY tabell, nr",
        [project, order, version],
    ):
        variables.setdefault(table, []).append(
            catalogue.Variable(name, kind, None, "", "", None, (), False, False, None)
        )
    tables = [
        catalogue.Table(
            each["navn"], each["form"], "", "", tuple(variables[each["navn"]]), (), each.get("rader", {}), ()
        )
        for each in content["tabell"]
    ]
    if "liste" in content["populasjon"]:
        tables.append(catalogue.PERSONS)
    reads = [
        stream.read(connection, number, each, spool / f"{each.name}.eldre.arrow", progress, earlier=older)
        for each in tables
    ]
    logged = connection.execute(
        "SELECT tabell, radsum FROM leveranse.utlevert_tabell WHERE utlevering = %s", [older]
    ).fetchall()
    if dict(logged) != {read.table.name: read.digest for read in reads}:
        return older
    return Side(older, project, order, version, last, content, {read.table.name: part(read) for read in reads})


def runs_since(connection: Connection, older: int, newer: int | None = None) -> tuple[Run, ...]:
    """The runs after a delivery of the years that it rests on, up to a newer one's, or to now."""
    return tuple(
        Run(number, what == "unload", year)
        for number, what, year in connection.execute(
            "SELECT kjoring, handling, aargang FROM leveranse.kjoringer_siden(%s, %s)", [older, newer]
        )
    )


def runs_in_words(runs: tuple[Run, ...]) -> str:
    """Since when the rows are others, for a sentence."""
    named = ", ".join(run.in_words for run in runs)
    return f"since then {named}" if named else "the run log has no run since that would say why"


# ---------------------------------------------------------------------------------------------------------------------
# The comparison


def with_earlier(
    connection: Connection, newer: Side, older: Side | int | None, before: Side | None, why_not: str | None, to: Path
) -> Compared:
    """A delivery compared with an earlier one as the register gives it, else with its folder, else with nothing."""
    if isinstance(older, Side):
        compared = compare(connection, older, newer, to, "register")
    elif before:
        compared = compare(connection, before, newer, to, "mappe")
    else:
        return Compared(newer, why_not=why_not or OTHER_ROWS.format(older))
    write(compared, to)
    return compared


def compare(connection: Connection, older: Side, newer: Side, to: Path, source: str) -> Compared:
    """Compares two deliveries of one order; the rows of each table, and the counts, go into the folder."""
    if older.project != newer.project:
        raise UserError(
            f"One delivery is of project {older.project} and the other of {newer.project}: a person has another number "
            "in each. Compared are deliveries of one order."
        )
    if older.order != newer.order:
        raise UserError(
            f"One delivery is of order {older.order} and the other of {newer.order}. Compared are deliveries of one "
            "order."
        )
    agree = same_order(older, newer)
    months = next((side for side in (older, newer) if side.days_as == "maaned"), None)
    common = [name for name in newer.parts if name in older.parts and newer.parts[name].form]
    columns = (
        dict(
            connection.execute(
                "SELECT form, array_agg(variabel ORDER BY plass) FROM leveranse.formvariabel WHERE nokkel GROUP BY form"
            ).fetchall()
        )
        if common
        else {}
    )
    tables = []
    with connection.transaction():
        connection.execute("SELECT leveranse.begynn_sammenligning()")
        if not months:
            for side in (older, newer):
                copy_persons(connection, side, side is older)
        for name in common:
            before, after = older.parts[name], newer.parts[name]
            why_not = not_compared(before, after, columns.get(after.form, []), months is not None)
            if why_not:
                tables.append(TableCompared(name, after.form, why_not))
            else:
                tables.append(compare_table(connection, before, after, columns[after.form], older, newer, agree, to))
    compared = Compared(newer, older, None, agree, tuple(tables), (), source)
    if compared.reloaded and known(connection, older):
        log = newer.number if known(connection, newer) else None
        compared = Compared(newer, older, None, agree, tuple(tables), runs_since(connection, older.number, log), source)
    return compared


def same_order(older: Side, newer: Side) -> bool:
    """Whether both orders ask for the same up to the older one's day, with the same persons where they have lists."""

    def asked(side: Side) -> dict[str, Any]:
        content = {key: value for key, value in side.content.items() if key not in ("til", "versjon")}
        population = content["populasjon"]
        return {
            **content,
            "populasjon": {**population, "liste": {}} if "liste" in population else population,
            "tabell": [
                {
                    key: sorted(day for day in value if day <= older.last.isoformat()) if key == "dager" else value
                    for key, value in table.items()
                    if key not in WRITTEN
                }
                for table in content["tabell"]
            ],
        }

    return asked(older) == asked(newer) and (
        "liste" not in newer.content["populasjon"] or listed(older) == listed(newer) is not None
    )


def listed(side: Side) -> str | None:
    """The checksum of the persons of a list, who all stand in the file of the population."""
    part = side.parts.get("populasjon")
    if not part or not part.batches:
        return None
    summed = hashlib.sha256()
    for batch in part.batches():
        for number in batch.column("lpnr").to_pylist():
            summed.update(f"{number}\n".encode())
    return summed.hexdigest()


def not_compared(before: Part, after: Part, key: list[str], months: bool) -> str | None:
    """Why a table of both deliveries is not compared, in Norwegian; None where it is."""
    if months:
        return "Datoene er levert som måneder, og da kan to rader ha samme nøkkel."
    if before.form != after.form:
        return f"Tabellen har formen {after.form}, og hadde formen {before.form}."
    missing = [each for each in key if each not in before.columns or each not in after.columns]
    if missing:
        return f"Radene kan ikke kjennes igjen: {', '.join(missing)} er ikke med i begge leveransene."
    if not before.batches or not after.batches:
        return "Tabellen finnes ikke som CSV eller Parquet i begge leveransene."
    return None


def compare_table(
    connection: Connection,
    before: Part,
    after: Part,
    key: list[str],
    older: Side,
    newer: Side,
    agree: bool,
    to: Path,
) -> TableCompared:
    """Copies both sides in, compares them, and writes the file of the rows."""
    columns = [each for each in after.columns if each in before.columns and each != "lpnr"]
    assert before.batches
    assert after.batches
    connection.execute("SELECT leveranse.begynn_tabell(%s, %s)", [after.form, columns])
    for table, batches in (("sammenlign_eldre", before.batches()), ("sammenlign_nyere", after.batches())):
        copy_in(connection, table, ["lpnr", *columns], batches)
    counts = scalar(
        connection, "SELECT leveranse.sammenlign_tabell(%s, %s, %s, %s)", after.form, columns, older.last, agree
    )
    file = f"sammenligning_{after.name}.csv"
    write_rows(connection, key, newer.days_as, to / file)
    ends = {
        name
        for (name,) in connection.execute(
            "SELECT variabel FROM leveranse.formvariabel WHERE form = %s AND rolle IN ('slutt', 'vet_slutten')",
            [after.form],
        )
    }
    return TableCompared(
        after.name,
        after.form,
        None,
        {kind: Count(each["rader"], each["personer"]) for kind, each in sorted(counts["slag"].items())},
        dict(sorted(counts["kolonner"].items())),
        counts["utenfor"],
        tuple(columns),
        tuple(each for each in before.columns if each not in after.columns),
        tuple(each for each in after.columns if each not in before.columns),
        bool(after.rows) and (after.form == "hendelser" or bool(ends & after.rows.keys())),
        file,
    )


def copy_persons(connection: Connection, side: Side, older: bool) -> None:
    """Whom the delivery is about, by its tables."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def persons() -> "Iterator[pa.RecordBatch]":
        for part in side.parts.values():
            for batch in part.batches() if part.batches else ():
                numbers = pc.unique(batch.column("lpnr"))
                yield pa.RecordBatch.from_arrays([numbers, pa.repeat(older, len(numbers))], names=["lpnr", "eldre"])

    copy_in(connection, "sammenlign_person", ["lpnr", "eldre"], persons())


def copy_in(connection: Connection, table: str, columns: list[str], batches: "Iterator[pa.RecordBatch]") -> None:
    """COPY of the batches' columns into a temporary table; UserError where they are no rows of a delivery."""
    import pyarrow as pa
    import pyarrow.csv

    query = sql.SQL("COPY pg_temp.{} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
    try:
        with connection.cursor() as cursor, cursor.copy(query) as server:
            for batch in batches:
                text = io.BytesIO()
                pyarrow.csv.write_csv(batch.select(columns), text, options)
                server.write(text.getbuffer())
    except (*UNREADABLE, pa.ArrowException):  # without their text, which quotes a row
        raise UserError(
            "A table of a delivery cannot be read as what its leveranse.json says it is. Nothing was changed."
        ) from None


def write_rows(connection: Connection, key: list[str], days_as: str, to: Path) -> None:
    """The file of the rows but for the unchanged ones: what became of each, by what it is known, which columns differ.

    They come as the deliveries' rows do: of a day's entry and exit the entry first.
    """
    key = sorted(key, key="kode".__eq__)
    shown = [
        sql.SQL("to_char({0}, 'YYYYMMDD') AS {0}" if days_as == "tall" and each != "kode" else "{0}").format(
            sql.Identifier(each)
        )
        for each in key
    ]
    query = sql.SQL(
        "COPY (SELECT slag, lpnr, {}, array_to_string(kolonner, ' ') AS kolonner FROM pg_temp.sammenligning"
        " WHERE slag = ANY ({}) ORDER BY lpnr, {}) TO STDOUT (FORMAT csv, HEADER)"
    ).format(
        sql.SQL(", ").join(shown),
        sql.Literal(list(LISTED)),
        sql.SQL(", ").join(
            sql.SQL("sammenligning.kode = '0', sammenligning.kode" if each == "kode" else "sammenligning.{}").format(
                sql.Identifier(each)
            )
            for each in key
        ),
    )
    with to.open("wb") as file, connection.cursor() as cursor, cursor.copy(query) as server:
        for block in server:
            file.write(block)


def known(connection: Connection, side: Side) -> bool:
    """Whether a delivery is in this database's log."""
    return bool(
        scalar(
            connection,
            "SELECT count(*) FROM leveranse.utlevering"
            " WHERE (utlevering, prosjekt, bestilling, versjon) = (%s, %s, %s, %s)",
            side.number,
            side.project,
            side.order,
            side.version,
        )
    )


def write(compared: Compared, to: Path) -> None:
    """The file sammenligning.json."""
    (to / NAME).write_text(json.dumps(compared.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
