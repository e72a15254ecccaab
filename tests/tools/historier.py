"""A small language for a person's history, month by month, and for the records that it must give.

A test reads as one row of the specification:

    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", ytelse="ID", hend="2001-10-15"),
    )
    assert forlop(register) == tabell(...)

`reg` is one registration on a month's extraction date; `last` feeds the history, year by year, together with
a person who is registered every month, so that no month is empty; `forlop` is what F_ARBSOK and VRAK_ARBSOK
hold for the person afterwards and `tabell` what they must hold, both as text with one record per line.

Nothing here knows the rules: every date in an expected table is written by hand from spec.md.

All fødselsnummer are synthetic: 80 is added to the month, and the check digits are valid.
"""

import datetime
from typing import Any

PERSON = "15837010133"  # the person whose history the test tells
FYLL = "01926510130"  # registered every month, in group 7, so that every year is whole

# The extraction dates. Gaps that the tests lean on:
#   91 days: 2001-08 to 2001-11 (the longest that the 13-week rule sews over), 2002-09 to 2002-12 (still
#            running at the end of 2002)
#   92 days: 2001-09 to 2001-12 (one day too many: not sewn, and closed at the end of 2001)
#   61 days: 2001-09 to 2001-11 (one month without registration; the ninth started week, letter I)
#   2005-04 is early, since the example of chapter 3.3 leaves on 2005-04-25.
# The series starts on 2001-05-01; 2001-04 is there only as the fdagdato of 2001-05.
KALENDER = {
    "2001-04": "2001-04-30",
    "2001-05": "2001-05-31",
    "2001-06": "2001-06-30",
    "2001-07": "2001-07-31",
    "2001-08": "2001-08-31",
    "2001-09": "2001-09-30",
    "2001-10": "2001-10-31",
    "2001-11": "2001-11-30",
    "2001-12": "2001-12-31",
    "2002-01": "2002-01-31",
    "2002-02": "2002-02-28",
    "2002-03": "2002-03-31",
    "2002-04": "2002-04-30",
    "2002-05": "2002-05-31",
    "2002-06": "2002-06-30",
    "2002-07": "2002-07-31",
    "2002-08": "2002-08-31",
    "2002-09": "2002-09-30",
    "2002-10": "2002-10-31",
    "2002-11": "2002-11-30",
    "2002-12": "2002-12-30",
    "2003-01": "2003-01-31",
    "2003-02": "2003-02-28",
    "2003-03": "2003-03-31",
    "2003-04": "2003-04-30",
    "2003-05": "2003-05-31",
    "2003-06": "2003-06-30",
    "2003-07": "2003-07-31",
    "2003-08": "2003-08-31",
    "2003-09": "2003-09-30",
    "2003-10": "2003-10-31",
    "2003-11": "2003-11-30",
    "2003-12": "2003-12-31",
    "2004-01": "2004-01-31",
    "2004-02": "2004-02-29",
    "2004-03": "2004-03-31",
    "2004-04": "2004-04-30",
    "2004-05": "2004-05-31",
    "2004-06": "2004-06-30",
    "2004-07": "2004-07-31",
    "2004-08": "2004-08-31",
    "2004-09": "2004-09-30",
    "2004-10": "2004-10-31",
    "2004-11": "2004-11-30",
    "2004-12": "2004-12-31",
    "2005-01": "2005-01-31",
    "2005-02": "2005-02-28",
    "2005-03": "2005-03-31",
    "2005-04": "2005-04-25",
    "2005-05": "2005-05-31",
    "2005-06": "2005-06-30",
    "2005-07": "2005-07-31",
    "2005-08": "2005-08-31",
    "2005-09": "2005-09-30",
    "2005-10": "2005-10-31",
    "2005-11": "2005-11-30",
    "2005-12": "2005-12-31",
}

# What a registration says where the test does not say otherwise
LEDIG = {"hoved": "1", "arb": "HL", "tiltak": "IP", "ytelse": "DP"}
YRKESHEMMET = {"hoved": "5", "arb": "YH", "tiltak": "KF", "ytelse": "AT"}

_SERIESTART = "2001-05"
_FELT = {
    "hoved": None,
    "arb": None,
    "tiltak": None,
    "ytelse": None,
    "hend": None,
    "mrk_sys": None,
    "mrk_fnr": "0",
    "mrk_dl": None,
    "as_f": None,
    "as_gr": None,
}


def reg(maaned: str, grunnlag: dict[str, str] = LEDIG, /, *, hend: str | None, **felt: Any) -> dict[str, Any]:
    """One registration: the month, the values that many have, henddato (None: missing), and what differs."""
    ukjent = felt.keys() - _FELT.keys()
    if ukjent:
        raise TypeError(f"unknown fields of a registration: {sorted(ukjent)}")
    return {"maaned": maaned} | _FELT | grunnlag | felt | {"hend": hend}


def uendret(
    fra: str, til: str, grunnlag: dict[str, str] = LEDIG, /, *, hend: str | None, **felt: Any
) -> list[dict[str, Any]]:
    """The same registration in every month from `fra` to `til`."""
    return [reg(maaned, grunnlag, hend=hend, **felt) for maaned in KALENDER if fra <= maaned <= til]


def last(
    register: Any,
    *historie: dict[str, Any] | list[dict[str, Any]],
    fra: int = 2001,
    til: int | None = None,
    kalender: dict[str, str] = KALENDER,
    andre: dict[str, list[dict[str, Any]]] | None = None,
) -> None:
    """Load the history: every year from `fra` to `til` (else the history's last year), in order.

    `andre`: histories of other persons, by fnr, loaded together with it.
    """
    registreringer = [r for del_ in historie for r in (del_ if isinstance(del_, list) else [del_])]
    register.set(testnumre=True)  # so that the numbers are valid ones: mrk_fnr is 0
    if til is None:
        til = max(int(r["maaned"][:4]) for r in registreringer)
    for aargang in range(fra, til + 1):
        maaneder = [m for m in kalender if m[:4] == str(aargang) and m >= _SERIESTART]
        records = [_record(FYLL, fyll, kalender) for m in maaneder for fyll in [_fyll(m)]]
        for fnr, hans in {PERSON: registreringer, **(andre or {})}.items():
            records += [_record(fnr, r, kalender) for r in hans if r["maaned"] in maaneder]
        register.load_miniregister(aargang, records)


def _fyll(maaned: str) -> dict[str, Any]:
    return reg(maaned, {"hoved": "7", "arb": "AN", "tiltak": "ANDRE", "ytelse": "ID"}, hend="2001-05-01")


def _record(fnr: str, r: dict[str, Any], kalender: dict[str, str]) -> dict[str, Any]:
    maaneder = list(kalender)
    forrige = maaneder[maaneder.index(r["maaned"]) - 1]
    dagdato = datetime.date.fromisoformat(kalender[r["maaned"]])
    henddato = datetime.date.fromisoformat(r["hend"]) if r["hend"] else None
    return {
        "fnr": fnr,
        "hoved": r["hoved"],
        "hovedarbstat": r["arb"],
        "tiltak": r["tiltak"],
        "ytelse": r["ytelse"],
        "dagdato": dagdato,
        "fdagdato": datetime.date.fromisoformat(kalender[forrige]),
        "mnddato": datetime.date.fromisoformat(r["maaned"] + "-01"),
        "mrk_sys": r["mrk_sys"],
        "mrk_fnr": r["mrk_fnr"],
        "mrk_dl": r["mrk_dl"],
        "ant_d_as_n": (dagdato - henddato).days if henddato else None,
        "henddato": henddato,
        "as_f": r["as_f"],
        # From October 2002 the group is as_gr
        "as_gr": r["hoved"] if r["as_gr"] is None and r["maaned"] >= "2002-10" else r["as_gr"],
    }


# The three parts of an expected table, each with its heading; the third only where something is rejected: a
# table without it says that nothing is. `arb` and `arbdato` are short for hovedarbstat and hovedarbdato,
# `vrak` is the rejected record's status, and a missing value is a full stop.
_OVERSKRIFTER = """\
kode hoved regdato tilgdato avgdato asoktilg asokavg tomdato asoktom regtom
arb arbdato tiltak tiltakdato ytelse ytelsedato status dagdato fdagdato henddato aargang
vrak hoved arb tiltak ytelse dagdato fdagdato henddato
"""
_FORLOP, _STATUS, _VRAK = (tuple(linje.split()) for linje in _OVERSKRIFTER.splitlines())
_KOLONNE = {"arb": "hovedarbstat", "arbdato": "hovedarbdato", "vrak": "status"}


def forlop(register: Any) -> str:
    """What F_ARBSOK (two parts) and VRAK_ARBSOK hold for the person."""
    f = register.f_arbsok(PERSON)
    vrak = register.vrak_arbsok(PERSON)
    deler = [_rader(_FORLOP, f), _rader(_STATUS, f)]
    if vrak:
        deler.append(_rader(_VRAK, vrak))
    return _tekst(deler)


def tabell(tekst: str) -> str:
    """An expected table in the same form: a blank line between parts, any spaces between values."""
    deler = [[linje.split() for linje in del_.splitlines() if linje.strip()] for del_ in _deler(tekst)]
    overskrifter = [_FORLOP, _STATUS, _VRAK][: len(deler)]
    if [tuple(del_[0]) for del_ in deler] != overskrifter or len(deler) < 2 or len(deler[0]) != len(deler[1]):
        raise ValueError("the expected table has the wrong headings or parts of unequal length")
    if any(len(linje) != len(del_[0]) for del_ in deler for linje in del_):
        raise ValueError("a line of the expected table has a value too many or too few")
    return _tekst(deler)


def _deler(tekst: str) -> list[str]:
    return "\n".join(linje.strip() for linje in tekst.strip().splitlines()).split("\n\n")


def _rader(kolonner: tuple[str, ...], poster: list[dict[str, Any]]) -> list[list[str]]:
    verdier = [[post[_KOLONNE.get(kolonne, kolonne)] for kolonne in kolonner] for post in poster]
    return [list(kolonner)] + [["." if v is None else str(v) for v in rad] for rad in verdier]


def _tekst(deler: list[list[list[str]]]) -> str:
    def linje(rad: list[str]) -> str:
        return " ".join(verdi.ljust(10) for verdi in rad).rstrip()

    return "\n\n".join("\n".join(linje(rad) for rad in del_) for del_ in deler)
