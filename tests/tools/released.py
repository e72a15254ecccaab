"""The released form of the register by plain code: the records cut on a day, and the forms made of the cut records.

It reads F_ARBSOK's records alone, and of them nothing that the day does not know (spec.md 9, the released form).
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
DAY = timedelta(days=1)
#: The columns of each form, in the order of its function's.
HENDELSER = (
    "lopenr", "kode", "hoved", "regdato", "tilgdato", "avgdato", "asoktilg", "asokavg", "hovedarbstat", "hovedarbdato",
    "tiltak", "tiltakdato", "ytelse", "ytelsedato", "regtom", "asoktom", "tomdato", "dagdato", "fdagdato", "henddato",
    "mrk_sys", "mrk_fnr", "as_f", "as_gr", "status", "aargang",
)  # fmt: skip
GROUPS = ("1", "2", "3", "4", "5", "7")


def cut(records: Iterable[Row], last: date) -> list[Row]:
    """The records that begin by the day, as they were known on it."""
    known = []
    for record in records:
        if record["regdato"] <= last:
            ends = {name: record[name] for name in ("regtom", "asoktom", "tomdato")}
            known.append(record | {name: day if day and day <= last else None for name, day in ends.items()})
    return known


def how_it_began(record: Row) -> str:
    if record["kode"] == "2":
        return "endring"
    if record["kode"] == "1":
        return "tilgang" if record["asoktilg"] == record["tilgdato"] else "gruppeovergang"
    return {"3": "venstresensur_kjent", "9": "venstresensur_ukjent"}[record["kode"]]


def how_it_ended(record: Row, end: date | None, by: Row | None) -> str:
    """By what the cut record knows: an end that its group spell, or its main spell, does not share is a change."""
    if end is None:
        return "loper"
    if record["asoktom"] != end:
        return "endring"
    if record["tomdato"] != end:
        return "gruppeovergang"
    return "avsluttet_13_uker" if by and by["status"][1] == "X" else "avgang"


def length(first: date, end: date | None) -> int | None:
    return (end - first).days + 1 if end else None


def value(row: Row | None, name: str) -> Any:
    return row[name] if row else None


class Released:
    """The register as it is released on a day: each form's rows, as tuples in the order of its columns."""

    def __init__(self, records: Iterable[Row], last: date) -> None:
        self.last = last
        self.records = cut(records, last)
        #: (lopenr, regdato, kode) -> record
        self.at = {(r["lopenr"], r["regdato"], r["kode"]): r for r in self.records}

    def hendelser(self, first: date) -> list[tuple[Any, ...]]:
        return [
            tuple(r[name] for name in HENDELSER) for r in self.records if r["asoktom"] is None or r["asoktom"] >= first
        ]

    def tilfelle(self, first: date) -> list[tuple[Any, ...]]:
        rows = []
        for r in self.records:
            end = r["tomdato"]
            if r["kode"] in "139" and r["asoktilg"] == r["tilgdato"] and (end is None or end >= first):
                by = self.at.get((r["lopenr"], end, "0"))
                rows.append((
                    r["lopenr"], r["tilgdato"], end, length(r["tilgdato"], end), r["hoved"], value(by, "hoved"),
                    how_it_began(r), how_it_ended(r | {"asoktom": end}, end, by), end is not None, r["status"],
                    value(by, "status"), r["mrk_fnr"],
                ))  # fmt: skip
        return rows

    def gruppetilfelle(self, first: date) -> list[tuple[Any, ...]]:
        rows = []
        for r in self.records:
            end = r["asoktom"]
            if r["kode"] in "139" and (end is None or end >= first):
                by = self.at.get((r["lopenr"], end, "0"))
                after = self.at.get((r["lopenr"], end + DAY, "1")) if end else None
                after = after if after and after["tilgdato"] == r["tilgdato"] else None
                rows.append((
                    r["lopenr"], r["tilgdato"], r["asoktilg"], end, length(r["asoktilg"], end), r["hoved"],
                    value(after, "hoved"), how_it_began(r), how_it_ended(r, end, by), end is not None, r["status"],
                    value(by, "status"), r["mrk_fnr"],
                ))  # fmt: skip
        return rows

    def periode(self, first: date) -> list[tuple[Any, ...]]:
        rows = []
        for r in self.records:
            end = r["regtom"]
            if r["kode"] != "0" and (end is None or end >= first):
                key = (end, "0") if end == r["asoktom"] else (end + DAY, "2") if end else (None, "")
                by = self.at.get((r["lopenr"], *key))
                rows.append((
                    r["lopenr"], r["tilgdato"], r["asoktilg"], r["regdato"], end, length(r["regdato"], end),
                    r["hoved"], r["hovedarbstat"], r["tiltak"], r["ytelse"], how_it_began(r),
                    how_it_ended(r, end, by), end is not None, r["status"], value(by, "status"), r["mrk_fnr"],
                ))  # fmt: skip
        return rows

    def manedspanel(self, first: date) -> list[tuple[Any, ...]]:
        days: dict[tuple[str, date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        states: dict[tuple[str, date], Row] = {}
        for r in self.records:
            if r["kode"] == "0":
                continue
            begins, ends = max(r["regdato"], first), r["regtom"] or self.last
            while begins <= ends:
                month = begins.replace(day=1)
                closing = min(month.replace(day=monthrange(month.year, month.month)[1]), self.last)
                until = min(ends, closing)
                days[r["lopenr"], month][r["hoved"]] += (until - begins).days + 1
                if until == closing:
                    states[r["lopenr"], month] = r
                begins = closing + DAY
        rows = []
        for (person, month), groups in days.items():
            closing = min(month.replace(day=monthrange(month.year, month.month)[1]), self.last)
            state = states.get((person, month))
            rows.append((
                person, month, closing, sum(groups.values()), state is not None,
                *(value(state, name) for name in ("hoved", "hovedarbstat", "tiltak", "ytelse", "tilgdato", "asoktilg")),
                *(groups.get(group, 0) for group in GROUPS),
                sum(count for group, count in groups.items() if group not in GROUPS),
            ))  # fmt: skip
        return rows

    def tverrsnitt(self, on: Iterable[date]) -> list[tuple[Any, ...]]:
        return [
            (
                r["lopenr"], day, r["hoved"], r["hovedarbstat"], r["tiltak"], r["ytelse"], r["tilgdato"],
                r["asoktilg"], r["regdato"],
                *(length(r[name], day) for name in ("tilgdato", "asoktilg", "regdato")), r["mrk_fnr"], r["status"],
            )
            for day in set(on)
            for r in self.records
            if r["kode"] != "0" and r["regdato"] <= day and (r["regtom"] is None or r["regtom"] >= day)
        ]  # fmt: skip


def as_text(row: tuple[Any, ...]) -> str:
    """A row as COPY's CSV has it."""
    return ",".join("" if each is None else {True: "t", False: "f"}.get(each, str(each)) if isinstance(each, bool)
                    else str(each) for each in row)  # fmt: skip
