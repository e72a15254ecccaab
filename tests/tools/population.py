"""A population register for tests: its files, from rows in memory, and what each record gets from it, one at a time."""

import csv
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fdtrygd.befolkning.folder import COLUMNS

#: What the register knows
VALID_TO = date(2004, 6, 30)
#: Names of columns as Klass writes them
KLASS = {
    "validfrom": "validFrom", "validto": "validTo", "parentcode": "parentCode", "oldcode": "oldCode",
    "newcode": "newCode", "changeoccurred": "changeOccurred",
}  # fmt: skip
BEGIN = "1994-01-01"
#: Lists in which everything happens that can: 0716 swallows 0718, 0712 becomes 0713 and that 0714, 1850 is split, 0402
#: gives a part away and goes on, 0999 is used again for another area, 2021 gets another name
KOMMUNER = [
    ("0101", "Halden", BEGIN, "", ""),
    ("0301", "Oslo", BEGIN, "", ""),
    ("0402", "Kongsvinger", BEGIN, "", ""),
    ("0403", "Hamar", BEGIN, "", ""),
    ("0712", "Gamle", BEGIN, "2001-06-01", ""),
    ("0713", "Nye", "2001-06-01", "2003-01-01", ""),
    ("0714", "Nyeste", "2003-01-01", "", ""),
    ("0716", "Våle", BEGIN, "2002-01-01", "07"),
    ("0716", "Re", "2002-01-01", "", "07"),
    ("0718", "Ramnes", BEGIN, "2002-01-01", "07"),
    ("0906", "Arendal", BEGIN, "", ""),
    ("0999", "Før", BEGIN, "2001-09-01", ""),
    ("0999", "Etter", "2002-04-01", "", "10"),
    ("1806", "Narvik", "2002-07-01", "", ""),
    ("1850", "Tysfjord", BEGIN, "2002-07-01", ""),
    ("1875", "Hamarøy", "2002-07-01", "", ""),
    ("2021", "Karasjok", BEGIN, "2002-10-01", ""),
    ("2021", "Kárášjohka", "2002-10-01", "", ""),
    ("9999", "Uoppgitt", BEGIN, "", "99"),
]
FYLKER = [
    (code, name, BEGIN, "")
    for code, name in [
        ("01", "Østfold"), ("03", "Oslo"), ("04", "Hedmark"), ("07", "Vestfold"), ("09", "Aust-Agder"),
        ("10", "Vest-Agder"), ("18", "Nordland"), ("20", "Finnmark"), ("99", "Uoppgitt"),
    ]
]  # fmt: skip
CHANGES = [
    ("0712", "0713", "2001-06-01"),
    ("0713", "0714", "2003-01-01"),
    ("0716", "0716", "2002-01-01"),
    ("0718", "0716", "2002-01-01"),
    ("0999", "0906", "2001-09-01"),
    ("1850", "1806", "2002-07-01"),
    ("1850", "1875", "2002-07-01"),
    ("0402", "0403", "2002-11-01"),
    ("2021", "2021", "2002-10-01"),
]

Row = tuple[str, ...]


@dataclass
class Population:
    """A register: the rows of each file, as text."""

    person: list[Row] = field(default_factory=list)
    bosted: list[Row] = field(default_factory=list)
    status: list[Row] = field(default_factory=list)
    identitet: list[Row] = field(default_factory=list)
    kommune: list[Row] = field(default_factory=lambda: list(KOMMUNER))
    fylke: list[Row] = field(default_factory=lambda: list(FYLKER))
    kommune_endring: list[Row] = field(default_factory=lambda: list(CHANGES))

    def write(self, folder: Path, valid_to: date = VALID_TO, synthetic: bool = True) -> Path:
        """The register's files in a new folder."""
        folder.mkdir()
        for name, columns in COLUMNS.items():
            rows = getattr(self, name)
            if rows:
                write(folder / f"{name}.csv", columns, rows)
        (folder / "folkeregister.toml").write_text(f"gjelder_til = {valid_to}\n", encoding="utf-8")
        if synthetic:
            (folder / "SYNTHETIC.json").write_text("{}", encoding="utf-8")
        return folder


def write(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        rows = list(rows)
        writer.writerow([KLASS.get(column, column) for column in list(columns)[: len(rows[0])]])
        writer.writerows(rows)


def born(fnr: str) -> date:
    """The date of birth that a synthetic number says."""
    day, month, year = int(fnr[:2]) % 40, int(fnr[2:4]) % 40, int(fnr[4:6])
    return date(1900 + year, month, day)


def made_up(numbers: list[str], seed: int = 1) -> Population:
    """A register for these numbers with lives of every kind: some are not in it, dead, abroad, without a residence, in
    a kommune that comes or goes; some have another number. None contradicts itself."""
    dice = random.Random(seed)
    register = Population()
    current = [code for code, _, begins, ends, _ in KOMMUNER if begins == BEGIN and not ends and code != "9999"]
    changing = ["0712", "0718", "0716", "0999", "1850", "0402", "2021"]
    linked = list(zip(numbers[0::9], numbers[1::9], numbers[2::9], strict=False))
    for older, old, new in linked:
        case = dice.randrange(5)
        if case == 0:
            register.identitet += [(older, old, "2001-03-01"), (old, new, "2002-05-01")]
        elif case == 1:
            register.identitet += [(older, new, "2001-03-01"), (old, new, ""), (new, new, "")]
        elif case == 2:  # lopenr decides
            register.identitet += [(older, "02410100000", "2001-03-01"), (old, "02410100000", "2001-03-01")]
        elif case == 3:  # the current number is in no month file
            register.identitet += [(older, "01410100000", "2001-03-01"), (old, "01410100000", "2002-03-01")]
    for fnr in numbers:
        if dice.random() < 0.06:
            continue
        day = born(fnr) if dice.random() < 0.9 else born(fnr) - timedelta(days=dice.randrange(20_000))
        if dice.random() < 0.03:
            day = date(2002, 2, 1)  # later than the first extractions
        register.person.append((fnr, str(2 - int(fnr[8]) % 2), str(day)))
        home = dice.choice(current if dice.random() < 0.6 else changing)
        begins = date(1990, 1, 1) + timedelta(days=dice.randrange(3_000))
        moves = date(2001, 1, 1) + timedelta(days=dice.randrange(1_200))
        if dice.random() < 0.35:
            register.bosted.append((fnr, str(begins), str(moves), home))
            if dice.random() < 0.9:
                gap = timedelta(days=dice.choice([1, 1, 40]))
                register.bosted.append((fnr, str(moves + gap), "", dice.choice([*current, "9999", "2111"])))
        elif dice.random() < 0.95:
            register.bosted.append((fnr, str(begins), "", home))
        fate = dice.random()
        if fate < 0.75:
            register.status.append((fnr, str(begins), "", dice.choice(["bosatt", "1"])))
        elif fate < 0.97:
            until = max(date(2001, 1, 1) + timedelta(days=dice.randrange(1_200)), moves + timedelta(40))
            what = dice.choice(["dod", "utvandret", "forsvunnet", "ikke_bosatt", "opphort", "midlertidig", "bosatt"])
            register.status.append((fnr, str(begins), str(until), "bosatt"))
            register.status.append((fnr, str(until + timedelta(days=1)), "", what))
    return register


# ------------------------------------------------------------------------------- what each record gets, one at a time


def in_force(register: Population, code: str, day: str) -> bool:
    return any(c == code and begins <= day and (not ends or ends > day) for c, _, begins, ends, _ in register.kommune)


def kommune_on(register: Population, code: str, begins: str, day: str) -> str | None:
    """What a residence's kommune is on a later day; None where nobody can know it."""
    may_be = {code}
    for change in sorted({d for _, _, d in register.kommune_endring} | {e for _, _, _, e, _ in register.kommune if e}):
        if max(begins, BEGIN) < change <= day:
            after = set()
            for each in may_be:
                new = {n for o, n, d in register.kommune_endring if o == each and d == change}
                after |= new | ({each} if in_force(register, each, change) else set())
            may_be = after
    return may_be.pop() if len(may_be) == 1 else None


def fylke_of(register: Population, code: str, day: str) -> str:
    ((parent,),) = {
        (parent or code[:2],)
        for c, _, begins, ends, parent in register.kommune
        if c == code and begins <= day and (not ends or ends > day)
    }
    return parent


def age(birth: date, day: date) -> int:
    """Whole years: the birthday counts, and that of 29 February is on 1 March in other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def gets(register: Population, numbers: dict[str, str], extraction: list[dict[str, Any]]) -> dict[str, tuple[Any, ...]]:
    """fnr -> (kjonn, alder, kommune, fylke, bosted_grunn, telles) of each record of an extraction, by the rules as they
    are written; `numbers` has each lopenr."""
    persons = {fnr: (sex, date.fromisoformat(birth)) for fnr, sex, birth in register.person}
    mapped = {"1": "bosatt", "midlertidig": "ikke_bosatt"}
    last = {}
    since: dict[str, str] = {}
    for fnr, newer, begins in register.identitet:
        since[fnr] = max(begins, since.get(fnr, ""))
        if fnr != newer:
            last[fnr] = newer

    def current(fnr: str) -> str:
        return current(last[fnr]) if fnr in last else fnr

    there = {row["fnr"] for row in extraction}
    found = {}
    for row in extraction:
        fnr, today = row["fnr"], row["dagdato"]
        day = str(today)
        person = current(fnr)
        same = [other for other in there if current(other) == person]
        same.sort(key=lambda n: (n == person, since.get(n, "") if n in last else "", numbers[n]))
        counts = same[-1] == fnr
        number = person if person in persons else fnr
        if number not in persons or persons[number][1] > today:
            why = "ugyldig_fnr" if row["mrk_fnr"] == "2" else "ikke_i_register"
            found[fnr] = ("9", None, "9999", "99", why, counts)
            continue
        sex, birth = persons[number]
        now = [
            mapped.get(what, what)
            for n, begins, ends, what in register.status
            if n == number and begins <= day and (what == "dod" or not ends or ends >= day)
        ]
        lives = [
            (begins, code)
            for n, begins, ends, code in register.bosted
            if n == number and begins <= day and (not ends or ends >= day)
        ]
        kommune = None
        if lives:
            ((begins, code),) = lives
            kommune = None if code in ("9999", "2111") else kommune_on(register, code, begins, day)
        if now == ["dod"]:
            why = "dod"
        elif now != ["bosatt"]:
            why = "ikke_bosatt"
        else:
            why = "bosatt" if kommune else "uten_bosted"
        at = (kommune, fylke_of(register, kommune, day)) if why == "bosatt" and kommune else ("9999", "99")
        found[fnr] = (sex, age(birth, today), *at, why, counts)
    return found
