"""The example of chapter 3.3, "Fra miniregister til forløpstabell", as the months that would give it.

Five records: entry, change, group exit, group entry, exit. The source shows fourteen columns of them, which
stand here as they are printed there; the other twelve follow from spec.md.
"""

import csv
import re
from datetime import date, timedelta

import pytest
from fdtrygd import settings

from historier import FYLL, KALENDER, PERSON, forlop, last, tabell, uendret

PRAKSIS = {"hoved": "3", "arb": "FS", "tiltak": "PRAKSORD", "ytelse": "AT", "as_f": "32", "as_gr": "3"}
ATTFORING = {"hoved": "5", "arb": "YH", "tiltak": "PRAKSORD", "ytelse": "AT", "as_f": "53", "as_gr": "5"}

# The tables of chapter 3.3, in the order of the text; LPNR 12345 is our person.
KAPITTEL_3_3 = """
KODE HOVED REGDATO  TILGDATO AVGDATO  ASOKTILG ASOKAVG
1    3     20030623 20030623 .        20030623 .
2    3     20031026 20030623 .        20030623 .
0    3     20040205 20030623 .        20030623 20040205
1    5     20040206 20030623 .        20040206 .
0    5     20050425 20030623 20050425 20040206 20050425

HOVEDARBSTAT HOVEDARBDATO TILTAK   TILTAKDATO YTELSE YTELSEDATO
FS           20030623     PRAKSORD 20030623   AT     20030623
FS           20030623     PRAKSORD 20030623   ID     20031026
FS           20030623     PRAKSORD 20030623   ID     20031026
YH           20040206     PRAKSORD 20040206   AT     20040206
YH           20040206     PRAKSORD 20040206   AT     20040206
"""


@pytest.fixture
def eksempel(register):
    """The person's months: on practice from June 2003, without attføringspenger from October, in group 5
    from February 2004, and last seen on the extraction date 2005-04-25.
    """
    last(
        register,
        uendret("2003-06", "2003-09", PRAKSIS, hend="2003-06-23"),
        uendret("2003-10", "2004-01", PRAKSIS, ytelse="ID", hend="2003-10-26"),
        uendret("2004-02", "2005-04", ATTFORING, hend="2004-02-06", mrk_sys="0"),
    )
    return register


def test_eksempel_fjorten_kolonner(eksempel):
    """The fourteen columns of the source (the first is the person), exactly; the specification shows the same."""
    deler = [[linje.split() for linje in del_.splitlines()] for del_ in KAPITTEL_3_3.strip().split("\n\n")]
    ventet = [
        {kolonne.lower(): verdi for del_ in deler for kolonne, verdi in zip(del_[0], del_[n], strict=True)}
        for n in range(1, 6)
    ]
    poster = eksempel.f_arbsok(PERSON)
    assert [{kolonne: _trykt(post[kolonne]) for kolonne in ventet[0]} for post in poster] == ventet
    assert {post["fnr"] for post in poster} == {PERSON}

    # The two tables of docs/spec.md 4 have some columns more
    tekst = (settings.ROOT / "docs" / "spec.md").read_text("utf-8")
    avsnitt = tekst.partition("\n### The example of chapter 3.3\n")[2].partition("\n#")[0]
    tabeller = re.findall(r"((?:^\|.*\n)+)", avsnitt, re.MULTILINE)
    assert len(tabeller) == 2
    for vist in tabeller:
        overskrift, _, *rader = [[verdi.strip() for verdi in linje.split("|")[1:-1]] for linje in vist.splitlines()]
        kolonner = [kolonne for kolonne in overskrift if kolonne != "event"]
        linjer = [[str(post[kolonne] or "") for kolonne in kolonner] for post in poster]
        assert linjer == [rad[: len(kolonner)] for rad in rader]


def _trykt(verdi):
    """A value as the source prints it."""
    if verdi is None:
        return "."
    return verdi.strftime("%Y%m%d") if isinstance(verdi, date) else verdi


def test_eksempel_status_og_hjelpevariable(eksempel):
    """FK070 brings the person in, UK101 is the change, UK111 the two records of the group transition. The
    year-end closing of 2005 is the way out: nobody is seen leaving, they are no longer there.
    """
    assert forlop(eksempel) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    3     2003-06-23 2003-06-23 .          2003-06-23 .          2005-04-25 2004-02-05 2003-10-25
        2    3     2003-10-26 2003-06-23 .          2003-06-23 .          2005-04-25 2004-02-05 2004-02-05
        0    3     2004-02-05 2003-06-23 .          2003-06-23 2004-02-05 2005-04-25 2004-02-05 2004-02-05
        1    5     2004-02-06 2003-06-23 .          2004-02-06 .          2005-04-25 2005-04-25 2005-04-25
        0    5     2005-04-25 2003-06-23 2005-04-25 2004-02-06 2005-04-25 2005-04-25 2005-04-25 2005-04-25

        arb arbdato    tiltak   tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        FS  2003-06-23 PRAKSORD 2003-06-23 AT     2003-06-23 FK070  2003-06-30 2003-05-31 2003-06-23 2003
        FS  2003-06-23 PRAKSORD 2003-06-23 ID     2003-10-26 UK101  2003-10-31 2003-09-30 2003-10-26 2003
        FS  2003-06-23 PRAKSORD 2003-06-23 ID     2003-10-26 UK111  2004-01-31 2003-12-31 2003-10-26 2004
        YH  2004-02-06 PRAKSORD 2004-02-06 AT     2004-02-06 UK111  2004-02-29 2004-01-31 2004-02-06 2004
        YH  2004-02-06 PRAKSORD 2004-02-06 AT     2004-02-06 UX111  2005-04-25 2005-03-31 2004-02-06 2005
    """)


def test_eksempel_merker_og_kolonner(eksempel):
    """The marks are those of the registration that the record describes; the source's twenty-six columns."""
    poster = eksempel.f_arbsok(PERSON)
    assert [(p["mrk_sys"], p["as_f"], p["as_gr"]) for p in poster] == [
        (None, "32", "3"),
        (None, "32", "3"),
        (None, "32", "3"),
        ("0", "53", "5"),
        ("0", "53", "5"),
    ]
    assert {len(p) for p in poster} == {26}


def test_readme_viser_eksemplet(register):
    """The README's lines, with the months between them in which nothing is new, give the records that it shows."""
    tekst = (settings.ROOT / "README.md").read_text("utf-8")
    linjer, svar = (re.search(rf"```{art}\n(.*?)```", tekst, re.DOTALL)[1] for art in ("csv", "text"))
    vist = {linje["dagdato"]: linje for linje in csv.DictReader(linjer.splitlines())}
    assert {linje["fnr"] for linje in vist.values()} == {PERSON}
    maanedsfiler = {aargang: {} for aargang in (2003, 2004, 2005)}
    sist = None
    for maaned, dag in KALENDER.items():
        if maaned < "2003":
            continue
        dagdato = date.fromisoformat(dag)
        utrukket = f"{dagdato:%y%m%d}"
        fil = [{"fnr": FYLL, "as_stat": "ANID", "ant_d_as": "1", "as_gr": "7", "as_f": "71"}]
        if utrukket in vist:
            sist = vist.pop(utrukket)
            siden = dagdato - timedelta(int(sist["ant_d_as"]))
        if sist and maaned <= "2005-04":
            fil.append(sist | {"ant_d_as": str((dagdato - siden).days)})
        maanedsfiler[dagdato.year][dagdato.month] = [linje | {"dagdato": utrukket, "mnd": maaned[5:]} for linje in fil]
    assert not vist, "a line's dagdato is the extraction date of no month"

    register.set(serie_start=date(2003, 1, 1), testnumre=True)
    for aargang, maaneder in maanedsfiler.items():
        register.load_year(aargang, maaneder)
    overskrift, _, *rader = [[verdi.strip() for verdi in linje.split("|")] for linje in svar.splitlines()]
    poster = register.f_arbsok(PERSON)
    assert [[str(post[kolonne] or "") for kolonne in overskrift] for post in poster] == rader
