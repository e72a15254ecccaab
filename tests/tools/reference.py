"""Record-by-record reference implementation of the ARBSOK rules (spec.md), in plain Python.

It takes the records one by one, person by person (spec.md 5.6), and favours being readable
over being fast. It shares nothing with the product's SQL: the status rules below are typed from chapter 5.7
by hand, so that the two can be tested against each other.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple, TypedDict

COLUMNS = ("fnr", "as_stat", "dagdato", "ant_d_as", "as_gr", "as_f", "mnd")

RawRecord = dict[str, str | None]


class Refused(Exception):
    """A year that is not taken in; the state is as it was before (spec.md 2; T9)."""


@dataclass(frozen=True)
class Settings:
    """The database's settings (spec.md 2: the series' start, test numbers; T11: 91 days; T7: 91 or more)."""

    serie_start: date = date(2001, 5, 1)
    sammensying_dager: int = 91
    avslutning_dager: int = 91
    testnumre: bool = False

    def __post_init__(self) -> None:
        if self.avslutning_dager < 91:
            raise ValueError("avslutning_dager is never below 91 (T7)")


class HovedKode(NamedTuple):
    """A user's own row of the main-group table (T8). `tiltak` None fits every activity; dates inclusive."""

    hovedarbstat: str
    tiltak: str | None
    hoved: str
    gyldig_fra: date | None = None
    gyldig_til: date | None = None


class Maaned(TypedDict):
    mnddato: date
    aargang: int
    dagdato: date
    fdagdato: date | None
    antall: int


class MiniRecord(TypedDict):
    """A record of the miniregister (chapter 2.3)."""

    fnr: str
    hoved: str
    hovedarbstat: str | None
    tiltak: str | None
    ytelse: str | None
    dagdato: date
    fdagdato: date | None
    mnddato: date
    mrk_sys: str | None
    mrk_fnr: str
    mrk_dl: int | None
    ant_d_as_n: int | None
    henddato: date | None
    as_f: str | None
    as_gr: str | None
    aargang: int


class VrakRecord(MiniRecord):
    """A record of VRAK_ARBSOK: the miniregister's, and the status it was rejected with."""

    status: str


class AsideRecord(TypedDict):
    """An input record that is not in the miniregister, with the reason (T1, T2, T13)."""

    aargang: int
    mnddato: date
    grunn: str
    fnr: str | None
    as_stat: str | None
    dagdato: str | None
    ant_d_as: str | None
    as_gr: str | None
    as_f: str | None
    mnd: str | None


class FRecord(TypedDict):
    """A record of F_ARBSOK (chapter 5.11)."""

    fnr: str
    kode: str
    hoved: str
    regdato: date
    tilgdato: date
    avgdato: date | None
    asoktilg: date
    asokavg: date | None
    hovedarbstat: str | None
    hovedarbdato: date
    tiltak: str | None
    tiltakdato: date
    ytelse: str | None
    ytelsedato: date
    dagdato: date
    fdagdato: date | None
    henddato: date | None
    mrk_sys: str | None
    mrk_fnr: str
    as_f: str | None
    as_gr: str | None
    status: str
    asoktom: date | None
    tomdato: date | None
    regtom: date | None
    aargang: int


# ------------------------------------------------------------------------ month file -> miniregister (spec.md 2)

BLANKS = " \t\n\v\f\r\u00a0"
DAY = timedelta(days=1)
OCTOBER_2002 = date(2002, 10, 1)
WHOLE_NUMBER = re.compile(r"([0-9]+)(?:[.,]0*)?")
SIX_DIGITS = re.compile(r"[0-9]{6}")
MAX_DAYS_OUTSIDE_MONTH = 10
MAX_LENGTH = {"as_gr": 2, "as_f": 3}  # every other column: 14
MAX_ANT_D_AS = 99999

FS_GROUP_3 = {"LONNTILS", "PRAKSORD", "AMO", "AMOE", "JOBBBONUS", "JOBBK", "JOBBKLUBB"}
FS_GROUP_3 |= {"SYSSLANG", "VIKARBLED", "KAT", "TILRETTEL", "VALS"}
FS_GROUP_4 = {"ANDRE", "ETAB", "IT", "JOBBSKAP", "SK"}
GROUP_BY_HOVEDARBSTAT = {"HL": "1", "DS": "2", "YH": "5", "AN": "7"}


def clean(text: str | None) -> str | None:
    """spec.md 2: all text fields are trimmed; blank is missing."""
    if text is None:
        return None
    return text.strip(BLANKS) or None


def whole_number(text: str | None) -> int | None:
    """spec.md 2, `ant_d_as_n`: digits with at most a point or a comma and zeros behind; anything else is missing."""
    number = WHOLE_NUMBER.fullmatch(clean(text) or "")
    return int(number[1]) if number else None


def last_day_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def read_date(text: str | None) -> tuple[date | None, bool]:
    """spec.md 2, `dagdato` and dates: the number YYMMDD as (date, was it a date of the calendar).

    A day past the end of its month becomes the month's last day (then the second value is False); any other
    invalid date is missing. YY >= 70 is 19YY.
    """
    number = whole_number(text)
    if number is None or number > 999999:
        return None, False
    yy, mm, dd = number // 10000, number // 100 % 100, number % 100
    if not 1 <= mm <= 12 or dd < 1:
        return None, False
    year = yy + (1900 if yy >= 70 else 2000)
    last = monthrange(year, mm)[1]
    return date(year, mm, min(dd, last)), dd <= last


def right_dagdato(records: Iterable[RawRecord]) -> date | None:
    """spec.md 2, `dagdato`: the most frequent one, ties to the latest; repaired ones only where no others."""
    calendar: Counter[date] = Counter()
    repaired: Counter[date] = Counter()
    for record in records:
        day, strict = read_date(record.get("dagdato"))
        if day is not None:
            (calendar if strict else repaired)[day] += 1
    votes = calendar or repaired
    if not votes:
        return None
    return max(votes, key=lambda day: (votes[day], day))


def mrk_fnr(fnr: str, testnumre: bool) -> str:
    """spec.md 2, fnr control: of 11 digits, 0 valid fødselsnummer, 1 valid D-number, 2 neither."""
    digits = [int(c) for c in fnr]
    day, month, year = int(fnr[0:2]), int(fnr[2:4]), int(fnr[4:6])
    d_number = day > 40
    if d_number:
        day -= 40
    if testnumre and month > 80:
        month -= 80
    elif testnumre and month > 40:
        month -= 40
    if not 1 <= month <= 12:
        return "2"
    days = 29 if month == 2 and year % 4 == 0 else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    if not 1 <= day <= days:
        return "2"
    for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)):
        if sum(w * d for w, d in zip(weights, digits, strict=False)) % 11 != 0:
            return "2"
    return "1" if d_number else "0"


def split_as_stat(as_stat: str | None) -> tuple[str | None, str | None, str | None]:
    """spec.md 2, the status code: (hovedarbstat, tiltak, ytelse), each trimmed, blank missing."""
    text = clean(as_stat)
    if text is None:
        return None, None, None
    ytelse = clean(text[-2:]) if len(text) >= 4 else None
    tiltak = clean(text[2:-2]) if len(text) >= 5 else None
    return clean(text[:2]), tiltak, ytelse


def hoved_of(
    mnddato: date, as_gr: str | None, hovedarbstat: str | None, tiltak: str | None, extra: Sequence[HovedKode]
) -> str:
    """spec.md 2, `hoved` (T8). `as_gr` is trimmed. The user's own rows go before the source's table."""
    if mnddato >= OCTOBER_2002:
        return "7" if as_gr is None else "9" if as_gr == "-1" else as_gr
    for row in extra:
        if (
            row.hovedarbstat == hovedarbstat
            and row.tiltak in (None, tiltak)
            and (row.gyldig_fra is None or row.gyldig_fra <= mnddato)
            and (row.gyldig_til is None or mnddato <= row.gyldig_til)
        ):
            return row.hoved
    if hovedarbstat == "FS":
        return "3" if tiltak in FS_GROUP_3 else "4" if tiltak in FS_GROUP_4 else "7"
    return GROUP_BY_HOVEDARBSTAT.get(hovedarbstat or "", "7")


def check_fields(name: str, record: RawRecord) -> None:
    """Refuse a record with a field that does not fit."""
    for column in COLUMNS:
        text = clean(record.get(column))
        if text is not None and len(text) > MAX_LENGTH.get(column, 14):
            raise Refused(f"{name}: {column} is too long: {text!r}")
    number = whole_number(record.get("ant_d_as"))
    if number is not None and number > MAX_ANT_D_AS:
        raise Refused(f"{name}: ant_d_as is too large: {number}")


def code_points(text: str | None) -> tuple[int, str]:
    """Order by code point, missing smallest (T2). Python compares str by code point."""
    return (0, "") if text is None else (1, text)


def raw_text(record: RawRecord) -> tuple[tuple[int, str], ...]:
    """The record as it was delivered, to sort by."""
    return tuple(code_points(record.get(column)) for column in COLUMNS)


def keep_one(duplicates: Sequence[RawRecord], dagdato: date) -> int:
    """T2: the place of the record that is kept among the duplicates.

    What T2 leaves equal gives the same miniregister record; which raw record is then set aside follows from
    the raw text alone, not from the order in the file (invariant 5).
    """

    def ascending(i: int) -> tuple[bool, int]:
        days = whole_number(duplicates[i].get("ant_d_as"))
        return days is None, days or 0

    def descending(i: int) -> tuple[tuple[int, str], bool, tuple[int, str], tuple[int, str], object]:
        r = duplicates[i]
        return (
            code_points(clean(r.get("as_stat"))),
            read_date(r.get("dagdato")) == (dagdato, True),
            code_points(clean(r.get("as_gr"))),
            code_points(clean(r.get("as_f"))),
            raw_text(r),
        )

    fewest_days = min(ascending(i) for i in range(len(duplicates)))
    candidates = [i for i in range(len(duplicates)) if ascending(i) == fewest_days]
    return max(candidates, key=descending)


def add_months(month: date, n: int) -> date:
    """The first day of the month n months after that of `month`."""
    y, m = divmod(month.year * 12 + month.month - 1 + n, 12)
    return date(y, m + 1, 1)


# ------------------------------------------------------------ which status, and what it leads to (spec.md 3, 4)


class Rule(NamedTuple):
    """A row of the status table: what a status leads to, and the datings of exit and entry or change."""

    status: str
    handling: str
    avgang: str = ""
    tilgang: str = ""


# Persons without a running spell: the status, what happens, the code and the date of the opening record.
OPENING: dict[str, tuple[str, str]] = {
    "FK020": ("9", "henddato"),
    "FK030": ("3", "serie_start"),
    "FK040": ("9", "henddato"),
    "FK050": ("9", "henddato"),
    "FK060": ("3", "serie_start"),
    "FK070": ("1", "henddato"),
    "FI080": ("1", "fdagdato+1"),
    "NK070": ("1", "henddato"),
    "NI080": ("1", "fdagdato+1"),
}

UENDRET, ENDRET, UOPPGITT, IKKE_ETTER = "uendret", "endret", "uoppgitt", "ikke_etter_fdagdato"

# Running spells, by presence letter, henddato class, hoved changed, arbstat changed. An n at the end stands
# for what changed, an a for the number of weeks (chapter 5.7). UI100 is taken care of in `status_of`.
RUNNING: dict[tuple[str, str, bool, bool], Rule] = {
    ("U", UENDRET, False, False): Rule("UK000", "ingen"),
    ("U", UENDRET, True, False): Rule("UI010", "gruppeovergang", "dagdato-1", "dagdato"),
    ("U", UENDRET, False, True): Rule("UI001n", "endring", "", "fdagdato+1"),
    ("U", UENDRET, True, True): Rule("UI011", "gruppeovergang", "dagdato-1", "dagdato"),
    ("U", ENDRET, False, False): Rule("UK100", "avgang_tilgang", "siste_dagdato", "henddato"),
    ("U", ENDRET, True, False): Rule("UI110", "gruppeovergang", "henddato-1", "henddato"),
    ("U", ENDRET, False, True): Rule("UK101", "endring", "", "henddato"),
    ("U", ENDRET, True, True): Rule("UK111", "gruppeovergang", "henddato-1", "henddato"),
    ("U", UOPPGITT, False, False): Rule("UK900", "avgang_tilgang", "siste_dagdato", "henddato"),
    ("U", UOPPGITT, True, False): Rule("UI910", "gruppeovergang", "henddato-1", "henddato"),
    ("U", UOPPGITT, False, True): Rule("UK901", "endring", "", "henddato"),
    ("U", UOPPGITT, True, True): Rule("UK911", "gruppeovergang", "henddato-1", "henddato"),
    ("U", IKKE_ETTER, False, False): Rule("UI300", "vrak"),
    ("U", IKKE_ETTER, True, False): Rule("UI310", "gruppeovergang", "fdagdato", "fdagdato+1"),
    ("U", IKKE_ETTER, False, True): Rule("UI301", "endring", "", "fdagdato+1"),
    ("U", IKKE_ETTER, True, True): Rule("UI311", "gruppeovergang", "fdagdato", "fdagdato+1"),
    ("Y", UENDRET, False, False): Rule("YK000a", "ingen"),
    ("Y", UENDRET, True, False): Rule("YI010a", "gruppeovergang", "dagdato-1", "dagdato"),
    ("Y", UENDRET, False, True): Rule("YI001a", "endring", "", "fdagdato+1"),
    ("Y", UENDRET, True, True): Rule("YI011a", "gruppeovergang", "dagdato-1", "dagdato"),
    ("Y", ENDRET, False, False): Rule("YK100a", "ingen"),
    ("Y", ENDRET, True, False): Rule("YI110a", "gruppeovergang", "henddato-1", "henddato"),
    ("Y", ENDRET, False, True): Rule("YK101a", "endring", "", "henddato"),
    ("Y", ENDRET, True, True): Rule("YK111a", "gruppeovergang", "henddato-1", "henddato"),
    ("Y", UOPPGITT, False, False): Rule("YK900a", "ingen"),
    ("Y", UOPPGITT, True, False): Rule("YI910a", "gruppeovergang", "henddato-1", "henddato"),
    ("Y", UOPPGITT, False, True): Rule("YK901a", "endring", "", "henddato"),
    ("Y", UOPPGITT, True, True): Rule("YK911a", "gruppeovergang", "henddato-1", "henddato"),
    ("Y", IKKE_ETTER, False, False): Rule("YI300a", "vrak"),
    ("Y", IKKE_ETTER, True, False): Rule("YI310a", "gruppeovergang", "fdagdato", "fdagdato+1"),
    ("Y", IKKE_ETTER, False, True): Rule("YI301a", "endring", "", "fdagdato+1"),
    ("Y", IKKE_ETTER, True, True): Rule("YI311a", "gruppeovergang", "fdagdato", "fdagdato+1"),
    ("O", UENDRET, False, False): Rule("OI000", "avgang_tilgang", "siste_dagdato", "fdagdato+1"),
    ("O", UENDRET, True, False): Rule("OI010", "avgang_tilgang", "siste_dagdato", "fdagdato+1"),
    ("O", UENDRET, False, True): Rule("OI001n", "avgang_tilgang", "siste_dagdato", "fdagdato+1"),
    ("O", UENDRET, True, True): Rule("OI011", "avgang_tilgang", "siste_dagdato", "fdagdato+1"),
    ("O", ENDRET, False, False): Rule("OK100", "avgang_tilgang", "siste_dagdato", "henddato"),
    ("O", ENDRET, True, False): Rule("OI110", "avgang_tilgang", "siste_dagdato", "henddato"),
    ("O", ENDRET, False, True): Rule("OK101", "avgang_tilgang", "siste_dagdato", "henddato"),
    ("O", ENDRET, True, True): Rule("OK111", "avgang_tilgang", "siste_dagdato", "henddato"),
    ("O", UOPPGITT, False, False): Rule("OK900", "avgang_tilgang", "siste_dagdato", "henddato"),
    ("O", UOPPGITT, True, False): Rule("OI910", "avgang_tilgang", "siste_dagdato", "henddato"),
    ("O", UOPPGITT, False, True): Rule("OK901", "avgang_tilgang", "siste_dagdato", "henddato"),
    ("O", UOPPGITT, True, True): Rule("OK911", "avgang_tilgang", "siste_dagdato", "henddato"),
    ("O", IKKE_ETTER, False, False): Rule("OI200", "avgang_tilgang", "siste_dagdato", "fdagdato+1"),
    ("O", IKKE_ETTER, True, False): Rule("OI210", "avgang_tilgang", "siste_dagdato", "fdagdato+1"),
    ("O", IKKE_ETTER, False, True): Rule("OI201", "avgang_tilgang", "siste_dagdato", "fdagdato+1"),
    ("O", IKKE_ETTER, True, True): Rule("OI211", "avgang_tilgang", "siste_dagdato", "fdagdato+1"),
}


@dataclass(frozen=True)
class Person:
    """What is known of a person before a record (spec.md 3, T10).

    `siste` is the last registration, also one that was rejected or gave no record. `gjeldende` is the last
    record of the running spell, None where the last spell is closed.
    """

    siste: MiniRecord
    gjeldende: FRecord | None


def fdagdato_of(record: MiniRecord) -> date:
    """The record's fdagdato, which only the very first month lacks (and no rule asks for it there, T9)."""
    fdagdato = record["fdagdato"]
    if fdagdato is None:
        raise Refused(f"{record['mnddato']}: fdagdato is missing after the series' first month")
    return fdagdato


def effective_henddato(record: MiniRecord) -> date:
    """T5: `dagdato` where `henddato` is missing or after `dagdato`, else `henddato`."""
    henddato = record["henddato"]
    return record["dagdato"] if henddato is None or henddato > record["dagdato"] else henddato


def presence(person: Person, record: MiniRecord, settings: Settings) -> str:
    """spec.md 3: presence of a person whose spell runs: U, Y or O (T11)."""
    last = person.siste
    if last["dagdato"] >= fdagdato_of(record):
        return "U"
    gap = (record["dagdato"] - last["dagdato"]).days
    if "5" in (last["hoved"], record["hoved"]) and gap <= settings.sammensying_dager:
        return "Y"
    return "O"


def henddato_class(last: MiniRecord, record: MiniRecord) -> str:
    """spec.md 3: the class of henddato, first that fits (T3, T4). The registered dates, not the effective ones."""
    henddato, before = record["henddato"], last["henddato"]
    if henddato is not None and before is not None and abs((henddato - before).days) <= 1:
        return UENDRET
    if henddato is None or henddato > record["dagdato"]:
        return UOPPGITT
    if henddato <= fdagdato_of(record):
        return IKKE_ETTER
    return ENDRET


def changed_sum(last: MiniRecord, record: MiniRecord) -> int:
    """spec.md 3: what changed, as a sum: ytelse 1, tiltak 2, hovedarbstat 4."""
    return (
        (last["ytelse"] != record["ytelse"])
        + 2 * (last["tiltak"] != record["tiltak"])
        + 4 * (last["hovedarbstat"] != record["hovedarbstat"])
    )


def opening_status(person: Person | None, record: MiniRecord, settings: Settings) -> str:
    """spec.md 3, *ny* and *avsluttet*, with the effective henddato (T5)."""
    henddato = effective_henddato(record)
    if person is not None:
        return "NK070" if henddato > fdagdato_of(record) else "NI080"
    start = settings.serie_start
    if record["mnddato"] == add_months(start, 0):
        return "FK020" if henddato > start else "FK030"
    if record["mnddato"] <= add_months(start, 2) and record["hoved"] == "5":
        if henddato > fdagdato_of(record):
            return "FK040"
        return "FK050" if henddato > start else "FK060"
    return "FK070" if henddato > fdagdato_of(record) else "FI080"


def status_of(person: Person | None, record: MiniRecord, settings: Settings) -> Rule:
    """spec.md 3: the record's status, its code filled in, and what it leads to."""
    if person is None or person.gjeldende is None:
        status = opening_status(person, record, settings)
        return Rule(status, "tilgang", "", OPENING[status][1])
    last = person.siste
    letter = presence(person, record, settings)
    klasse = henddato_class(last, record)
    changed = changed_sum(last, record)
    hoved_changed = last["hoved"] != record["hoved"]
    if (
        letter == "U"
        and klasse == ENDRET
        and not hoved_changed
        and not changed
        and record["henddato"] == fdagdato_of(record) + DAY
    ):
        return Rule("UI100", "vrak")
    rule = RUNNING[letter, klasse, hoved_changed, changed > 0]
    if rule.status.endswith("n"):
        return rule._replace(status=rule.status[:-1] + str(changed))
    if rule.status.endswith("a"):
        weeks = -(-(record["dagdato"] - last["dagdato"]).days // 7)  # started weeks (T6)
        return rule._replace(status=rule.status[:-1] + chr(ord("A") + weeks - 1))
    return rule


def dated(how: str, record: MiniRecord, person: Person | None, settings: Settings) -> date:
    """spec.md 4: the date that a dating of the status table stands for."""
    if how == "serie_start":
        return settings.serie_start
    if how == "siste_dagdato":
        assert person is not None
        return person.siste["dagdato"]
    if how == "henddato":
        return effective_henddato(record)
    if how == "henddato-1":
        return effective_henddato(record) - DAY
    if how == "dagdato":
        return record["dagdato"]
    if how == "dagdato-1":
        return record["dagdato"] - DAY
    if how == "fdagdato":
        return fdagdato_of(record)
    assert how == "fdagdato+1"
    return fdagdato_of(record) + DAY


def entry(record: MiniRecord, kode: str, regdato: date, tilgdato: date, status: str) -> FRecord:
    """spec.md 4: an opening record or a group entry; all three attribute dates are `regdato`."""
    return FRecord(
        fnr=record["fnr"],
        kode=kode,
        hoved=record["hoved"],
        regdato=regdato,
        tilgdato=tilgdato,
        avgdato=None,
        asoktilg=regdato,
        asokavg=None,
        hovedarbstat=record["hovedarbstat"],
        hovedarbdato=regdato,
        tiltak=record["tiltak"],
        tiltakdato=regdato,
        ytelse=record["ytelse"],
        ytelsedato=regdato,
        dagdato=record["dagdato"],
        fdagdato=record["fdagdato"],
        henddato=record["henddato"],
        mrk_sys=record["mrk_sys"],
        mrk_fnr=record["mrk_fnr"],
        as_f=record["as_f"],
        as_gr=record["as_gr"],
        status=status,
        asoktom=None,
        tomdato=None,
        regtom=None,
        aargang=record["aargang"],
    )


def change(record: MiniRecord, before: FRecord, regdato: date, status: str) -> FRecord:
    """spec.md 4: a change record; only the attributes that changed get `regdato`."""
    new = entry(record, "2", regdato, before["tilgdato"], status)
    new["asoktilg"] = before["asoktilg"]
    if record["hovedarbstat"] == before["hovedarbstat"]:
        new["hovedarbdato"] = before["hovedarbdato"]
    if record["tiltak"] == before["tiltak"]:
        new["tiltakdato"] = before["tiltakdato"]
    if record["ytelse"] == before["ytelse"]:
        new["ytelsedato"] = before["ytelsedato"]
    return new


def leave(before: FRecord, last: MiniRecord, regdato: date, whole: bool, status: str, aargang: int) -> FRecord:
    """spec.md 4: an exit record: values and dates of the spell that closes, marks of its last registration."""
    return {
        **before,
        "kode": "0",
        "regdato": regdato,
        "avgdato": regdato if whole else None,
        "asokavg": regdato,
        "dagdato": last["dagdato"],
        "fdagdato": last["fdagdato"],
        "henddato": last["henddato"],
        "mrk_sys": last["mrk_sys"],
        "mrk_fnr": last["mrk_fnr"],
        "as_f": last["as_f"],
        "as_gr": last["as_gr"],
        "status": status,
        "aargang": aargang,
    }


def process(person: Person | None, record: MiniRecord, settings: Settings) -> tuple[Rule, list[FRecord], Person]:
    """Take one record of L_ARBSOK: its status, the records it leads to, and the person afterwards."""
    rule = status_of(person, record, settings)
    status = rule.status
    if person is None or person.gjeldende is None:
        regdato = dated(rule.tilgang, record, person, settings)
        new = entry(record, OPENING[status][0], regdato, regdato, status)
        return rule, [new], Person(record, new)

    before, last = person.gjeldende, person.siste
    if rule.handling in ("ingen", "vrak"):
        return rule, [], Person(record, before)
    regdato = dated(rule.tilgang, record, person, settings)
    if rule.handling == "endring":
        new = change(record, before, regdato, status)
        return rule, [new], Person(record, new)
    whole = rule.handling == "avgang_tilgang"
    out = leave(before, last, dated(rule.avgang, record, person, settings), whole, status, record["aargang"])
    new = entry(record, "1", regdato, regdato if whole else before["tilgdato"], status)
    return rule, [out, new], Person(record, new)


def close(person: Person, aargang: int) -> FRecord:
    """spec.md 4, T7: the exit record of a spell that is closed after the year, status with X."""
    assert person.gjeldende is not None
    status = person.gjeldende["status"]
    status = status[0] + "X" + status[2:]
    return leave(person.gjeldende, person.siste, person.siste["dagdato"], True, status, aargang)


def with_tom_dates(records: Iterable[FRecord]) -> list[FRecord]:
    """spec.md 4, T12: `tomdato`, `asoktom` and `regtom` on every record, also those of earlier years."""
    records = list(records)
    avgdato: dict[tuple[str, date], date] = {}
    asokavg: dict[tuple[str, date], date] = {}
    changes: dict[tuple[str, date], list[date]] = {}
    for r in records:
        if r["avgdato"] is not None:
            avgdato[r["fnr"], r["tilgdato"]] = r["avgdato"]
        if r["asokavg"] is not None:
            asokavg[r["fnr"], r["asoktilg"]] = r["asokavg"]
        if r["kode"] == "2":
            changes.setdefault((r["fnr"], r["asoktilg"]), []).append(r["regdato"])
    result: list[FRecord] = []
    for r in records:
        group = (r["fnr"], r["asoktilg"])
        asoktom = asokavg.get(group)
        later = [day for day in changes.get(group, []) if day > r["regdato"]]
        if r["kode"] == "0":
            regtom: date | None = r["regdato"]
        else:
            regtom = min(later) - DAY if later else asoktom
        tomdato = avgdato.get((r["fnr"], r["tilgdato"]))
        result.append({**r, "tomdato": tomdato, "asoktom": asoktom, "regtom": regtom})
    return result


# ---------------------------------------------------------------------------------------------- the register


class Processed(NamedTuple):
    """A record that reached L_ARBSOK and the status it got (invariant 8)."""

    fnr: str
    dagdato: date
    aargang: int
    status: str
    handling: str


@dataclass(frozen=True)
class State:
    """All tables after a year. Nothing in it is changed afterwards, so a reference is a snapshot."""

    aargang: int | None = None
    maaneder: list[Maaned] = field(default_factory=list)
    miniregister: list[MiniRecord] = field(default_factory=list)
    lagt_til_side: list[AsideRecord] = field(default_factory=list)
    f_arbsok: list[FRecord] = field(default_factory=list)
    vrak_arbsok: list[VrakRecord] = field(default_factory=list)
    behandlet: list[Processed] = field(default_factory=list)
    personer: dict[str, Person] = field(default_factory=dict)


class Register:
    """The miniregister and the spells of the years loaded so far."""

    def __init__(
        self,
        settings: Settings | None = None,
        hoved_koding: Sequence[HovedKode] = (),
        sysselsetting: Sequence[tuple[str, date, date | None]] = (),
    ) -> None:
        self.settings = settings or Settings()
        self.hoved_koding = tuple(hoved_koding)
        self._employed: dict[str, list[tuple[date, date | None]]] = {}
        for fnr, fra, til in sysselsetting:
            self._employed.setdefault(fnr, []).append((fra, til))
        self._state = State()
        self._before: list[State] = []

    # ------------------------------------------------------------------ the tables

    @property
    def aargang(self) -> int | None:
        """The last year loaded."""
        return self._state.aargang

    @property
    def maaneder(self) -> list[Maaned]:
        return self._state.maaneder

    @property
    def miniregister(self) -> list[MiniRecord]:
        return self._state.miniregister

    @property
    def lagt_til_side(self) -> list[AsideRecord]:
        return self._state.lagt_til_side

    @property
    def f_arbsok(self) -> list[FRecord]:
        return self._state.f_arbsok

    @property
    def vrak_arbsok(self) -> list[VrakRecord]:
        return self._state.vrak_arbsok

    @property
    def behandlet(self) -> list[Processed]:
        """Every record that reached L_ARBSOK, with its status, also those that gave no record."""
        return self._state.behandlet

    @property
    def personer(self) -> dict[str, Person]:
        """Per person the last registration and the running spell (T10)."""
        return self._state.personer

    # ------------------------------------------------------------------ loading

    def load_year(self, aargang: int, months: dict[int, list[RawRecord]]) -> None:
        """Load a year of month files (number 1-12 -> records in file order), whole or not at all."""
        self._check_year(aargang)
        previous = self._state.maaneder[-1]["dagdato"] if self._state.maaneder else None
        if unknown := set(months) - set(range(1, 13)):
            raise Refused(f"{aargang}: no such months: {sorted(unknown)}")
        maaneder: list[Maaned] = []
        mini: list[MiniRecord] = []
        aside: list[AsideRecord] = []
        for month in range(1, 13):
            name, mnddato = f"{aargang}-{month:02}", date(aargang, month, 1)
            delivered = months.get(month, [])
            # T13: it is as if the file had not had a record with six digits in a row in as_stat
            digits = [r for r in delivered if SIX_DIGITS.search(r.get("as_stat") or "")]
            records = [r for r in delivered if not SIX_DIGITS.search(r.get("as_stat") or "")]
            if not records:
                raise Refused(f"{name}: the month is missing or without records")
            for record in records:
                check_fields(name, record)
            dagdato = right_dagdato(records)
            if dagdato is None:
                raise Refused(f"{name}: no usable dagdato")
            margin = MAX_DAYS_OUTSIDE_MONTH * DAY
            if not mnddato - margin <= dagdato <= last_day_of_month(mnddato) + margin:
                raise Refused(f"{name}: dagdato {dagdato} is not of the month")
            self._check_order(name, mnddato, dagdato, previous)
            kept, removed = self._month(aargang, mnddato, dagdato, previous, records, digits)
            mini += kept
            aside += removed
            maaneder.append(
                Maaned(mnddato=mnddato, aargang=aargang, dagdato=dagdato, fdagdato=previous, antall=len(kept))
            )
            previous = dagdato
        self._load(aargang, maaneder, mini, aside)

    def load_year_from_miniregister(self, aargang: int, records: Iterable[MiniRecord]) -> None:
        """Load a year of miniregister records that come from elsewhere; the months are read off them.

        `henddato` is taken as it stands (it may lie after `dagdato`), `aargang` is the year being loaded.
        """
        self._check_year(aargang)
        previous = self._state.maaneder[-1]["dagdato"] if self._state.maaneder else None
        by_month: dict[date, list[MiniRecord]] = {}
        for record in records:
            by_month.setdefault(record["mnddato"], []).append({**record, "aargang": aargang})
        if not by_month:
            raise Refused(f"{aargang}: no records")
        maaneder: list[Maaned] = []
        mini: list[MiniRecord] = []
        for mnddato in sorted(by_month):
            month = sorted(by_month[mnddato], key=lambda r: r["fnr"])
            name = f"{mnddato:%Y-%m}"
            dates = {(r["dagdato"], r["fdagdato"]) for r in month}
            if mnddato.year != aargang or mnddato.day != 1 or len(dates) != 1:
                raise Refused(f"{name}: not one month of {aargang} with one dagdato")
            if len({r["fnr"] for r in month}) != len(month):
                raise Refused(f"{name}: a person occurs twice")
            ((dagdato, fdagdato),) = dates
            self._check_order(name, mnddato, dagdato, previous)
            antall = len(month)
            maaneder.append(Maaned(mnddato=mnddato, aargang=aargang, dagdato=dagdato, fdagdato=fdagdato, antall=antall))
            mini += month
            previous = dagdato
        self._load(aargang, maaneder, mini, [])

    def unload_year(self, aargang: int) -> None:
        """Give back the state before the last year (invariant 7)."""
        if not self._before or self._state.aargang != aargang:
            raise Refused(f"{aargang} is not the last year loaded")
        self._state = self._before.pop()

    # ------------------------------------------------------------------ the parts

    def _check_year(self, aargang: int) -> None:
        """spec.md 2, T9: the first year is not later than the start's, every other one is the next."""
        if self._state.aargang is None:
            if aargang > self.settings.serie_start.year:
                raise Refused(f"{aargang}: the first year is later than the series' start")
        elif aargang != self._state.aargang + 1:
            raise Refused(f"{aargang}: the next year is {self._state.aargang + 1}")

    def _check_order(self, name: str, mnddato: date, dagdato: date, previous: date | None) -> None:
        """spec.md 2, T9: dagdato increases strictly, and the start's month is not extracted before the start."""
        if previous is not None and dagdato <= previous:
            raise Refused(f"{name}: dagdato {dagdato} is not after the month before, {previous}")
        start = self.settings.serie_start
        if mnddato == add_months(start, 0) and dagdato < start:
            raise Refused(f"{name}: dagdato {dagdato} is before the series' start, {start}")

    def _month(
        self,
        aargang: int,
        mnddato: date,
        dagdato: date,
        fdagdato: date | None,
        records: list[RawRecord],
        digits: list[RawRecord],
    ) -> tuple[list[MiniRecord], list[AsideRecord]]:
        """spec.md 2: one month file, as the miniregister's records by fnr, and what is set aside (T1, T2, T13)."""

        def aside(record: RawRecord, grunn: str) -> AsideRecord:
            return AsideRecord(
                aargang=aargang,
                mnddato=mnddato,
                grunn=grunn,
                fnr=record.get("fnr"),
                as_stat=record.get("as_stat"),
                dagdato=record.get("dagdato"),
                ant_d_as=record.get("ant_d_as"),
                as_gr=record.get("as_gr"),
                as_f=record.get("as_f"),
                mnd=record.get("mnd"),
            )

        removed: list[tuple[str, RawRecord]] = [("tall_i_as_stat", record) for record in digits]
        persons: dict[str, list[RawRecord]] = {}
        for record in records:
            fnr = clean(record.get("fnr"))
            if fnr is None or not re.fullmatch(r"[0-9]{11}", fnr):
                removed.append(("ugyldig_fnr", record))
            else:
                persons.setdefault(fnr, []).append(record)
        kept: list[MiniRecord] = []
        for fnr in sorted(persons):
            duplicates = persons[fnr]
            chosen = keep_one(duplicates, dagdato) if len(duplicates) > 1 else 0
            removed += [("dublett", r) for i, r in enumerate(duplicates) if i != chosen]
            kept.append(self._mini(aargang, mnddato, dagdato, fdagdato, fnr, duplicates[chosen]))
        removed.sort(key=lambda r: (r[0], raw_text(r[1])))
        return kept, [aside(record, grunn) for grunn, record in removed]

    def _mini(
        self, aargang: int, mnddato: date, dagdato: date, fdagdato: date | None, fnr: str, record: RawRecord
    ) -> MiniRecord:
        """spec.md 2: one record of the miniregister."""
        hovedarbstat, tiltak, ytelse = split_as_stat(record.get("as_stat"))
        as_gr = clean(record.get("as_gr"))
        days = whole_number(record.get("ant_d_as"))
        # A day on which nobody is employed has no register; an employment without an end runs on
        employed = {
            of
            for of, spells in self._employed.items()
            if any(fra <= dagdato and (til is None or dagdato <= til) for fra, til in spells)
        }
        mrk_sys = None if not employed else "1" if fnr in employed else "0"
        return MiniRecord(
            fnr=fnr,
            hoved=hoved_of(mnddato, as_gr, hovedarbstat, tiltak, self.hoved_koding),
            hovedarbstat=hovedarbstat,
            tiltak=tiltak,
            ytelse=ytelse,
            dagdato=dagdato,
            fdagdato=fdagdato,
            mnddato=mnddato,
            mrk_sys=mrk_sys,
            mrk_fnr=mrk_fnr(fnr, self.settings.testnumre),
            mrk_dl=None if read_date(record.get("dagdato")) == (dagdato, True) else 32,
            ant_d_as_n=days,
            henddato=None if days is None else dagdato - timedelta(days=days),
            as_f=clean(record.get("as_f")),
            as_gr=as_gr,
            aargang=aargang,
        )

    def _load(self, aargang: int, maaneder: list[Maaned], mini: list[MiniRecord], aside: list[AsideRecord]) -> None:
        """spec.md 3 and 4: the year's records, the closing of old spells, the end dates; then the new state."""
        old = self._state
        persons = dict(old.personer)
        spells = list(old.f_arbsok)
        rejected = list(old.vrak_arbsok)
        processed = list(old.behandlet)
        first_month = add_months(self.settings.serie_start, 0)
        load_table = [r for r in mini if r["mnddato"] >= first_month]
        for record in sorted(load_table, key=lambda r: (r["fnr"], r["dagdato"])):
            fnr = record["fnr"]
            rule, new, persons[fnr] = process(persons.get(fnr), record, self.settings)
            spells += new
            processed.append(Processed(fnr, record["dagdato"], aargang, rule.status, rule.handling))
            if rule.handling == "vrak":
                rejected.append({**record, "status": rule.status})
        limit = max(m["dagdato"] for m in maaneder) - timedelta(days=self.settings.avslutning_dager)
        for fnr, person in sorted(persons.items()):
            if person.gjeldende is not None and person.siste["dagdato"] < limit:
                spells.append(close(person, aargang))
                persons[fnr] = Person(person.siste, None)
        self._before.append(old)
        self._state = State(
            aargang=aargang,
            maaneder=old.maaneder + maaneder,
            miniregister=old.miniregister + mini,
            lagt_til_side=old.lagt_til_side + aside,
            f_arbsok=with_tom_dates(spells),
            vrak_arbsok=rejected,
            behandlet=processed,
            personer=persons,
        )
