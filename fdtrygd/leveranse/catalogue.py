"""What a delivery consists of, as the database describes it (leveranse.beskrivelse_av_utlevering).

Names, types, widths, labels and codes come from here alone, never from the data: a column that happens to be empty has
its type, and a code that happens not to occur has its label.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

Type = Literal["tekst", "dato", "heltall", "logisk"]
#: How an order wants its days: as they are, as numbers YYYYMMDD, or as numbers YYYYMM.
Days = Literal["dato", "tall", "maaned"]


@dataclass(frozen=True)
class Code:
    """A code of a list."""

    code: str
    text: str
    #: of tiltak: the value of hovedarbstat together with which it means this
    together_with: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Variable:
    """A column of a table."""

    name: str
    type: Type
    #: of a text, in characters
    width: int | None
    #: at most 80 characters
    label: str
    text: str
    code_list: str | None
    codes: tuple[Code, ...]
    #: codes are whole numbers, and go as numbers with labels into formats that label numbers
    as_number: bool
    key: bool
    role: Literal["begynnelse", "slutt", "vet_slutten"] | None

    @property
    def labels(self) -> dict[str, str]:
        """Code -> label, where a code has one whatever stands beside it."""
        return {} if any(code.together_with for code in self.codes) else {code.code: code.text for code in self.codes}


@dataclass(frozen=True)
class Table:
    """A table of a delivery."""

    name: str
    form: str
    #: at most 80 characters
    title: str
    text: str
    variables: tuple[Variable, ...]
    formats: tuple[str, ...]
    #: the row filter, as it was ordered
    rows: Mapping[str, Any]
    #: the days of a tverrsnitt
    days: tuple[date, ...]
    #: what a row of the form is known by beside lpnr, whether it was ordered or not
    key: tuple[str, ...] = ()


@dataclass(frozen=True)
class Break:
    """A day inside the period on which the series breaks."""

    day: date
    #: those of the delivery's tables that have it
    tables: tuple[str, ...]
    #: the variables that break; none where it is the tables as a whole
    variables: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Description:
    """A delivery, but for its rows."""

    number: int
    #: the delivery's date, from the log: no file has another one
    dated: date
    project: Mapping[str, Any]
    order: str
    version: int
    content: Mapping[str, Any]
    first: date
    last: date
    series_start: date
    days_as: Days
    synthetic: bool
    tables: tuple[Table, ...]
    code_lists: Mapping[str, tuple[Code, ...]]
    #: as the database gave it
    raw: Mapping[str, Any]
    #: the days inside the period on which the series breaks
    breaks: tuple[Break, ...] = ()
    #: NAV's extractions inside the period
    extractions: tuple[date, ...] = ()
    #: of a list of persons: what was in it, in counts
    listed: Mapping[str, Any] | None = None
    #: key of the order -> the codes that it names there and that no code list has
    unlisted: Mapping[str, list[str]] = field(default_factory=dict)

    @cached_property
    def variables(self) -> dict[tuple[str, str], Variable]:
        """(table, variable) -> variable."""
        return {(table.name, each.name): each for table in self.tables for each in table.variables}


#: The file that a delivery with a list of persons has beside its tables.
PERSONS = Table(
    name="populasjon",
    form="",
    title="Populasjonen: en rad for hver person på listen",
    text="En rad for hver person på listen som prosjektet sendte inn, også dem som ikke er i registeret.",
    variables=(
        Variable(
            "lpnr", "tekst", 17, "Løpenummer: samme person i alle prosjektets leveranser",
            "Løpenummeret skiller personene fra hverandre.", None, (), False, True, None,
        ),
        Variable(
            "i_registeret", "heltall", None, "Om personen på listen finnes i registeret (1) eller ikke (0)",
            "Om personen har noen rad i registeret på leveransens siste dag: 1 ja, 0 nei.",
            None, (), False, False, None,
        ),
    ),
    formats=("csv",),
    rows={},
    days=(),
)  # fmt: skip


def describe(raw: Mapping[str, Any]) -> Description:
    """The database's description, in the program's own words."""
    lists = {
        name: tuple(
            Code(
                each["kode"],
                each["tekst"],
                each["sammen_med"],
                each["gyldig_fra"] and date.fromisoformat(each["gyldig_fra"]),
                each["gyldig_til"] and date.fromisoformat(each["gyldig_til"]),
            )
            for each in codes
        )
        for name, codes in (raw["kodelister"] or {}).items()
    }

    def variable(each: Mapping[str, Any]) -> Variable:
        return Variable(
            each["navn"],
            each["type"],
            each["bredde"],
            each["ledetekst"],
            each["tekst"],
            each["kodeliste"],
            lists.get(each["kodeliste"] or "", ()),
            each["som_heltall"],
            each["nokkel"],
            each["rolle"],
        )

    tables = tuple(
        Table(
            each["navn"],
            each["form"],
            each["tittel"],
            each["tekst"],
            tuple(variable(v) for v in each["variabler"]),
            tuple(each["formater"]),
            each["rader"],
            tuple(date.fromisoformat(day) for day in each["dager"]),
            tuple(each["nokkel"]),
        )
        for each in raw["tabeller"]
    )
    if "liste" in raw["innhold"]["populasjon"]:
        tables += (PERSONS,)
    return Description(
        raw["utlevering"],
        date.fromisoformat(raw["dato"]),
        raw["prosjekt"],
        raw["bestilling"],
        raw["versjon"],
        raw["innhold"],
        date.fromisoformat(raw["fra"]),
        date.fromisoformat(raw["til"]),
        date.fromisoformat(raw["serie_start"]),
        raw["dato_som"],
        raw["syntetisk"],
        tables,
        lists,
        raw,
        tuple(
            Break(date.fromisoformat(each["dag"]), tuple(each["tabeller"]), tuple(each["variabler"]), each["tekst"])
            for each in raw["brudd"] or ()
        ),
        tuple(date.fromisoformat(day) for day in raw["uttrekksdatoer"]),
        raw["liste"],
        raw["uten_liste"],
    )
