"""A person who is not in F_ARBSOK (*ny*).

Every spell here runs on, unchanged, at the end of 2001, but for two where the test says that it is closed.
"""

from historier import YRKESHEMMET, forlop, last, reg, tabell, uendret


def test_fk020_henddato_etter_start(register):
    """First month, henddato after the start (2001-05-01): left-censored, kode 9, dated henddato."""
    last(
        register,
        reg("2001-05", hend="2001-05-10"),
        uendret("2001-06", "2001-12", hend="2001-05-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        9    1     2001-05-10 2001-05-10 .       2001-05-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-10 IP     2001-05-10 DP     2001-05-10 FK020  2001-05-31 2001-04-30 2001-05-10 2001
    """)


def test_fk020_dagen_etter_start(register):
    """The day after the start is already after it."""
    last(
        register,
        reg("2001-05", hend="2001-05-02"),
        uendret("2001-06", "2001-12", hend="2001-05-02"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        9    1     2001-05-02 2001-05-02 .       2001-05-02 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-02 IP     2001-05-02 DP     2001-05-02 FK020  2001-05-31 2001-04-30 2001-05-02 2001
    """)


def test_fk020_henddato_mangler(register):
    """A missing henddato counts as dagdato (T5), which is after the start. The record keeps the missing
    one. (Not seen again: closed on the same day, see test_avslutt.py.)
    """
    last(
        register,
        reg("2001-05", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    1     2001-05-31 2001-05-31 .          2001-05-31 .          2001-05-31 2001-05-31 2001-05-31
        0    1     2001-05-31 2001-05-31 2001-05-31 2001-05-31 2001-05-31 2001-05-31 2001-05-31 2001-05-31

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato aargang
        HL  2001-05-31 IP     2001-05-31 DP     2001-05-31 FK020  2001-05-31 2001-04-30 .        2001
        HL  2001-05-31 IP     2001-05-31 DP     2001-05-31 FX020  2001-05-31 2001-04-30 .        2001
    """)


def test_fk020_henddato_etter_dagdato(register):
    """So does a henddato after dagdato."""
    last(
        register,
        reg("2001-05", hend="2001-06-03"),
        uendret("2001-06", "2001-12", hend="2001-06-03"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        9    1     2001-05-31 2001-05-31 .       2001-05-31 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-31 IP     2001-05-31 DP     2001-05-31 FK020  2001-05-31 2001-04-30 2001-06-03 2001
    """)


def test_fk020_gruppe_5_har_ingen_egen_regel_i_foerste_maaned(register):
    """The rows for group 5 are for the second and third month only."""
    last(
        register,
        reg("2001-05", YRKESHEMMET, hend="2001-05-10"),
        uendret("2001-06", "2001-12", YRKESHEMMET, hend="2001-05-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        9    5     2001-05-10 2001-05-10 .       2001-05-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-05-10 KF     2001-05-10 AT     2001-05-10 FK020  2001-05-31 2001-04-30 2001-05-10 2001
    """)


def test_fk030_henddato_foer_start(register):
    """First month, henddato before the start: left-censored, kode 3, dated the start."""
    last(
        register,
        reg("2001-05", hend="2000-11-03"),
        uendret("2001-06", "2001-12", hend="2000-11-03"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        3    1     2001-05-01 2001-05-01 .       2001-05-01 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-01 IP     2001-05-01 DP     2001-05-01 FK030  2001-05-31 2001-04-30 2000-11-03 2001
    """)


def test_fk030_henddato_paa_start(register):
    """The start itself is not after the start."""
    last(
        register,
        reg("2001-05", hend="2001-05-01"),
        uendret("2001-06", "2001-12", hend="2001-05-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        3    1     2001-05-01 2001-05-01 .       2001-05-01 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-05-01 IP     2001-05-01 DP     2001-05-01 FK030  2001-05-31 2001-04-30 2001-05-01 2001
    """)


def test_fk030_gruppe_5(register):
    """Group 5 in the first month, henddato before the start."""
    last(
        register,
        reg("2001-05", YRKESHEMMET, hend="1999-01-15"),
        uendret("2001-06", "2001-12", YRKESHEMMET, hend="1999-01-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        3    5     2001-05-01 2001-05-01 .       2001-05-01 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-05-01 KF     2001-05-01 AT     2001-05-01 FK030  2001-05-31 2001-04-30 1999-01-15 2001
    """)


def test_fk040_juni(register):
    """Second month, group 5, henddato after fdagdato (2001-05-31): kode 9, dated henddato."""
    last(
        register,
        reg("2001-06", YRKESHEMMET, hend="2001-06-01"),
        uendret("2001-07", "2001-12", YRKESHEMMET, hend="2001-06-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        9    5     2001-06-01 2001-06-01 .       2001-06-01 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-06-01 KF     2001-06-01 AT     2001-06-01 FK040  2001-06-30 2001-05-31 2001-06-01 2001
    """)


def test_fk040_juli(register):
    """Third month, group 5, henddato after fdagdato (2001-06-30)."""
    last(
        register,
        reg("2001-07", YRKESHEMMET, hend="2001-07-10"),
        uendret("2001-08", "2001-12", YRKESHEMMET, hend="2001-07-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        9    5     2001-07-10 2001-07-10 .       2001-07-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-07-10 KF     2001-07-10 AT     2001-07-10 FK040  2001-07-31 2001-06-30 2001-07-10 2001
    """)


def test_fk040_henddato_mangler(register):
    """A missing henddato counts as dagdato, which is after fdagdato. (Not seen again: closed on the same
    day.)
    """
    last(
        register,
        reg("2001-06", YRKESHEMMET, hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        9    5     2001-06-30 2001-06-30 .          2001-06-30 .          2001-06-30 2001-06-30 2001-06-30
        0    5     2001-06-30 2001-06-30 2001-06-30 2001-06-30 2001-06-30 2001-06-30 2001-06-30 2001-06-30

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato aargang
        YH  2001-06-30 KF     2001-06-30 AT     2001-06-30 FK040  2001-06-30 2001-05-31 .        2001
        YH  2001-06-30 KF     2001-06-30 AT     2001-06-30 FX040  2001-06-30 2001-05-31 .        2001
    """)


def test_fk050_juni_henddato_paa_fdagdato(register):
    """Second month, group 5, henddato not after fdagdato but after the start: kode 9, dated henddato,
    which is then before the person was first seen.
    """
    last(
        register,
        reg("2001-06", YRKESHEMMET, hend="2001-05-31"),
        uendret("2001-07", "2001-12", YRKESHEMMET, hend="2001-05-31"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        9    5     2001-05-31 2001-05-31 .       2001-05-31 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-05-31 KF     2001-05-31 AT     2001-05-31 FK050  2001-06-30 2001-05-31 2001-05-31 2001
    """)


def test_fk050_juli_dagen_etter_start(register):
    """Third month, group 5, henddato the day after the start."""
    last(
        register,
        reg("2001-07", YRKESHEMMET, hend="2001-05-02"),
        uendret("2001-08", "2001-12", YRKESHEMMET, hend="2001-05-02"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        9    5     2001-05-02 2001-05-02 .       2001-05-02 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-05-02 KF     2001-05-02 AT     2001-05-02 FK050  2001-07-31 2001-06-30 2001-05-02 2001
    """)


def test_fk060_juni_henddato_paa_start(register):
    """Second month, group 5, henddato on the start: kode 3, dated the start."""
    last(
        register,
        reg("2001-06", YRKESHEMMET, hend="2001-05-01"),
        uendret("2001-07", "2001-12", YRKESHEMMET, hend="2001-05-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        3    5     2001-05-01 2001-05-01 .       2001-05-01 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-05-01 KF     2001-05-01 AT     2001-05-01 FK060  2001-06-30 2001-05-31 2001-05-01 2001
    """)


def test_fk060_juli_henddato_foer_start(register):
    """Third month, group 5, henddato long before the start."""
    last(
        register,
        reg("2001-07", YRKESHEMMET, hend="2000-02-29"),
        uendret("2001-08", "2001-12", YRKESHEMMET, hend="2000-02-29"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        3    5     2001-05-01 2001-05-01 .       2001-05-01 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-05-01 KF     2001-05-01 AT     2001-05-01 FK060  2001-07-31 2001-06-30 2000-02-29 2001
    """)


def test_fk070_juni_annen_gruppe_enn_5(register):
    """Second month, not group 5, henddato after fdagdato: an ordinary entry, kode 1, dated henddato."""
    last(
        register,
        reg("2001-06", hend="2001-06-10"),
        uendret("2001-07", "2001-12", hend="2001-06-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-06-10 2001-06-10 .       2001-06-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-06-10 IP     2001-06-10 DP     2001-06-10 FK070  2001-06-30 2001-05-31 2001-06-10 2001
    """)


def test_fk070_dagen_etter_fdagdato(register):
    """The day after fdagdato is the first that an entry can be dated by itself."""
    last(
        register,
        reg("2001-11", hend="2001-11-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-11-01 2001-11-01 .       2001-11-01 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-11-01 IP     2001-11-01 DP     2001-11-01 FK070  2001-11-30 2001-10-31 2001-11-01 2001
    """)


def test_fk070_gruppe_5_fra_august(register):
    """From the fourth month group 5 is as the others."""
    last(
        register,
        reg("2001-08", YRKESHEMMET, hend="2001-08-10"),
        uendret("2001-09", "2001-12", YRKESHEMMET, hend="2001-08-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-08-10 2001-08-10 .       2001-08-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-08-10 KF     2001-08-10 AT     2001-08-10 FK070  2001-08-31 2001-07-31 2001-08-10 2001
    """)


def test_fk070_henddato_mangler(register):
    """A missing henddato counts as dagdato."""
    last(
        register,
        reg("2001-11", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-11-30 2001-11-30 .       2001-11-30 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato aargang
        HL  2001-11-30 IP     2001-11-30 DP     2001-11-30 FK070  2001-11-30 2001-10-31 .        2001
    """)


def test_fk070_henddato_etter_dagdato(register):
    """So does a henddato after dagdato."""
    last(
        register,
        reg("2001-11", hend="2001-12-05"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-11-30 2001-11-30 .       2001-11-30 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-11-30 IP     2001-11-30 DP     2001-11-30 FK070  2001-11-30 2001-10-31 2001-12-05 2001
    """)


def test_fi080_henddato_paa_fdagdato(register):
    """Henddato on fdagdato: who stood there on that day would have been seen. Entry on fdagdato + 1, kode
    1.
    """
    last(
        register,
        reg("2001-06", hend="2001-05-31"),
        uendret("2001-07", "2001-12", hend="2001-05-31"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-06-01 2001-06-01 .       2001-06-01 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-06-01 IP     2001-06-01 DP     2001-06-01 FI080  2001-06-30 2001-05-31 2001-05-31 2001
    """)


def test_fi080_henddato_foer_start(register):
    """Also a henddato before the start: only group 5 is left-censored in the second month."""
    last(
        register,
        reg("2001-07", hend="2000-05-31"),
        uendret("2001-08", "2001-12", hend="2000-05-31"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-07-01 2001-07-01 .       2001-07-01 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-07-01 IP     2001-07-01 DP     2001-07-01 FI080  2001-07-31 2001-06-30 2000-05-31 2001
    """)


def test_fi080_gruppe_5_i_august(register):
    """From the fourth month group 5 too."""
    last(
        register,
        reg("2001-08", YRKESHEMMET, hend="2001-05-20"),
        uendret("2001-09", "2001-12", YRKESHEMMET, hend="2001-05-20"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-08-01 2001-08-01 .       2001-08-01 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-08-01 KF     2001-08-01 AT     2001-08-01 FI080  2001-08-31 2001-07-31 2001-05-20 2001
    """)


def test_ny_tiltak_og_ytelse_mangler(register):
    """Every attribute is dated at entry, also one without a value."""
    last(
        register,
        reg("2001-11", tiltak=None, ytelse=None, hend="2001-11-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-11-10 2001-11-10 .       2001-11-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-11-10 .      2001-11-10 .      2001-11-10 FK070  2001-11-30 2001-10-31 2001-11-10 2001
    """)
