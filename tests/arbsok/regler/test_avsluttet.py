"""A person whose last spell is closed (*avsluttet*).

Only the closing at the end of a year leaves a person without a running spell, so every history begins with
one that test_avslutt.py explains: last seen 2001-08-31, closed on that day when 2001 is loaded. The new spell
runs on at the end of 2002.
"""

from historier import YRKESHEMMET, forlop, last, reg, tabell, uendret


def test_nk070_henddato_etter_fdagdato(register):
    """The last spell was closed at the end of 2001. Henddato after fdagdato: an ordinary entry, dated
    henddato.
    """
    last(
        register,
        reg("2001-08", hend="2001-08-10"),
        reg("2002-11", hend="2002-11-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-08-10 2001-08-10 .          2001-08-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-10 2001-08-31 2001-08-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31
        1    1     2002-11-10 2002-11-10 .          2002-11-10 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FK070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FX070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2002-11-10 IP     2002-11-10 DP     2002-11-10 NK070  2002-11-30 2002-10-31 2002-11-10 2002
    """)


def test_nk070_dagen_etter_fdagdato(register):
    """Henddato on the day after fdagdato (2002-10-31)."""
    last(
        register,
        reg("2001-08", hend="2001-08-10"),
        reg("2002-11", hend="2002-11-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-08-10 2001-08-10 .          2001-08-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-10 2001-08-31 2001-08-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31
        1    1     2002-11-01 2002-11-01 .          2002-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FK070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FX070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2002-11-01 IP     2002-11-01 DP     2002-11-01 NK070  2002-11-30 2002-10-31 2002-11-01 2002
    """)


def test_nk070_henddato_mangler(register):
    """A missing henddato counts as dagdato (T5)."""
    last(
        register,
        reg("2001-08", hend="2001-08-10"),
        reg("2002-11", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-08-10 2001-08-10 .          2001-08-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-10 2001-08-31 2001-08-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31
        1    1     2002-11-30 2002-11-30 .          2002-11-30 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FK070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FX070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2002-11-30 IP     2002-11-30 DP     2002-11-30 NK070  2002-11-30 2002-10-31 .          2002
    """)


def test_nk070_henddato_etter_dagdato(register):
    """So does a henddato after dagdato."""
    last(
        register,
        reg("2001-08", hend="2001-08-10"),
        reg("2002-11", hend="2002-12-24"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-08-10 2001-08-10 .          2001-08-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-10 2001-08-31 2001-08-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31
        1    1     2002-11-30 2002-11-30 .          2002-11-30 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FK070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FX070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2002-11-30 IP     2002-11-30 DP     2002-11-30 NK070  2002-11-30 2002-10-31 2002-12-24 2002
    """)


def test_nk070_andre_verdier_og_gruppe_5(register):
    """What the closed spell said plays no part: neither the values nor, after the closing, the 13-week
    rule.
    """
    last(
        register,
        reg("2001-08", hend="2001-08-10"),
        reg("2002-11", YRKESHEMMET, hend="2002-11-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-08-10 2001-08-10 .          2001-08-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-10 2001-08-31 2001-08-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31
        1    5     2002-11-10 2002-11-10 .          2002-11-10 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FK070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FX070  2001-08-31 2001-07-31 2001-08-10 2001
        YH  2002-11-10 KF     2002-11-10 AT     2002-11-10 NK070  2002-11-30 2002-10-31 2002-11-10 2002
    """)


def test_ni080_henddato_paa_fdagdato(register):
    """Henddato not after fdagdato (2002-10-31): entry on fdagdato + 1."""
    last(
        register,
        reg("2001-08", hend="2001-08-10"),
        reg("2002-11", hend="2002-10-31"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-08-10 2001-08-10 .          2001-08-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-10 2001-08-31 2001-08-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31
        1    1     2002-11-01 2002-11-01 .          2002-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FK070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FX070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2002-11-01 IP     2002-11-01 DP     2002-11-01 NI080  2002-11-30 2002-10-31 2002-10-31 2002
    """)


def test_ni080_henddato_som_i_det_avsluttede_tilfellet(register):
    """Also where henddato is the one of the closed spell: an unchanged henddato does not reopen a spell."""
    last(
        register,
        reg("2001-08", hend="2001-08-10"),
        reg("2002-11", hend="2001-08-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-08-10 2001-08-10 .          2001-08-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-10 2001-08-31 2001-08-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31
        1    1     2002-11-01 2002-11-01 .          2002-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FK070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FX070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2002-11-01 IP     2002-11-01 DP     2002-11-01 NI080  2002-11-30 2002-10-31 2001-08-10 2002
    """)


def test_nk070_avsluttet_ved_aarsskiftet_og_tilbake_i_januar(register):
    """Closed at the end of 2001, back on the first extraction of 2002 (fdagdato 2001-12-31)."""
    last(
        register,
        reg("2001-08", hend="2001-08-10"),
        reg("2002-01", hend="2002-01-15"),
        uendret("2002-02", "2002-12", hend="2002-01-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-08-10 2001-08-10 .          2001-08-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-10 2001-08-31 2001-08-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31
        1    1     2002-01-15 2002-01-15 .          2002-01-15 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FK070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FX070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2002-01-15 IP     2002-01-15 DP     2002-01-15 NK070  2002-01-31 2001-12-31 2002-01-15 2002
    """)


def test_nk070_etter_et_helt_aar_borte(register):
    """Closed at the end of 2001, away in all of 2002, and so not in H_ARBSOK of 2002: back in 2003 the person
    is known by the closed spell, and no new one (FK070).
    """
    last(
        register,
        reg("2001-08", hend="2001-08-10"),
        reg("2003-02", hend="2003-02-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-08-10 2001-08-10 .          2001-08-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-10 2001-08-31 2001-08-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31
        1    1     2003-02-10 2003-02-10 .          2003-02-10 .          2003-02-28 2003-02-28 2003-02-28
        0    1     2003-02-28 2003-02-10 2003-02-28 2003-02-10 2003-02-28 2003-02-28 2003-02-28 2003-02-28

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FK070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FX070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2003-02-10 IP     2003-02-10 DP     2003-02-10 NK070  2003-02-28 2003-01-31 2003-02-10 2003
        HL  2003-02-10 IP     2003-02-10 DP     2003-02-10 NX070  2003-02-28 2003-01-31 2003-02-10 2003
    """)
