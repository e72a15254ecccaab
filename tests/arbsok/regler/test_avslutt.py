"""The closing at the end of a year (X codes), and what comes after it (NK070, NI080).

A spell whose last registration is more than 91 days before the year's last dagdato is closed on its last
registered dagdato. The year's last dagdato is 2001-12-31, and 2002-12-30.
"""

from datetime import date

from historier import PERSON, YRKESHEMMET, forlop, last, reg, tabell, uendret


def test_fx020_avsluttet_paa_siste_dagdato(register):
    """Last seen 2001-07-31 by a registration that gave no record: closed on that day. The status is that
    of the spell's last record, with X; the dates are those of the last registration.
    """
    last(
        register,
        uendret("2001-05", "2001-07", hend="2001-05-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    1     2001-05-10 2001-05-10 .          2001-05-10 .          2001-07-31 2001-07-31 2001-07-31
        0    1     2001-07-31 2001-05-10 2001-07-31 2001-05-10 2001-07-31 2001-07-31 2001-07-31 2001-07-31

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 FK020  2001-05-31 2001-04-30 2001-05-10 2001
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 FX020  2001-07-31 2001-06-30 2001-05-10 2001
    """)


def test_fx030_en_registrering(register):
    """Seen once."""
    last(
        register,
        reg("2001-05", hend="2000-05-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        3    1     2001-05-01 2001-05-01 .          2001-05-01 .          2001-05-31 2001-05-31 2001-05-31
        0    1     2001-05-31 2001-05-01 2001-05-31 2001-05-01 2001-05-31 2001-05-31 2001-05-31 2001-05-31

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-01 IP     2001-05-01 DP     2001-05-01 FK030  2001-05-31 2001-04-30 2000-05-10 2001
        HL  2001-05-01 IP     2001-05-01 DP     2001-05-01 FX030  2001-05-31 2001-04-30 2000-05-10 2001
    """)


def test_fx050_gruppe_5(register):
    """Group 5 is closed as the others."""
    last(
        register,
        reg("2001-06", YRKESHEMMET, hend="2001-05-20"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    5     2001-05-20 2001-05-20 .          2001-05-20 .          2001-06-30 2001-06-30 2001-06-30
        0    5     2001-06-30 2001-05-20 2001-06-30 2001-05-20 2001-06-30 2001-06-30 2001-06-30 2001-06-30

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-05-20 KF     2001-05-20 AT     2001-05-20 FK050  2001-06-30 2001-05-31 2001-05-20 2001
        YH  2001-05-20 KF     2001-05-20 AT     2001-05-20 FX050  2001-06-30 2001-05-31 2001-05-20 2001
    """)


def test_fx070_92_dager(register):
    """92 days from the last registration to the year's last dagdato (2001-12-31): more than 13 weeks,
    closed.
    """
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FX070  2001-09-30 2001-08-31 2001-09-10 2001
    """)


def test_fx070_92_dager_gruppe_5(register):
    """Group 5 too."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    5     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    5     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FX070  2001-09-30 2001-08-31 2001-09-10 2001
    """)


def test_fx080_feil_datert_tilgang(register):
    """An entry on fdagdato + 1, closed."""
    last(
        register,
        reg("2001-08", hend="2001-05-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-08-01 2001-08-01 .          2001-08-01 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-01 2001-08-31 2001-08-01 2001-08-31 2001-08-31 2001-08-31 2001-08-31

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-08-01 IP     2001-08-01 DP     2001-08-01 FI080  2001-08-31 2001-07-31 2001-05-10 2001
        HL  2001-08-01 IP     2001-08-01 DP     2001-08-01 FX080  2001-08-31 2001-07-31 2001-05-10 2001
    """)


def test_91_dager_loeper_videre(register):
    """91 days (2002-09-30 to 2002-12-30) is not more than 13 weeks: the spell runs on."""
    last(
        register,
        reg("2002-09", hend="2002-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2002-09-10 2002-09-10 .       2002-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2002-09-10 IP     2002-09-10 DP     2002-09-10 FK070  2002-09-30 2002-08-31 2002-09-10 2002
    """)


def test_91_dager_avsluttet_av_neste_aargang(register):
    """The next year closes it, on the same day: the exit's aargang is the year that was being loaded."""
    last(
        register,
        reg("2002-09", hend="2002-09-10"),
        til=2003,
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2002-09-10 2002-09-10 .          2002-09-10 .          2002-09-30 2002-09-30 2002-09-30
        0    1     2002-09-30 2002-09-10 2002-09-30 2002-09-10 2002-09-30 2002-09-30 2002-09-30 2002-09-30

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2002-09-10 IP     2002-09-10 DP     2002-09-10 FK070  2002-09-30 2002-08-31 2002-09-10 2002
        HL  2002-09-10 IP     2002-09-10 DP     2002-09-10 FX070  2002-09-30 2002-08-31 2002-09-10 2003
    """)


def test_ux101_endring(register):
    """The spell's last record is a change: its status, and the values and dates that held."""
    last(
        register,
        uendret("2001-05", "2001-06", hend="2001-05-10"),
        uendret("2001-07", "2001-08", ytelse="ID", hend="2001-07-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    1     2001-05-10 2001-05-10 .          2001-05-10 .          2001-08-31 2001-08-31 2001-07-14
        2    1     2001-07-15 2001-05-10 .          2001-05-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-05-10 2001-08-31 2001-05-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 FK020  2001-05-31 2001-04-30 2001-05-10 2001
        HL  2001-05-10 IP     2001-05-10 ID     2001-07-15 UK101  2001-07-31 2001-06-30 2001-07-15 2001
        HL  2001-05-10 IP     2001-05-10 ID     2001-07-15 UX101  2001-08-31 2001-07-31 2001-07-15 2001
    """)


def test_ux0013_seks_tegn(register):
    """A status of six characters keeps its sixth."""
    last(
        register,
        reg("2001-05", hend="2001-05-10"),
        reg("2001-06", tiltak="PE", ytelse="ID", hend="2001-05-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    1     2001-05-10 2001-05-10 .          2001-05-10 .          2001-06-30 2001-06-30 2001-05-31
        2    1     2001-06-01 2001-05-10 .          2001-05-10 .          2001-06-30 2001-06-30 2001-06-30
        0    1     2001-06-30 2001-05-10 2001-06-30 2001-05-10 2001-06-30 2001-06-30 2001-06-30 2001-06-30

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 FK020  2001-05-31 2001-04-30 2001-05-10 2001
        HL  2001-05-10 PE     2001-06-01 ID     2001-06-01 UI0013 2001-06-30 2001-05-31 2001-05-10 2001
        HL  2001-05-10 PE     2001-06-01 ID     2001-06-01 UX0013 2001-06-30 2001-05-31 2001-05-10 2001
    """)


def test_ux111_gruppeovergang(register):
    """After a group transition the group entry is the last record; its group spell is closed, with the
    main spell.
    """
    last(
        register,
        reg("2001-05", hend="2001-05-10"),
        reg("2001-06", hoved="2", arb="DS", hend="2001-06-15"),
        reg("2001-07", hoved="2", arb="DS", hend="2001-06-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    1     2001-05-10 2001-05-10 .          2001-05-10 .          2001-07-31 2001-06-14 2001-06-14
        0    1     2001-06-14 2001-05-10 .          2001-05-10 2001-06-14 2001-07-31 2001-06-14 2001-06-14
        1    2     2001-06-15 2001-05-10 .          2001-06-15 .          2001-07-31 2001-07-31 2001-07-31
        0    2     2001-07-31 2001-05-10 2001-07-31 2001-06-15 2001-07-31 2001-07-31 2001-07-31 2001-07-31

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 FK020  2001-05-31 2001-04-30 2001-05-10 2001
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 UK111  2001-05-31 2001-04-30 2001-05-10 2001
        DS  2001-06-15 IP     2001-06-15 DP     2001-06-15 UK111  2001-06-30 2001-05-31 2001-06-15 2001
        DS  2001-06-15 IP     2001-06-15 DP     2001-06-15 UX111  2001-07-31 2001-06-30 2001-06-15 2001
    """)


def test_ux010_inn_og_ut_samme_dag(register):
    """A group entry on dagdato, and never seen again: the group spell lasts one day."""
    last(
        register,
        reg("2001-05", hend="2001-05-10"),
        reg("2001-06", hoved="2", hend="2001-05-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    1     2001-05-10 2001-05-10 .          2001-05-10 .          2001-06-30 2001-06-29 2001-06-29
        0    1     2001-06-29 2001-05-10 .          2001-05-10 2001-06-29 2001-06-30 2001-06-29 2001-06-29
        1    2     2001-06-30 2001-05-10 .          2001-06-30 .          2001-06-30 2001-06-30 2001-06-30
        0    2     2001-06-30 2001-05-10 2001-06-30 2001-06-30 2001-06-30 2001-06-30 2001-06-30 2001-06-30

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 FK020  2001-05-31 2001-04-30 2001-05-10 2001
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 UI010  2001-05-31 2001-04-30 2001-05-10 2001
        HL  2001-06-30 IP     2001-06-30 DP     2001-06-30 UI010  2001-06-30 2001-05-31 2001-05-10 2001
        HL  2001-06-30 IP     2001-06-30 DP     2001-06-30 UX010  2001-06-30 2001-05-31 2001-05-10 2001
    """)


def test_ux901_endring_og_avgang_samme_dag(register):
    """A change on dagdato, and never seen again: two events on one day are two records, the exit last
    (chapter 3.3).
    """
    last(
        register,
        reg("2001-05", hend="2001-05-10"),
        reg("2001-06", ytelse="ID", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    1     2001-05-10 2001-05-10 .          2001-05-10 .          2001-06-30 2001-06-30 2001-06-29
        2    1     2001-06-30 2001-05-10 .          2001-05-10 .          2001-06-30 2001-06-30 2001-06-30
        0    1     2001-06-30 2001-05-10 2001-06-30 2001-05-10 2001-06-30 2001-06-30 2001-06-30 2001-06-30

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 FK020  2001-05-31 2001-04-30 2001-05-10 2001
        HL  2001-05-10 IP     2001-05-10 ID     2001-06-30 UK901  2001-06-30 2001-05-31 .          2001
        HL  2001-05-10 IP     2001-05-10 ID     2001-06-30 UX901  2001-06-30 2001-05-31 .          2001
    """)


def test_ux100_nytt_tilfelle_uten_opphold(register):
    """Only the spell that runs is closed; the one before it was left when the new one began."""
    last(
        register,
        reg("2001-05", hend="2001-05-10"),
        reg("2001-06", hend="2001-06-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    1     2001-05-10 2001-05-10 .          2001-05-10 .          2001-05-31 2001-05-31 2001-05-31
        0    1     2001-05-31 2001-05-10 2001-05-31 2001-05-10 2001-05-31 2001-05-31 2001-05-31 2001-05-31
        1    1     2001-06-15 2001-06-15 .          2001-06-15 .          2001-06-30 2001-06-30 2001-06-30
        0    1     2001-06-30 2001-06-15 2001-06-30 2001-06-15 2001-06-30 2001-06-30 2001-06-30 2001-06-30

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 FK020  2001-05-31 2001-04-30 2001-05-10 2001
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 UK100  2001-05-31 2001-04-30 2001-05-10 2001
        HL  2001-06-15 IP     2001-06-15 DP     2001-06-15 UK100  2001-06-30 2001-05-31 2001-06-15 2001
        HL  2001-06-15 IP     2001-06-15 DP     2001-06-15 UX100  2001-06-30 2001-05-31 2001-06-15 2001
    """)


def test_ox100_nytt_tilfelle_med_opphold(register):
    """The last spell began after a gap."""
    last(
        register,
        reg("2001-05", hend="2001-05-10"),
        reg("2001-08", hend="2001-08-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    1     2001-05-10 2001-05-10 .          2001-05-10 .          2001-05-31 2001-05-31 2001-05-31
        0    1     2001-05-31 2001-05-10 2001-05-31 2001-05-10 2001-05-31 2001-05-31 2001-05-31 2001-05-31
        1    1     2001-08-15 2001-08-15 .          2001-08-15 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-15 2001-08-31 2001-08-15 2001-08-31 2001-08-31 2001-08-31 2001-08-31

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 FK020  2001-05-31 2001-04-30 2001-05-10 2001
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 OK100  2001-05-31 2001-04-30 2001-05-10 2001
        HL  2001-08-15 IP     2001-08-15 DP     2001-08-15 OK100  2001-08-31 2001-07-31 2001-08-15 2001
        HL  2001-08-15 IP     2001-08-15 DP     2001-08-15 OX100  2001-08-31 2001-07-31 2001-08-15 2001
    """)


def test_yx101_ukebokstaven_blir_med(register):
    """A sewing's status keeps its week."""
    last(
        register,
        reg("2001-06", YRKESHEMMET, hend="2001-06-10"),
        reg("2001-08", YRKESHEMMET, ytelse="ID", hend="2001-08-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    5     2001-06-10 2001-06-10 .          2001-06-10 .          2001-08-31 2001-08-31 2001-08-14
        2    5     2001-08-15 2001-06-10 .          2001-06-10 .          2001-08-31 2001-08-31 2001-08-31
        0    5     2001-08-31 2001-06-10 2001-08-31 2001-06-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-06-10 KF     2001-06-10 AT     2001-06-10 FK040  2001-06-30 2001-05-31 2001-06-10 2001
        YH  2001-06-10 KF     2001-06-10 ID     2001-08-15 YK101I 2001-08-31 2001-07-31 2001-08-15 2001
        YH  2001-06-10 KF     2001-06-10 ID     2001-08-15 YX101I 2001-08-31 2001-07-31 2001-08-15 2001
    """)


def test_fx020_siste_registrering_er_vraket(register):
    """The last registration was rejected: the exit is on its dagdato and carries its dates; the status is
    still that of the last record in F_ARBSOK.
    """
    last(
        register,
        reg("2001-05", hend="2001-05-10"),
        reg("2001-06", hend="2001-05-20"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    1     2001-05-10 2001-05-10 .          2001-05-10 .          2001-06-30 2001-06-30 2001-06-30
        0    1     2001-06-30 2001-05-10 2001-06-30 2001-05-10 2001-06-30 2001-06-30 2001-06-30 2001-06-30

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 FK020  2001-05-31 2001-04-30 2001-05-10 2001
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 FX020  2001-06-30 2001-05-31 2001-05-20 2001

        vrak  hoved arb tiltak ytelse dagdato    fdagdato   henddato
        UI300 1     HL  IP     DP     2001-06-30 2001-05-31 2001-05-20
    """)


def test_fx040_siste_registrering_sydd_uten_record(register):
    """The last registration was sewn over a gap and gave no record: the exit is on its dagdato."""
    last(
        register,
        reg("2001-06", YRKESHEMMET, hend="2001-06-10"),
        reg("2001-08", YRKESHEMMET, hend="2001-08-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    5     2001-06-10 2001-06-10 .          2001-06-10 .          2001-08-31 2001-08-31 2001-08-31
        0    5     2001-08-31 2001-06-10 2001-08-31 2001-06-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-06-10 KF     2001-06-10 AT     2001-06-10 FK040  2001-06-30 2001-05-31 2001-06-10 2001
        YH  2001-06-10 KF     2001-06-10 AT     2001-06-10 FX040  2001-08-31 2001-07-31 2001-08-15 2001
    """)


def test_nk070_etter_avslutning(register):
    """Closed at the end of 2001 and back in 2002 with henddato after fdagdato: NK070, and closed again,
    NX070.
    """
    last(
        register,
        reg("2001-08", hend="2001-08-10"),
        reg("2002-03", hend="2002-03-12"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-08-10 2001-08-10 .          2001-08-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-10 2001-08-31 2001-08-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31
        1    1     2002-03-12 2002-03-12 .          2002-03-12 .          2002-03-31 2002-03-31 2002-03-31
        0    1     2002-03-31 2002-03-12 2002-03-31 2002-03-12 2002-03-31 2002-03-31 2002-03-31 2002-03-31

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FK070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FX070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2002-03-12 IP     2002-03-12 DP     2002-03-12 NK070  2002-03-31 2002-02-28 2002-03-12 2002
        HL  2002-03-12 IP     2002-03-12 DP     2002-03-12 NX070  2002-03-31 2002-02-28 2002-03-12 2002
    """)


def test_ni080_etter_avslutning(register):
    """Back with the henddato of the closed spell: NI080, entered on fdagdato + 1, and closed again, NX080."""
    last(
        register,
        reg("2001-08", hend="2001-08-10"),
        reg("2002-03", hend="2001-08-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-08-10 2001-08-10 .          2001-08-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-10 2001-08-31 2001-08-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31
        1    1     2002-03-01 2002-03-01 .          2002-03-01 .          2002-03-31 2002-03-31 2002-03-31
        0    1     2002-03-31 2002-03-01 2002-03-31 2002-03-01 2002-03-31 2002-03-31 2002-03-31 2002-03-31

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FK070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FX070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2002-03-01 IP     2002-03-01 DP     2002-03-01 NI080  2002-03-31 2002-02-28 2001-08-10 2002
        HL  2002-03-01 IP     2002-03-01 DP     2002-03-01 NX080  2002-03-31 2002-02-28 2001-08-10 2002
    """)


def test_nk070_avsluttet_to_ganger_og_tilbake(register):
    """Each closing leaves the person out until the next registration, however long."""
    last(
        register,
        reg("2001-08", hend="2001-08-10"),
        reg("2002-03", hend="2002-03-12"),
        uendret("2004-02", "2004-12", hend="2004-02-29"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-08-10 2001-08-10 .          2001-08-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-10 2001-08-31 2001-08-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31
        1    1     2002-03-12 2002-03-12 .          2002-03-12 .          2002-03-31 2002-03-31 2002-03-31
        0    1     2002-03-31 2002-03-12 2002-03-31 2002-03-12 2002-03-31 2002-03-31 2002-03-31 2002-03-31
        1    1     2004-02-29 2004-02-29 .          2004-02-29 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FK070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 FX070  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2002-03-12 IP     2002-03-12 DP     2002-03-12 NK070  2002-03-31 2002-02-28 2002-03-12 2002
        HL  2002-03-12 IP     2002-03-12 DP     2002-03-12 NX070  2002-03-31 2002-02-28 2002-03-12 2002
        HL  2004-02-29 IP     2004-02-29 DP     2004-02-29 NK070  2004-02-29 2004-01-31 2004-02-29 2004
    """)


def test_fx070_loeper_foerst_og_avsluttes_saa(register):
    """Loading the next year fills in tomdato, asoktom and regtom on records of the year before."""
    last(register, reg("2002-09", hend="2002-09-10"))
    assert [(p["kode"], p["tomdato"], p["asoktom"], p["regtom"]) for p in register.f_arbsok(PERSON)] == [
        ("1", None, None, None)
    ]
    last(register, fra=2003, til=2003)
    tom = date(2002, 9, 30)
    poster = register.f_arbsok(PERSON)
    assert [(p["kode"], p["tomdato"], p["asoktom"], p["regtom"], p["aargang"]) for p in poster] == [
        ("1", tom, tom, tom, 2002),
        ("0", tom, tom, tom, 2003),
    ]
